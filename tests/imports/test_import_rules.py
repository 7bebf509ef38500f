"""What stops a broken feed: rows that vanish or change, and rows that must be there."""

import pytest
from django.core.management.base import CommandError

from directory.actions import imports
from directory.models import ImportRun, Organization, SourceFeed
from tests.imports.bringing import BAKERY, CHEESE, bring, last_run, make_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict(settings):
    """One row of two is too many to change or vanish."""
    settings.IMPORT_STOP_ROWS_MIN = 0
    return make_register()


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        pytest.param([BAKERY], "1 of 2 listings of this source has vanished", id="vanished"),
        pytest.param(
            [BAKERY | {"name": "Bakery of Examples"}, CHEESE],
            "1 of 2 listings of this source would change",
            id="changed",
        ),
        pytest.param(
            [BAKERY | {"name": ""}, CHEESE],
            "has vanished from the file, or is refused",
            id="refused",
        ),
        pytest.param([], "There is no row in it", id="empty"),
    ],
)
def test_a_broken_feed_is_not_written(strict, tmp_path, rows, words):
    bring(tmp_path, BAKERY, CHEESE)

    with pytest.raises(CommandError, match=words):
        bring(tmp_path, *rows)

    assert {*Organization.objects.values_list("name", flat=True)} == {
        "Example Bakery",
        "Sample Cheesery",
    }
    assert last_run() in ImportRun.objects.in_trouble()


def test_drafts_that_go_on_the_site_are_no_changes_of_a_broken_feed(strict, tmp_path):
    bring(tmp_path, BAKERY, CHEESE)

    report = bring(tmp_path, BAKERY, CHEESE, publish=True)

    assert (report["changed"], report["applied"]) == (2, True)
    assert Organization.objects.published().count() == 2
    assert report["per_row"][0]["remarks"][0]["reason"] == "Its draft goes on the site."


def test_a_part_of_what_the_source_has_is_not_held_against_the_other_parts(strict, tmp_path):
    bring(tmp_path, BAKERY)

    report = bring(tmp_path, CHEESE, part=True)

    assert (report["new"], report["vanished"], report["applied"]) == (1, 0, True)
    with pytest.raises(CommandError, match="1 of 1 listings of this source has vanished"):
        bring(tmp_path, CHEESE | {"name": ""}, part=True)


def test_who_has_to_wait_for_another_import_of_the_source_is_told_so(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, apply=False)
    imports.begin(last_run())

    with pytest.raises(CommandError, match="another import of this source is being written"):
        bring(tmp_path, CHEESE)

    assert last_run().state == "staged"


def test_who_has_to_wait_with_a_reason_is_told_so_too(strict, tmp_path):
    bring(tmp_path, BAKERY, CHEESE)
    bring(tmp_path, BAKERY, CHEESE | {"site": "https://cheese.example/"}, apply=False)
    imports.let_through(last_run(), by=None, reason="A new site")
    imports.begin(last_run())

    with pytest.raises(CommandError, match="Give this command again once that has ended"):
        bring(tmp_path, BAKERY, anyway="The register has one left")


def test_a_few_rows_never_stop_an_import(tmp_path):
    make_register()
    bring(tmp_path, BAKERY, CHEESE)

    report = bring(tmp_path, BAKERY | {"name": "Bakery of Examples"})

    assert (report["changed"], report["vanished"], report["applied"]) == (1, 1, True)
    assert Organization.objects.count() == 2


def test_what_a_rule_stops_is_written_with_a_reason(strict, tmp_path):
    bring(tmp_path, BAKERY, CHEESE)

    bring(tmp_path, BAKERY | {"name": "Bakery of Examples"}, anyway="The register renamed all")

    assert Organization.objects.filter(name="Bakery of Examples").exists()
    assert last_run().override_reason == "The register renamed all"


@pytest.mark.parametrize(
    ("canaries", "words"),
    [
        pytest.param("1\n7", "Row 7 must be there", id="missing"),
        pytest.param("1 = Example Dairy", "must be called Example Dairy", id="of another name"),
    ],
)
def test_rows_that_must_be_there_are_looked_for(tmp_path, canaries, words):
    SourceFeed.objects.create(source=make_register(), canaries=canaries)

    with pytest.raises(CommandError, match=words):
        bring(tmp_path, BAKERY)

    assert not Organization.objects.exists()


def test_a_row_that_must_be_there_and_is_lets_the_import_be(tmp_path):
    SourceFeed.objects.create(source=make_register(), canaries="1 = Example Bakery")

    for _time in range(2):
        assert bring(tmp_path, BAKERY)["applied"]
