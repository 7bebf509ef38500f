"""Taking, keeping and giving back the lease of a job, and moving a consumer along the log.

What a job does is none of this file's business: `exchange.jobs` names all, `exchange.work` runs.
"""

import datetime
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from directory.models import Job, Revision

REVISIONS_AT_ONCE = 200  # About a megabyte of documents.
ERROR_LENGTH_MAX = 2_000
RENEWED_IN = 4  # So often before a lease would end, for whoever is slow now and then.

Thing = TypeVar("Thing")


class LeaseLost(Exception):
    """Somebody else has the job: this worker stood still for longer than its lease."""


def enlist(names: Iterable[str]) -> None:
    """Make rows for jobs that are new; they are due at once."""
    known = set(Job.objects.values_list("name", flat=True))
    new = [Job(name=name) for name in names if name not in known]
    if new:
        Job.objects.bulk_create(new, ignore_conflicts=True)


@transaction.atomic
def take(names: Iterable[str], *, now: datetime.datetime) -> Job | None:
    """Lease the job of these that has been due longest; None if none is due and free.

    The try counts from here, so that a job that ends its worker each time is stopped as well.
    """
    due = Job.objects.due(now).filter(name__in=names).select_for_update(skip_locked=True)
    while (job := due.first()) is not None:
        if job.attempts < settings.JOB_ATTEMPTS_MAX:
            break
        _stop(job, now, job.last_error or "Its worker ended each time without a word.")
    if job is None:
        return None
    job.attempts += 1
    job.lease, job.last_started_at = uuid.uuid4().hex, now
    job.lease_until = _lease_end(now)
    job.save(update_fields=["attempts", "lease", "lease_until", "last_started_at"])
    return job


def renew(job: Job, *, now: datetime.datetime) -> None:
    """Keep the lease after a piece of work that is done for good; tries count anew from here.

    Raises LeaseLost.
    """
    _keep_lease(job, now, attempts=0)


def held_while(job: Job, things: Iterable[Thing]) -> Iterator[Thing]:
    """The same things, with the lease kept while they are made: longer than a lease may last.

    Tries do not count anew, for nothing is done yet. Outside of a transaction. Raises LeaseLost.
    """
    pause = settings.JOB_LEASE_SECONDS / RENEWED_IN
    due = time.monotonic() + pause
    for thing in things:
        if time.monotonic() >= due:
            _keep_lease(job, timezone.now())
            due = time.monotonic() + pause
        yield thing


def finish(job: Job, *, now: datetime.datetime, every: datetime.timedelta) -> None:
    """Give the job back, done; it is due again after `every`."""
    _give_back(job, attempts=0, last_finished_at=now, last_error="", next_run_at=now + every)


def put_down(job: Job) -> None:
    """Give the job back unfinished, because the worker is told to end; it is still due."""
    _give_back(job, attempts=0)


def fail(job: Job, error: str, *, now: datetime.datetime) -> None:
    """Give the job back broken: tried again after a pause, stopped after JOB_ATTEMPTS_MAX."""
    row = Job.objects.get(pk=job.pk)
    if row.lease != job.lease:
        return
    if row.attempts >= settings.JOB_ATTEMPTS_MAX:
        _stop(row, now, error)
    else:
        _give_back(job, last_error=error[-ERROR_LENGTH_MAX:], next_run_at=now + _pause(row))


def resume(job: Job) -> None:
    """Let a job run at once, also one that was stopped; one that somebody has is left alone."""
    Job.objects.filter(pk=job.pk, lease="").update(
        quarantined_at=None, attempts=0, next_run_at=timezone.now()
    )


@transaction.atomic
def advance(job: Job, handle: Callable[[list[Revision]], None]) -> int:
    """Give the next changes of the log to a consumer; how many there were.

    What it writes and its cursor are committed together, so each change is handled once. Raises
    LeaseLost.
    """
    row = Job.objects.select_for_update().get(pk=job.pk)
    if row.lease != job.lease:
        raise LeaseLost(job.name)
    revisions = list(Revision.objects.after(row.cursor)[:REVISIONS_AT_ONCE])
    if revisions:
        handle(revisions)
        row.cursor = revisions[-1].sequence
        row.save(update_fields=["cursor"])
    return len(revisions)


def _keep_lease(job: Job, now: datetime.datetime, **values: object) -> None:
    mine = Job.objects.filter(pk=job.pk, lease=job.lease)
    if not mine.update(lease_until=_lease_end(now), **values):
        raise LeaseLost(job.name)


def _lease_end(now: datetime.datetime) -> datetime.datetime:
    return now + datetime.timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _give_back(job: Job, **values: object) -> None:
    """Write the values if the lease is still ours; whoever has it now writes theirs."""
    mine = Job.objects.filter(pk=job.pk, lease=job.lease)
    mine.update(lease="", lease_until=None, **values)


def _stop(job: Job, now: datetime.datetime, error: str) -> None:
    job.quarantined_at, job.last_error = now, error[-ERROR_LENGTH_MAX:]
    job.lease, job.lease_until = "", None
    job.save(update_fields=["quarantined_at", "last_error", "lease", "lease_until"])


def _pause(job: Job) -> datetime.timedelta:
    """20, 40, 80, 160 seconds: what failed once may only have met a busy moment."""
    return datetime.timedelta(seconds=10 * 2**job.attempts)
