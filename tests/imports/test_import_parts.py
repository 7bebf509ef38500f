"""A register in several files: a part overtakes what is in it, a whole file all."""

import pytest
from django.core.management.base import CommandError
from django.utils import timezone

from directory.actions.import_decisions import decide, decide_many
from directory.actions.import_forgetting import forget_imports
from directory.actions.imports import NotInThatState
from directory.models import ImportRow, Organization, RowDecision
from tests.factories import make_organization
from tests.imports.bringing import BAKERY, CHEESE, bring, last_run, make_register

pytestmark = pytest.mark.django_db
TWIN = BAKERY | {"site": "https://bakery.example/"}
DAIRY = CHEESE | {"site": "https://cheese.example/"}


@pytest.fixture
def row(tmp_path) -> ImportRow:
    """A row of a written part that is listed already, as it seems; another part came since."""
    make_register()
    make_organization("Example Bakery", source="other", website=TWIN["site"])
    bring(tmp_path, TWIN, part=True)
    bring(tmp_path, CHEESE, part=True)
    return ImportRow.objects.get(outcome="duplicate")


def forget() -> None:
    forget_imports(timezone.now() + timezone.timedelta(days=100))


def test_a_row_of_one_part_is_decided_after_another_part_is_written(row):
    forget()
    assert [*ImportRow.objects.undecided()] == [row]

    decide(row, RowDecision.ANOTHER, by=None)

    assert Organization.objects.filter(name="Example Bakery").count() == 2


def test_what_was_left_out_of_one_part_stays_out_of_it(row, tmp_path):
    decide(row, RowDecision.LEAVE, by=None)
    bring(tmp_path, CHEESE, part=True)
    forget()

    assert bring(tmp_path, TWIN, part=True)["duplicate"] == 1

    assert last_run().rows.get().decision == "leave"
    assert not ImportRow.objects.undecided().exists()


def test_a_later_part_overtakes_the_rows_that_it_has_too(row, tmp_path):
    mill = TWIN | {"id": "4", "name": "Example Mill", "site": "https://mill.example/"}
    make_organization("Example Mill", source="other", website=mill["site"])
    bring(tmp_path, mill, TWIN, part=True)
    both = last_run()
    bring(tmp_path, TWIN, part=True)

    assert {*ImportRow.objects.undecided()} == {
        both.rows.get(external_id="4"),
        last_run().rows.get(),
    }
    with pytest.raises(NotInThatState, match="A later file of this source"):
        decide(row, RowDecision.ANOTHER, by=None)
    done = decide_many(both, [2, 3], RowDecision.SAME, by=None)
    assert (done.count, [*done.refused]) == (1, [3])


def test_a_whole_file_overtakes_all_parts(row, tmp_path):
    assert bring(tmp_path, CHEESE)["vanished"] == 0

    assert not ImportRow.objects.undecided().exists()
    with pytest.raises(NotInThatState, match="A later file of this source"):
        decide_many(row.run, [row.number], RowDecision.SAME, by=None)


def test_rows_that_repeat_an_earlier_one_of_their_part_stay_with_its_listing(tmp_path):
    make_register()
    parts = [[first, first | {"id": f"{first['id']}b"}] for first in (TWIN, DAIRY)]
    for part in parts:
        bring(tmp_path, *part, part=True)

    for part in parts:
        assert bring(tmp_path, *part, part=True)["duplicate"] == 1
        repeated = last_run().rows.select_related("organization").get(outcome="duplicate")
        assert repeated.organization.name == part[0]["name"]


def test_a_part_is_stopped_by_what_changes_in_it_and_a_whole_file_by_what_vanished(
    tmp_path, settings
):
    settings.IMPORT_STOP_ROWS_MIN = 0
    make_register()
    for each in (BAKERY, CHEESE):
        bring(tmp_path, each, part=True)
    assert bring(tmp_path, CHEESE, part=True)["unchanged"] == 1

    with pytest.raises(CommandError, match="1 of 1 listings of this source would change"):
        bring(tmp_path, CHEESE | {"name": "Cheesery of Examples"}, part=True)
    with pytest.raises(CommandError, match="1 of 2 listings of this source has vanished"):
        bring(tmp_path, CHEESE)
    report = bring(tmp_path, CHEESE, anyway="It has closed")
    assert (report["unchanged"], report["vanished"]) == (1, 1)
