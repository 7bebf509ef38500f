"""When a dump is due, and which must go: the work of a timed job.

Who had data removed, who took the listing back and who must not be listed must not be found in older
dumps either. A dump does not tell whom it holds without being read through, so each that began before
the last such moment is deleted, and a new one is written at once.
"""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from directory.exchange.dumps import shelf
from directory.exchange.dumps.building import build
from directory.models import Erasure, Exclusion, Job, Revision


def keep_fresh(job: Job) -> Iterator[int]:
    """Delete what must not be kept, and write a dump where one is due."""
    if not settings.DUMPS_DIR:
        return
    yield forget_removed()
    if is_due(timezone.localtime()):
        try:
            yield from build()
        except shelf.Busy:
            return


def is_due(now: datetime.datetime) -> bool:
    """Whether there is none yet, or none of today though its hour has come; local time."""
    latest = next(iter(shelf.dumps()), None)
    if latest is None:
        return True
    return latest.day < now.date() and now.hour >= settings.DUMP_HOUR


def forget_removed() -> int:
    """Delete dumps that may hold what was taken out since; how many there were."""
    found = shelf.dumps()
    last = last_removal() if found else None
    return shelf.remove(dump for dump in found if last and dump.begun_at <= last)


def last_removal() -> datetime.datetime | None:
    """When somebody was last taken out of what was ever published; None where nobody was."""
    moments = [
        Erasure.objects.filter(organization__published_at__isnull=False).latest_moment(),
        Revision.objects.withdrawals().latest_moment(),
        Exclusion.objects.latest_moment(),
    ]
    return max(filter(None, moments), default=None)
