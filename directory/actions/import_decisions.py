"""An editor's word about a row that seems to be listed already."""

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.import_applying import Applying
from directory.actions.imports import NotInThatState, count
from directory.models import (
    ImportRow,
    ImportRun,
    ImportState,
    RowDecision,
    RowOutcome,
)


@transaction.atomic
def decide(row: ImportRow, decision: RowDecision, *, by: object | None) -> None:
    """Say what a row is; where its import is written already, the row is written at once.

    It is written into the import's own changeset, so that both are taken back together; the row
    keeps who decided. Raises NotInThatState where it is no such row, written by now, or overtaken
    by a later import of its source.
    """
    run = ImportRun.objects.select_for_update().get(pk=row.run_id)
    row.refresh_from_db()
    if row.outcome != RowOutcome.DUPLICATE or row.is_applied:
        raise NotInThatState(_("This row is decided by now."))
    if run.state not in (ImportState.STAGED, ImportState.APPLIED):
        raise NotInThatState(_("Wait until the import has ended."))
    if run.changeset_id and run.changeset.reverted_by.exists():
        raise NotInThatState(_("The import was taken back. Bring the file in again."))
    _refuse_overtaken(run)
    row.decision, row.decided_by = decision, by
    row.is_due = decision != RowDecision.LEAVE
    row.save(update_fields=["decision", "decided_by", "is_due"])
    if row.is_due and run.state == ImportState.APPLIED:
        _write(run, row)


def _refuse_overtaken(run: ImportRun) -> None:
    """A row of an import that is written is written on top of what its source said last."""
    if run.state != ImportState.APPLIED:
        return
    of_source = ImportRun.objects.filter(source=run.source)
    if of_source.filter(state=ImportState.APPLYING).exists():
        raise NotInThatState(_("Wait until the import has ended."))
    if not of_source.last_of_each_source().filter(last=run.pk).exists():
        raise NotInThatState(_("A later file of this source is written. Decide about its row."))


def _write(run: ImportRun, row: ImportRow) -> None:
    Applying(run).write([row])
    row.refresh_from_db()
    if row.is_due:
        raise NotInThatState(_("Somebody moved its listing just now. Decide again."))
    run.counts = count(run)
    run.save(update_fields=["counts"])
