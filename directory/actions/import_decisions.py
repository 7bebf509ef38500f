"""An editor's word about a row that seems to be listed already."""

from django.db import transaction
from django.utils.translation import gettext as _

from directory.actions.import_applying import Applying
from directory.actions.imports import NotInThatState
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

    It is written into the import's own changeset, so that both are taken back together.
    Raises NotInThatState where it is no such row, or written by now.
    """
    run = ImportRun.objects.select_for_update().get(pk=row.run_id)
    row.refresh_from_db()
    if row.outcome != RowOutcome.DUPLICATE or row.is_applied:
        raise NotInThatState(_("This row is decided by now."))
    if run.state not in (ImportState.STAGED, ImportState.APPLIED):
        raise NotInThatState(_("Wait until the import has ended."))
    if run.changeset_id and run.changeset.reverted_by.exists():
        raise NotInThatState(_("The import was taken back. Bring the file in again."))
    row.decision, row.decided_by = decision, by
    row.is_due = decision != RowDecision.LEAVE
    row.save(update_fields=["decision", "decided_by", "is_due"])
    if row.is_due and run.state == ImportState.APPLIED:
        Applying(run).write([row])
