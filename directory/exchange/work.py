"""One worker: takes jobs that are due, one after the other, and does them piece by piece.

It may be killed at any moment, and any number may run at once. A job belongs to whoever has its
lease; a piece of work is one transaction, so what a killed worker had begun never happened.
"""

import datetime
import logging
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from directory.actions import jobs
from directory.models import Job, Revision

logger = logging.getLogger(__name__)

MAIL = "mail"  # The job that sends letters.
LOOK_SECONDS = 1  # Between looks for work: one small query.
DATABASE_PAUSE_SECONDS = 5


@dataclass(frozen=True)
class Work:
    """A job: its name, what it is in words, how often it runs, and its pieces of work.

    `run` gives something out after each piece that is done for good and will not come again; in
    between the worker keeps its lease, or ends if it is told to.
    """

    name: str
    label: Any
    every: datetime.timedelta
    run: Callable[[Job], Iterator[Any]]


def following(handle: Callable[[list[Revision]], None]) -> Callable[[Job], Iterator[int]]:
    """The pieces of work of a consumer of the log."""

    def run(job: Job) -> Iterator[int]:
        while count := jobs.advance(job, handle):
            yield count

    return run


class Worker:
    """Runs works until there are none due, or until it is told to end."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.works = {work.name: work for work in works}
        self._ending = threading.Event()

    def end(self) -> None:
        """End after the piece of work in hand."""
        self._ending.set()

    def run_until_ended(self) -> None:
        """Look for work for ever; a database that is away is waited for."""
        while not self._ending.is_set():
            try:
                self.run_due()
                pause = LOOK_SECONDS
            except (OperationalError, InterfaceError):
                logger.exception("the database does not answer")
                pause = DATABASE_PAUSE_SECONDS
            close_old_connections()
            self._ending.wait(pause)

    def run_once(self) -> int:
        """Do what is due now and what comes of it: letters last, so that new ones go out too."""
        letters = {MAIL} & self.works.keys()
        return self.run_due(self.works.keys() - letters) + self.run_due(letters)

    def run_due(self, names: Iterable[str] | None = None) -> int:
        """Do what is due now of all jobs, or of these, each once; how many were taken."""
        jobs.enlist(self.works)
        asked = set(self.works if names is None else names)
        left = set(asked)
        while left and not self._ending.is_set():
            job = jobs.take(left, now=timezone.now())
            if job is None:
                break
            left.remove(job.name)
            self._run(job)
        return len(asked) - len(left)

    def _run(self, job: Job) -> None:
        work = self.works[job.name]
        try:
            is_done = self._do_pieces(work, job)
        except jobs.LeaseLost:
            logger.warning("job %s: somebody else took it meanwhile", job.name)
        except (OperationalError, InterfaceError):
            raise  # The database's fault, not the job's; the lease runs out by itself.
        except Exception as error:  # One broken job must not keep the others from running.
            logger.exception("job %s failed", job.name)
            told = "".join(traceback.format_exception(error, limit=-4))
            jobs.fail(job, told, now=timezone.now())
        else:
            if is_done:
                jobs.finish(job, now=timezone.now(), every=work.every)
            else:
                jobs.put_down(job)

    def _do_pieces(self, work: Work, job: Job) -> bool:
        """Whether it came to its end; False if it was told to end before."""
        for _piece in work.run(job):
            jobs.renew(job, now=timezone.now())
            if self._ending.is_set():
                return False
        return True
