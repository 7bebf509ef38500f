"""What each source said last, moved with every import that is written, and back when one is undone."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from directory.actions.inserting import insert
from directory.models import (
    Changeset,
    ImportBase,
    ImportRow,
    ImportRun,
    ImportState,
    Source,
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


def put_bases_back(changeset: Changeset, organizations: Iterable[int]) -> None:
    """An import's word about these listings is taken back: the one before it is the last again."""
    keys = [*organizations]
    for start in range(0, len(keys), ROWS_AT_ONCE):
        bases = ImportBase.objects.filter(
            row__run__changeset=changeset, row__organization__in=keys[start : start + ROWS_AT_ONCE]
        )
        bases.filter(previous=None).delete()
        earlier = list(bases)
        for base in earlier:
            base.row_id, base.previous_id = base.previous_id, None
        ImportBase.objects.bulk_update(earlier, ["row", "previous"])
