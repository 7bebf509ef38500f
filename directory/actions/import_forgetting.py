"""What is kept of old imports: their figures, and what each source said last."""

import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef

from directory.actions.import_dropping import drop_rows
from directory.actions.imports import NotInThatState, discard
from directory.models import ImportBase, ImportFile, ImportRow, ImportRun, RowOutcome


def forget_imports(now: datetime.datetime) -> int:
    """Delete files and rows of imports that ended IMPORT_KEPT_DAYS ago; how many rows.

    Rows that are a source's last word on an entry, or the one before it, should an import be taken
    back, stay without the cells of the file; so do those that seem to be listed already, as the
    source said last. What nobody went on with is given up before; what failed in the middle of being
    written stays, to be tried again.
    """
    before = now - datetime.timedelta(days=settings.IMPORT_KEPT_DAYS)
    _give_up(before)
    runs = ImportRun.objects.forgettable(before)
    rows = ImportRow.objects.filter(run__in=runs)
    is_last = Exists(ImportBase.objects.filter(row=OuterRef("pk")))
    is_before = Exists(ImportBase.objects.filter(previous=OuterRef("pk")))
    duplicates = ImportRow.objects.said_last().filter(outcome=RowOutcome.DUPLICATE)
    is_told = Exists(duplicates.filter(pk=OuterRef("pk")))
    count = drop_rows(rows.filter(~is_last, ~is_before, ~is_told))
    rows.exclude(values={}).update(values={})
    runs.exclude(file=None).update(file=None)
    ImportFile.objects.filter(runs__isnull=True).delete()
    return count


def _give_up(before: datetime.datetime) -> None:
    for run in ImportRun.objects.left_lying(before):
        try:
            discard(run)
        except NotInThatState:
            continue  # Somebody went on with it just now.
