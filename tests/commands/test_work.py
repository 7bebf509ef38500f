"""`manage.py work` may be killed at any moment and doubled: nothing is lost, nothing shows twice."""

import datetime
import os
import random
import signal
import time
from collections import Counter
from email import message_from_bytes, policy

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from directory.actions.mail import queue_mail
from directory.exchange.jobs import WORKS
from directory.exchange.work import Worker
from directory.models import Job, LinkCheck, Mail, Organization, Reminder, Revision
from tests.factories import make_organization

KILLS = 20
LETTERS, LISTINGS = 30, 10
PATIENCE_SECONDS = 600  # Of a loaded machine.
PAST = datetime.timedelta(days=500)
LEASE = datetime.timedelta(seconds=1)
# Without visits to websites: tests reach no network.
AT_HOME = [work for work in WORKS if work.name != "links"]


@pytest.fixture
def mail_dir(settings, tmp_path):
    """Letters become files here."""
    settings.EMAIL_BACKEND = "directory.exchange.mail_files.MailFiles"
    settings.MAIL_DIR = tmp_path / "mail"
    return settings.MAIL_DIR


@pytest.fixture
def work_to_do(transactional_db, mail_dir):
    """Letters that wait, and listings that are to be asked, marked and visited."""
    for number in range(LETTERS):
        queue_mail(f"person{number}@example.org", "Hello", f"Letter {number}", "en", "test")
    for number in range(LISTINGS):
        make_organization(
            email=f"listing{number}@example.org", website=f"https://{number}.example.org/"
        )
    Organization.objects.update(published_at=timezone.now() - PAST)


# Newer Pythons warn of forking beside threads; the child starts none of them again.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


def start_worker() -> int:
    """Another process that works until it is ended; its id."""
    connections.close_all()
    process = os.fork()
    if process:
        return process
    try:
        worker = Worker(AT_HOME)
        signal.signal(signal.SIGTERM, lambda *_received: worker.end())
        worker.run_until_ended()
        os._exit(0)
    finally:
        os._exit(1)


def let_leases_run_out() -> None:
    """What the clock does in two minutes after a kill, and for letters in one."""
    Job.objects.exclude(lease="").update(lease_until=timezone.now() - LEASE)
    Job.objects.update(next_run_at=timezone.now(), attempts=0)
    Mail.objects.waiting().update(next_try_at=timezone.now(), attempts=0)


def check_that_all_is_done_once(mail_dir) -> None:
    letters = [
        message_from_bytes(f.read_bytes(), policy=policy.default) for f in mail_dir.iterdir()
    ]
    seen = Counter(letter["To"] for letter in letters)
    expected = [f"person{number}@example.org" for number in range(LETTERS)]
    expected += [f"listing{number}@example.org" for number in range(LISTINGS)]
    assert seen == Counter(expected)
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}
    assert Reminder.objects.count() == LinkCheck.objects.count() == LISTINGS
    grown_old = Revision.objects.filter(kind="grown_old")
    assert grown_old.count() == grown_old.values("organization").distinct().count() == LISTINGS
    numbers = list(Revision.objects.order_by("sequence").values_list("sequence", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert Job.objects.get(name="websites").cursor == numbers[-1]
    assert not Job.objects.in_quarantine().exists()


def test_killed_twenty_times_it_loses_nothing_and_repeats_nothing(work_to_do, mail_dir):
    chance = random.Random(7)
    for kill in range(KILLS):
        process = start_worker()
        if kill == 0:
            wait_until(lambda: Job.objects.exclude(lease="").exists())
        time.sleep(chance.uniform(0.0, 0.25))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        let_leases_run_out()

    for _look in range(3):
        let_leases_run_out()
        Worker(AT_HOME).run_due()

    check_that_all_is_done_once(mail_dir)


def test_two_workers_at_once_share_the_work_and_end_when_they_are_told(work_to_do, mail_dir):
    processes = [start_worker(), start_worker()]
    wait_until(_is_done)
    for process in processes:
        os.kill(process, signal.SIGTERM)
    codes = [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes]

    assert codes == [0, 0]
    assert not Job.objects.exclude(lease="").exists()
    check_that_all_is_done_once(mail_dir)


def wait_until(is_so) -> None:
    for _look in range(PATIENCE_SECONDS * 50):
        if is_so():
            return
        time.sleep(0.02)
    raise AssertionError(f"not so after {PATIENCE_SECONDS} seconds")


def _is_done() -> bool:
    newest = Revision.objects.newest_first()[0].sequence
    return (
        Reminder.objects.count() == LISTINGS
        and not Mail.objects.waiting().exists()
        and Organization.objects.marked_stale().count() == LISTINGS
        and Job.objects.get(name="websites").cursor == newest
    )


@pytest.mark.django_db
def test_once_does_what_is_due_sends_the_letters_that_came_of_it_and_ends(
    mail_dir, capsys, monkeypatch
):
    monkeypatch.setattr(signal, "signal", lambda *_arguments: None)
    queue_mail("person@example.org", "Hello", "Letter", "en", "test")
    make_organization(email="listing@example.org")
    Organization.objects.update(published_at=timezone.now() - PAST)

    call_command("work", "--once")

    assert capsys.readouterr().out == f"{len(WORKS)} jobs done.\n"
    letters = [message_from_bytes(f.read_bytes()) for f in mail_dir.iterdir()]
    assert {letter["To"] for letter in letters} == {"person@example.org", "listing@example.org"}
