"""What each source said last, moved with every import that is written, and back when one is undone."""

from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils import timezone

from directory.actions.feeds import fetch_anew
from directory.actions.inserting import insert
from directory.models import (
    Changeset,
    ImportBase,
    ImportRow,
    ImportRun,
    ImportState,
    Revision,
    Source,
    SourceFeed,
)

NUMBERS_AT_ONCE = 500  # SQLite takes a limited number of parameters in a question.


def move_bases(source: Source, rows: Sequence[ImportRow]) -> None:
    """These rows are now the last word of their source."""
    there = ImportBase.objects.of(source, [row.external_id for row in rows])
    moved, new = [], []
    for row in rows:
        base = there.get(row.external_id)
        if base is None:
            new.append((row.external_id, row.pk, None))
        else:
            base.previous_id, base.row = base.row_id, row
            moved.append(base)
    _insert(source, new)
    ImportBase.objects.bulk_update(moved, ["row", "previous"])


def stop_import(changeset: Changeset) -> bool:
    """Whatever of an import is not written yet is not to be: it is being taken back.

    Whether there was anything to stop.
    """
    runs = ImportRun.objects.filter(changeset=changeset)
    unfinished = runs.filter(state__in=[ImportState.APPLYING, ImportState.FAILED])
    if not unfinished.update(state=ImportState.DISCARDED, finished_at=timezone.now()):
        return False
    ImportRow.objects.filter(run__in=runs).due().update(is_due=False)
    return True


def note_undone(changeset: Changeset, moved: Q) -> None:
    """What was undone of an import is given up, and where that is undone itself, written again.

    The last words are settled of its rows that are `moved`. A fetch reads its file again although
    it is the same.
    """
    ended = ImportRun.objects.filter(state__in=[ImportState.APPLIED, ImportState.DISCARDED])
    taken_back = ended.filter(changeset=changeset)
    again = ended.filter(changeset__reverted_by=changeset)
    taken_back.update(state=ImportState.DISCARDED)
    again.update(state=ImportState.APPLIED)
    fetch_anew(SourceFeed.objects.filter(source__import_runs__changeset=changeset))
    settle_bases(changeset, moved)
    # As late as can be: whoever begins to read a file before this is overtaken.
    for runs in (taken_back, again):
        runs.update(finished_at=timezone.now())


def settle_bases(changeset: Changeset, moved: Q) -> None:
    """What a source said last is again the newest of its words that stand, after some of an import
    was undone, or some of its undoing: about the entries of its rows that are `moved`.

    Also about listings that it did not change, as where an editor's word stood. What is written
    again is so but for listings that are still put back.
    """
    undone = Q(changeset=changeset) | Q(changeset__reverted_by=changeset)
    for run in ImportRun.objects.filter(undone).distinct():
        rows = run.rows.filter(moved, is_applied=True)
        if run.changeset_id != changeset.pk:
            back = Revision.objects.standing().filter(changeset__reverts=run.changeset_id)
            rows = rows.exclude(organization__in=back.values("organization"))
        numbers = sorted({*rows.values_list("external_id", flat=True)})
        # Found once: asked row by row they would be looked up anew for each.
        written = ImportRun.objects.written().filter(source=run.source_id)
        runs = [*written.values_list("pk", flat=True)]
        for start in range(0, len(numbers), NUMBERS_AT_ONCE):
            _settle(run.source, numbers[start : start + NUMBERS_AT_ONCE], runs)


def _settle(source: Source, numbers: Sequence[str], runs: Sequence[int]) -> None:
    bases = ImportBase.objects.filter(source=source, external_id__in=numbers).order_by("pk")
    there = {base.external_id: base for base in bases.select_for_update()}
    words = _words(numbers, runs)
    gone = [base.pk for number, base in there.items() if number not in words]
    new = [(number, *words[number]) for number in words if number not in there]
    moved = [base for number, base in there.items() if number in words]
    for base in moved:
        base.row_id, base.previous_id = words[base.external_id]
    ImportBase.objects.filter(pk__in=gone).delete()
    ImportBase.objects.bulk_update(moved, ["row", "previous"])
    _insert(source, new)


def _words(numbers: Sequence[str], runs: Sequence[int]) -> dict[str, tuple[int, int | None]]:
    """By number, the rows of these imports that are the source's last word that stands, and the
    one before it if there is one.
    """
    rows = ImportRow.objects.filter(run__in=runs, external_id__in=numbers).standing()
    found: dict[str, tuple[int, int | None]] = {}
    # What is written later was read later: a file that another has overtaken is read again.
    for number, key in rows.order_by("pk").values_list("external_id", "pk"):
        found[number] = (key, found[number][0] if number in found else None)
    return found


def _insert(source: Source, words: Iterable[tuple[str, int, int | None]]) -> None:
    insert(
        ImportBase,
        (
            {"source": source.pk, "external_id": number, "row": row, "previous": previous}
            for number, row, previous in words
        ),
    )
