"""Files of sources are fetched regularly: through the guarded client, and only what is new."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from directory.actions import feeds, imports
from directory.admin.queue_imports import StoppedImports
from directory.exchange import outbound
from directory.exchange.jobs import WORKS
from directory.exchange.pulls import pull
from directory.exchange.work import Worker
from directory.models import Door, ImportRun, Job, Organization, SourceFeed
from tests.factories import make_source, make_user
from tests.imports.bringing import (
    BAKERY,
    CHEESE,
    MAPPING,
    make_register,
    revert,
    write_rows,
)
from tests.second_factors import signed_in

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
    (case,) = StoppedImports().cases(StoppedImports().rows())
    assert case.what == "Read: nothing is written yet"
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


def test_a_new_file_waits_while_another_of_its_source_is_written(web, clock, tmp_path):
    feed = make_feed(applies=True)
    how = {"source": feed.source, "file_name": "by-hand.csv", "by": None, "door": Door.ADMIN}
    other = imports.bring_in(b"id", **how)
    held = timezone.now() + timezone.timedelta(seconds=30)
    taken = {"lease": "elsewhere/1/abc", "lease_until": held}
    ImportRun.objects.filter(pk=other.pk).update(state="applying", **taken)
    web[URL] = write_rows(tmp_path, [BAKERY]).read_bytes()
    work()
    assert ImportRun.objects.order_by("pk").last().state == "staged"

    ImportRun.objects.filter(pk=other.pk).update(state="applied", finished_at=held)
    clock.shift(60)
    work()

    assert ImportRun.objects.order_by("pk").last().state == "applied"
    assert Organization.objects.count() == 1


def test_a_later_file_takes_the_place_of_one_that_nobody_wrote(web, clock, tmp_path):
    feed = make_feed()
    for rows in ([BAKERY], [BAKERY, CHEESE]):
        web[URL] = write_rows(tmp_path, rows).read_bytes()
        clock.shift(25 * 3600)
        work()

    states = ImportRun.objects.order_by("pk").values_list("state", flat=True)
    assert [*states] == ["discarded", "staged"]
    assert feed.source.import_runs.get(state="staged").counts["rows"] == 2


def test_the_same_file_is_read_again_by_another_mapping(web, clock, tmp_path):
    feed = make_feed()
    web[URL] = write_rows(tmp_path, [BAKERY]).read_bytes()
    work()

    feeds.keep_mapping(feed.source, "example", MAPPING | {"constants": {"country": "CA"}})
    clock.shift(25 * 3600)
    work()

    assert ImportRun.objects.count() == 2
    assert ImportRun.objects.order_by("pk").last().mapping["constants"] == {"country": "CA"}


def test_the_same_file_is_read_at_another_address(web, clock, client, tmp_path):
    feed = make_feed()
    curator = signed_in(client, make_user("cora", role="curator"))
    web[URL] = web[f"{URL}?new"] = write_rows(tmp_path, [BAKERY]).read_bytes()
    work()

    page = reverse("admin:directory_sourcefeed_change", args=[feed.pk])
    form = curator.get(page).context["adminform"].form
    sent = {name: form[name].value() or "" for name in form.fields}
    assert curator.post(page, sent | {"url": f"{URL}?new"}).status_code == 302
    clock.shift(25 * 3600)
    work()

    assert ImportRun.objects.count() == 2


def test_a_file_that_was_taken_back_comes_in_again_and_waits_for_a_person(web, clock, tmp_path):
    make_feed(applies=True, is_publishing=True)
    web[URL] = write_rows(tmp_path, [BAKERY]).read_bytes()
    work()
    revert({"changeset": ImportRun.objects.get().changeset_id})

    clock.shift(25 * 3600)
    work()

    run = ImportRun.objects.order_by("pk").last()
    assert (run.state, run.counts["new"]) == ("staged", 1)
    assert run in ImportRun.objects.in_trouble()
    assert not Organization.objects.published().exists()


def test_a_broken_feed_does_not_keep_the_others_from_being_fetched(web, clock, tmp_path):
    broken = make_feed()
    web[URL] = RuntimeError("The answer makes no sense.")
    wishes = {"is_on": True, "url": f"{URL}?other", "mapping": broken.mapping}
    source = make_source("other-register")
    other = SourceFeed.objects.create(source=source, **wishes)
    web[other.url] = write_rows(tmp_path, [BAKERY]).read_bytes()

    work()

    broken.refresh_from_db()
    assert broken.last_error == "RuntimeError: The answer makes no sense."
    assert ImportRun.objects.get().source == source


def test_a_file_comes_in_only_together_with_the_note_that_it_did(web, clock, tmp_path):
    feed = make_feed()
    feed.every_hours = 10**12  # Beyond the end of all days: no next time can be noted.
    web[URL] = write_rows(tmp_path, [BAKERY]).read_bytes()

    pull(feed)

    feed.refresh_from_db()
    assert feed.last_digest == ""
    assert "OverflowError" in feed.last_error
    assert not ImportRun.objects.exists()


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
