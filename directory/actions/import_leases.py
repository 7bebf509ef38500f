"""Who works on an import: one at a time, and whoever was killed is not waited for."""

import datetime
import os
import socket
import time
import uuid
from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from directory.models import ImportRun

RENEWED_IN = 4  # So often before it would end, for whoever is slow now and then.

Thing = TypeVar("Thing")


class LeaseLost(Exception):
    """Somebody else works on it by now, or it was stopped meanwhile."""


@transaction.atomic
def take(run: ImportRun) -> bool:
    """Make the import ours to work on, loaded as it is now; False where somebody else is at it."""
    row = ImportRun.objects.select_for_update().get(pk=run.pk)
    now = timezone.now()
    if row.lease_until and row.lease_until >= now and not _is_orphaned(row.lease):
        return False
    row.lease = f"{socket.gethostname()[:50]}/{os.getpid()}/{uuid.uuid4().hex[:12]}"
    row.lease_until = _end(now)
    row.save(update_fields=["lease", "lease_until"])
    run.refresh_from_db()
    return True


def give_back(run: ImportRun) -> None:
    """Let somebody else go on with it, if it is still ours."""
    mine = ImportRun.objects.filter(pk=run.pk, lease=run.lease)
    mine.update(lease="", lease_until=None)
    run.lease, run.lease_until = "", None


def hold(run: ImportRun, state: str) -> None:
    """In a transaction that writes: lock the import, and keep the lease for the next portion.

    Raises LeaseLost where it is not ours, or no longer in the state.
    """
    row = ImportRun.objects.select_for_update().get(pk=run.pk)
    if row.lease != run.lease or row.state != state:
        raise LeaseLost(str(run.pk))
    run.lease_until = _end(timezone.now())
    run.save(update_fields=["lease_until"])


def held_while(run: ImportRun, state: str, things: Iterable[Thing]) -> Iterator[Thing]:
    """The same things, with the lease kept while they are made: longer than a lease may last.

    Outside of a transaction. Raises LeaseLost, as `hold`.
    """
    pause = settings.IMPORT_LEASE_SECONDS / RENEWED_IN
    due = time.monotonic() + pause
    for thing in things:
        if time.monotonic() >= due:
            with transaction.atomic():
                hold(run, state)
            due = time.monotonic() + pause
        yield thing


def _end(now: datetime.datetime) -> datetime.datetime:
    return now + datetime.timedelta(seconds=settings.IMPORT_LEASE_SECONDS)


def _is_orphaned(lease: str) -> bool:
    """Whether the process that took it ran here, and has ended.

    A process of the same number elsewhere would be taken for an ended one; it loses its lease, and
    with it only the portion in hand.
    """
    host, number, _key = lease.split("/")
    if host != socket.gethostname()[:50]:
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
