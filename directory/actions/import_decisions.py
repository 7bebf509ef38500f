"""An editor's word about rows that seem to be listed already."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.import_applying import Applying, is_of_a_row, tried_again
from directory.actions.import_counts import count
from directory.actions.imports import NotInThatState
from directory.models import (
    ImportRow,
    ImportRun,
    ImportState,
    RowDecision,
    RowOutcome,
)


@dataclass
class Decided:
    """How many rows were decided, and why others were not, by their numbers."""

    count: int
    refused: dict[int, str]


def decide(row: ImportRow, decision: RowDecision, *, by: object | None) -> None:
    """Say what a row is; where its import is written already, the row is written at once.

    It is written into the import's own changeset, so that both are taken back together; the row
    keeps who decided. Raises NotInThatState where it is no such row, written by now, or overtaken
    by a later import of its source; and where writing refuses the row, which is a refused one then.
    """
    done = decide_many(row.run, [row.number], decision, by=by)
    if done.refused:
        raise NotInThatState(done.refused[row.number])
    row.refresh_from_db()


def decide_many(
    run: ImportRun, numbers: Collection[int], decision: RowDecision, *, by: object | None
) -> Decided:
    """Say the same of several rows; those that cannot be decided are told with the reason.

    Raises NotInThatState where nothing of the import can be decided now.
    """
    return tried_again(lambda: _decide(run, numbers, decision, by))


@transaction.atomic
def _decide(
    run: ImportRun, numbers: Collection[int], decision: RowDecision, by: object | None
) -> Decided:
    run = _locked(run)
    rows = list(run.rows.filter(number__in=numbers).in_order())
    rows = [row for row in rows if row.outcome == RowOutcome.DUPLICATE and not row.is_applied]
    closed = {*numbers} - {row.number for row in rows}
    refused = dict.fromkeys(sorted(closed), _("This row is decided by now."))
    late = _told_again(run, rows)
    told = _("A later file of this source is written. Decide about its row.")
    if late and len(late) == len(rows):
        raise NotInThatState(told)
    refused |= dict.fromkeys(sorted(late), told)
    rows = [row for row in rows if row.number not in late]
    for row in rows:
        row.decision, row.decided_by = decision, by
        row.is_due = decision != RowDecision.LEAVE
    ImportRow.objects.bulk_update(rows, ["decision", "decided_by", "is_due"])
    due = [row for row in rows if row.is_due]
    if due and run.state == ImportState.APPLIED:
        for row in _write(run, due):
            refused[row.number] = _("Somebody moved its listing just now. Decide again.")
        refused |= _refused_in_writing(run, due)
    return Decided(sum(row.number not in refused for row in rows), refused)


def _refused_in_writing(run: ImportRun, due: list[ImportRow]) -> dict[int, str]:
    """Why rows were not written after all, by their numbers: the last that was found."""
    rows = run.rows.filter(pk__in=[row.pk for row in due], outcome=RowOutcome.REFUSED)
    return {row.number: row.problems[-1]["reason"] for row in rows.in_order()}


def _locked(run: ImportRun) -> ImportRun:
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.changeset_id and run.state == ImportState.DISCARDED:
        raise NotInThatState(_("The import was taken back. Bring the file in again."))
    if run.state not in (ImportState.STAGED, ImportState.APPLIED):
        raise NotInThatState(_("Wait until the import has ended."))
    others = ImportRun.objects.filter(source=run.source, state=ImportState.APPLYING)
    if run.state == ImportState.APPLIED and others.exists():
        raise NotInThatState(_("Wait until the import has ended."))
    return run


def _told_again(run: ImportRun, rows: list[ImportRow]) -> set[int]:
    """The numbers of those rows of a written import of which a later one has said something: they
    would be written on top of it.
    """
    if run.state != ImportState.APPLIED:
        return set()
    last = run.rows.said_last().filter(pk__in=[row.pk for row in rows])
    return {row.number for row in rows} - {*last.values_list("number", flat=True)}


def _write(run: ImportRun, due: list[ImportRow]) -> list[ImportRow]:
    """Write the rows; those that are left because somebody moved their listings are open again."""
    applying = Applying(run)
    while due:
        # What is the same as an earlier row waits until that is listed.
        applying.write([row for row in due if not is_of_a_row(row)] or due[:1])
        left = list(run.rows.due().filter(pk__in=[row.pk for row in due]))
        if len(left) == len(due):
            break
        due = left
    for row in due:
        row.decision, row.decided_by, row.is_due = "", None, False
    ImportRow.objects.bulk_update(due, ["decision", "decided_by", "is_due"])
    run.counts = count(run)
    run.save(update_fields=["counts"])
    return due
