"""What is kept of old imports: their figures, and what each source said last."""

import datetime

from django.conf import settings

from directory.actions.import_dropping import drop_rows
from directory.actions.imports import NotInThatState, discard
from directory.models import ImportFile, ImportRow, ImportRun, RowOutcome


def forget_imports(now: datetime.datetime) -> int:
    """Delete files and rows of imports that ended IMPORT_KEPT_DAYS ago; how many rows.

    Rows that are a source's last word stay, without the cells of the file; so do those that wait
    for a word whether they are listed already. What nobody went on with is given up before; what
    failed in the middle of being written stays, to be tried again.
    """
    before = now - datetime.timedelta(days=settings.IMPORT_KEPT_DAYS)
    _give_up(before)
    runs = ImportRun.objects.forgettable(before)
    rows = ImportRow.objects.filter(run__in=runs)
    waiting = rows.filter(
        outcome=RowOutcome.DUPLICATE, run__in=ImportRun.objects.last_of_each_source()
    )
    kept = rows.filter(based__isnull=False) | waiting
    kept_keys = kept.values("pk")
    count = drop_rows(rows.exclude(pk__in=kept_keys))
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
