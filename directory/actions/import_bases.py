"""What each source said last, moved with every import that is written, and back when one is undone."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone

from directory.actions.feeds import fetch_anew
from directory.actions.inserting import insert
from directory.models import (
    Changeset,
    ImportBase,
    ImportRow,
    ImportRun,
    ImportState,
    Source,
    SourceFeed,
)

ROWS_AT_ONCE = 500  # SQLite takes a limited number of parameters in a question.


def move_bases(source: Source, rows: Sequence[ImportRow]) -> None:
    """These rows are now the last word of their source."""
    there = ImportBase.objects.of(source, [row.external_id for row in rows])
    moved, new = [], []
    for row in rows:
        base = there.get(row.external_id)
        if base is None:
            new.append(row)
        else:
            base.previous_id, base.row = base.row_id, row
            moved.append(base)
    insert(
        ImportBase,
        (
            {"source": source.pk, "external_id": row.external_id, "row": row.pk, "previous": None}
            for row in new
        ),
    )
    ImportBase.objects.bulk_update(moved, ["row", "previous"])


def stop_import(changeset: Changeset) -> None:
    """Whatever of an import is not written yet is not to be: it is being taken back."""
    runs = ImportRun.objects.filter(changeset=changeset)
    unfinished = runs.filter(state__in=[ImportState.APPLYING, ImportState.FAILED])
    if unfinished.update(state=ImportState.DISCARDED, finished_at=timezone.now()):
        ImportRow.objects.filter(run__in=runs).due().update(is_due=False)


def put_bases_back(changeset: Changeset, left: QuerySet) -> None:
    """An import's word is taken back: the last one before it that stands is the last again.

    Also about listings that it did not change, as where an editor's word stood; not about those
    that are `left` as the import made them (their row ids).
    """
    of_import = ImportBase.objects.filter(row__run__changeset=changeset)
    back = of_import.exclude(row__organization__in=left).order_by("pk")
    while bases := list(back[:ROWS_AT_ONCE]):
        words = _words_before(changeset, bases)
        ImportBase.objects.filter(pk__in=[b.pk for b in bases if b.pk not in words]).delete()
        earlier = [base for base in bases if base.pk in words]
        for base in earlier:
            base.row_id, base.previous_id = words[base.pk], None
        ImportBase.objects.bulk_update(earlier, ["row", "previous"])


def _words_before(changeset: Changeset, bases: Sequence[ImportBase]) -> dict[int, int]:
    """What the source had said before of each base: the row id of its last word that stands."""
    runs = ImportRun.objects.filter(source=bases[0].source_id, state=ImportState.APPLIED)
    # Found once: asked row by row it would be looked up anew for each.
    known = [*runs.exclude(changeset=changeset).values_list("pk", flat=True)]
    rows = ImportRow.objects.filter(
        run__in=known, is_applied=True, external_id__in=[base.external_id for base in bases]
    ).order_by("run__finished_at", "pk")
    found = dict(rows.values_list("external_id", "pk"))
    return {base.pk: found[base.external_id] for base in bases if base.external_id in found}


def note_taken_back(changeset: Changeset) -> None:
    """What was undone of an import is given up, and where that is undone itself, written again.

    A fetch reads its file again although it is the same.
    """
    runs = ImportRun.objects.filter(changeset=changeset, state=ImportState.APPLIED)
    runs.update(state=ImportState.DISCARDED, finished_at=timezone.now())
    fetch_anew(SourceFeed.objects.filter(source__import_runs__changeset=changeset))
    if changeset.reverts_id:
        again = ImportRun.objects.taken_back().filter(changeset=changeset.reverts_id)
        again.update(state=ImportState.APPLIED, finished_at=timezone.now())
