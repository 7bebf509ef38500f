"""Files of sources are fetched regularly: through the guarded client, and only what is new."""

import pytest
import time_machine
from django.utils import timezone

from directory.exchange import outbound
from directory.exchange.jobs import WORKS
from directory.exchange.work import Worker
from directory.models import Door, ImportRun, Job, Organization, SourceFeed
from tests.imports.bringing import BAKERY, CHEESE, make_register, write_rows

pytestmark = pytest.mark.django_db
URL = "https://register.example/files/register.csv"
OURS = [work for work in WORKS if work.name in ("imports", "pulls")]


@pytest.fixture
def web(monkeypatch):
    """What the web answers: the bytes of a file, or why nobody does."""
    answers = {}

    def fetch(url, *, limits, **_rest):
        found = answers[url]
        if isinstance(found, Exception):
            raise found
        return outbound.Answer(200, url, {}, found[: limits.bytes_max])

    monkeypatch.setattr(outbound, "fetch", fetch)
    return answers


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as travelled:
        yield travelled


def make_feed(**fields) -> SourceFeed:
    source = make_register()
    wishes = {"is_on": True, "url": URL, "mapping": source.mappings.get()}
    return SourceFeed.objects.create(source=source, **wishes | fields)


def work() -> None:
    """What `manage.py work` does by itself until nothing is due."""
    for _time in range(2):
        Job.objects.update(next_run_at=timezone.now())
        Worker(OURS).run_due()


def test_a_new_file_waits_for_an_editor_unless_told_otherwise(web, clock, tmp_path):
    make_feed()
    web[URL] = write_rows(tmp_path, [BAKERY]).read_bytes()

    work()

    run = ImportRun.objects.get()
    assert (run.state, run.door, run.file_name) == ("staged", Door.CLOCK, "register.csv")
    assert not Organization.objects.exists()


def test_a_new_file_is_written_by_itself_and_the_same_one_is_left_alone(web, clock, tmp_path):
    feed = make_feed(applies=True, is_publishing=True, every_hours=24)
    web[URL] = write_rows(tmp_path, [BAKERY]).read_bytes()
    work()
    assert Organization.objects.published().count() == 1

    clock.shift(23 * 3600)
    web[URL] = write_rows(tmp_path, [BAKERY, CHEESE]).read_bytes()
    work()
    assert ImportRun.objects.count() == 1  # It is not time yet.

    for _day in range(2):
        clock.shift(24 * 3600)
        work()

    assert Organization.objects.published().count() == 2
    assert ImportRun.objects.count() == 2
    feed.refresh_from_db()
    assert feed.last_error == ""


def test_what_breaks_the_rules_waits_though_it_is_to_be_written(web, clock, tmp_path, settings):
    settings.IMPORT_STOP_ROWS_MIN = 0
    make_feed(applies=True)
    web[URL] = write_rows(tmp_path, [BAKERY, CHEESE]).read_bytes()
    work()

    clock.shift(25 * 3600)
    web[URL] = write_rows(tmp_path, [CHEESE]).read_bytes()
    work()

    run = ImportRun.objects.order_by("pk").last()
    assert (run.state, run.is_stopped) == ("staged", True)
    assert run in ImportRun.objects.in_trouble()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        pytest.param(outbound.Refused("It leads into a private network."), "private", id="refused"),
        pytest.param(outbound.Unreachable("Nobody answers."), "Nobody answers", id="away"),
        pytest.param(b"x" * 2_000, "more than 0 MB", id="too large"),
    ],
)
def test_what_cannot_be_fetched_is_told_and_tried_again(web, clock, settings, answer, words):
    settings.IMPORT_BYTES_MAX = 1_000
    feed = make_feed()
    web[URL] = answer

    work()

    feed.refresh_from_db()
    assert words in feed.last_error
    assert feed.next_pull_at - timezone.now() < timezone.timedelta(hours=7)
    assert feed in SourceFeed.objects.failing()
    assert not ImportRun.objects.exists()
