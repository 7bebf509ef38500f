"""Background work: leases, cursors, pauses, and what is done about broken jobs."""

import datetime
import threading
import time

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from directory.actions import jobs
from directory.exchange.work import Work, Worker, following
from directory.models import Job, Revision, Source
from tests.factories import make_organization, make_source

HOUR = datetime.timedelta(hours=1)
LEASE = datetime.timedelta(seconds=121)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    """A clock that stands still until it is moved."""
    with time_machine.travel(timezone.now(), tick=False) as travelled:
        yield travelled


def work(run, name="sweep", every=HOUR) -> Work:
    return Work(name, name, every, run)


def counting(done: list):
    """A job whose only piece of work is to say that it ran."""

    def run(job):
        done.append(job.name)
        yield job

    return run


def failing(job):
    raise RuntimeError("It broke.")
    yield job


def test_a_job_runs_when_it_is_due_and_not_before(clock):
    done = []
    worker = Worker([work(counting(done))])

    for _minute in range(121):
        worker.run_due()
        clock.shift(datetime.timedelta(minutes=1))

    assert len(done) == 3


def test_a_job_that_somebody_has_is_left_alone_until_its_lease_runs_out(clock):
    done = []
    worker = Worker([work(counting(done))])
    jobs.enlist(["sweep"])
    killed = jobs.take(["sweep"], now=timezone.now())

    assert worker.run_due() == 0
    clock.shift(LEASE)
    assert worker.run_due() == 1

    # Whoever comes back to life finds that the job is not theirs any more.
    with pytest.raises(jobs.LeaseLost):
        jobs.renew(killed, now=timezone.now())
    jobs.fail(killed, "late", now=timezone.now())
    assert Job.objects.get().last_error == ""


def test_a_broken_job_is_stopped_after_five_tries_and_the_others_go_on(clock):
    done = []
    worker = Worker([work(failing, "broken"), work(counting(done), "sound")])

    for _hour in range(8):
        worker.run_due()
        clock.shift(HOUR)

    broken = Job.objects.get(name="broken")
    assert len(done) == 8
    assert broken.attempts == 5
    assert broken.quarantined_at is not None
    assert "It broke." in broken.last_error


def test_a_job_that_ends_its_worker_each_time_is_stopped_too(clock):
    jobs.enlist(["deadly"])

    for _worker in range(5):
        assert jobs.take(["deadly"], now=timezone.now())
        clock.shift(LEASE)

    assert jobs.take(["deadly"], now=timezone.now()) is None
    assert Job.objects.get().quarantined_at is not None


def test_an_operator_lets_a_stopped_job_run_again(clock):
    done = []
    worker = Worker([work(failing)])
    for _hour in range(5):
        worker.run_due()
        clock.shift(HOUR)

    jobs.resume(Job.objects.get())
    Worker([work(counting(done))]).run_due()

    row = Job.objects.get()
    assert done == ["sweep"]
    assert (row.quarantined_at, row.attempts, row.last_error) == (None, 0, "")


def test_a_job_is_put_down_between_two_pieces_and_goes_on_later():
    pieces = list("abc")
    done = []

    def run(job):
        while pieces:
            done.append(pieces.pop(0))
            first.end()
            yield job

    first = Worker([work(run)])
    first.run_due()
    assert done == ["a"]

    first = Worker([work(run)])
    second = Worker([work(run)])
    second.run_due()

    assert done == ["a", "b", "c"]


def test_each_change_of_the_log_is_handled_once_also_where_handling_broke_off():
    listings = [make_organization(), make_organization()]
    is_broken = True

    def handle(revisions):
        for revision in revisions:
            make_source(f"seen-{revision.sequence}")
        if is_broken:
            raise RuntimeError("half way")

    follower = work(following(handle))
    Worker([follower]).run_due()
    assert not Source.objects.filter(code__startswith="seen-").exists()

    is_broken = False
    jobs.resume(Job.objects.get())
    Worker([follower]).run_due()

    log = Revision.objects.filter(organization__in=listings)
    assert Source.objects.filter(code__startswith="seen-").count() == log.count() == 4
    assert Job.objects.get().cursor == Revision.objects.newest_first()[0].sequence


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_never_do_the_same_piece():
    names = [f"job-{letter}" for letter in "abcdef"]
    done, failures = [], []

    def run(job):
        done.append(job.name)
        time.sleep(0.02)
        yield job

    def work_on() -> None:
        try:
            worker = Worker([work(run, name) for name in names])
            for _look in range(3):
                worker.run_due()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work_on) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sorted(done) == names
