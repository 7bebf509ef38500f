"""What was looked for and not found is counted, and nothing of who looked."""

import datetime

import pytest
from django.conf import settings
from django.core.cache import cache

from directory.actions import gaps
from directory.models import Gap
from directory.search.filters import OrganizationFilter
from tests.factories import make_gap, make_place, make_term

pytestmark = pytest.mark.django_db
TOWN = "us/maryland/takoma-park"


@pytest.fixture
def town():
    make_term("timebank", labels={"en": "Timebank", "es": "Banco de tiempo"})
    make_place("us/district-of-columbia/washington", latitude=38.895, longitude=-77.036,
               population=690_000)  # fmt: skip
    return make_place(TOWN, latitude=38.9779, longitude=-77.0075)


@pytest.fixture(autouse=True)
def nobody_asked_yet():
    cache.clear()


def search(times: int = 1, **asked: str) -> None:
    """The same search without hits, each time from another network address."""
    filters = OrganizationFilter(asked)
    assert filters.is_valid(), filters.errors
    for number in range(times):
        gaps.count(filters.query, address=f"192.0.2.{number}")


def sought(**asked: str) -> dict | None:
    """What is kept of a search that many make; None if nothing is."""
    Gap.objects.all().delete()
    cache.clear()
    search(settings.GAPS_SHOWN_FROM, **asked)
    fields = ("scheme", "code", "words", "place__path", "count")
    return Gap.objects.values(*fields).first()


def test_words_are_kept_folded(town):
    kept = sought(q="Éxample  CHILDCARE co-ops")

    assert (kept["words"], kept["code"], kept["place__path"]) == (
        "example childcare coops",
        "",
        None,
    )


@pytest.mark.parametrize("words", ["timebank", "Banco de Tiempo", "el banco de tiempo"])
def test_words_that_name_a_term_are_kept_as_the_term_in_any_language(town, words):
    kept = sought(q=words)

    assert (kept["scheme"], kept["code"], kept["words"]) == ("type", "timebank", "")


def test_a_chosen_term_is_what_was_sought_where_there_are_no_words(town):
    assert sought(type="timebank")["code"] == "timebank"


@pytest.mark.parametrize(
    "where",
    [
        {"near": "Takoma Park"},
        {"near": "38.97791,-77.00752"},
        {"place": TOWN},
        {"serves": TOWN},
        {"bbox": "-77.3,38.8,-76.9,38.99"},
    ],
)
def test_the_place_is_the_largest_town_of_the_degree_square_never_the_point(town, where):
    # The square is cut at whole degrees: Takoma Park lies in that of Washington.
    assert sought(q="childcare", **where)["place__path"] == "us/district-of-columbia/washington"


def test_a_region_or_country_is_kept_as_it_is_and_a_wide_view_as_none(town):
    assert sought(q="childcare", near="us/maryland")["place__path"] == "us/maryland"
    assert sought(q="childcare", place="us")["place__path"] == "us"
    assert sought(q="childcare", bbox="-100,0,0,60")["place__path"] is None


@pytest.mark.parametrize(
    "words",
    [
        "ana@example.org",
        "301 555 0101 childcare",
        "+1 (301) 555-01",
        "20912",
        "https://example.org/me",
        "www.example.org",
        "one two three four five six seven",
        "x" * 90,
        "-only -exclusions",
        "",
    ],
)
def test_what_may_tell_of_a_person_is_not_kept(town, words):
    assert sought(q=words) is None


def test_words_are_kept_only_once_five_have_looked_for_them(town):
    search(4, q="maria gonzalez", near="Takoma Park")
    search(4, q="maria gonzalez")

    rows = [*Gap.objects.values()]
    assert [row["count"] for row in rows] == [4, 4]
    assert "maria" not in str(rows)
    assert len({row["digest"] for row in rows} - {""}) == 2  # The same words cannot be told.
    assert not Gap.objects.shown().exists()

    cache.clear()
    search(q="Maria González")

    assert Gap.objects.get(place=None).words == "maria gonzalez"
    assert Gap.objects.exclude(place=None).get().words == ""


def test_one_address_counts_once_a_day_however_it_writes_the_question(town, time_machine):
    time_machine.move_to(datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC))
    for words in ("Maria Gonzalez", "maria  GONZÁLEZ", "maria gonzalez"):
        search(q=words)
    search(q="maria gonzalez", near="Takoma Park")
    assert sorted(Gap.objects.values_list("count", flat=True)) == [1, 1]

    time_machine.move_to(datetime.datetime(2026, 3, 6, 13, tzinfo=datetime.UTC))
    search(q="maria gonzalez")

    assert Gap.objects.get(place=None).count == 2


def test_a_month_of_the_same_searches_is_one_row(town):
    search(3, q="childcare", near="Takoma Park")
    search(3, q="childcare")

    assert sorted(Gap.objects.values_list("place__name", "count"), key=str) == [
        ("Washington", 3),
        (None, 3),
    ]
    assert {gap.month.day for gap in Gap.objects.all()} == {1}


def test_counting_costs_no_more_than_a_few_small_queries(town, django_assert_max_num_queries):
    query = OrganizationFilter({"q": "childcare", "near": "Takoma Park"}).query
    gaps.count(query, address="192.0.2.1")

    with django_assert_max_num_queries(10):  # Terms and log, the place, waits, savepoints, update.
        gaps.count(query, address="192.0.2.2")
    assert Gap.objects.get().count == 2


def test_one_setting_switches_it_off(town, settings):
    settings.SEARCH_GAPS = False

    assert sought(q="childcare") is None


def test_only_what_many_share_is_shown(town, settings):
    make_gap("shared", count=settings.GAPS_SHOWN_FROM)
    make_gap(scheme="type", code="timebank", count=settings.GAPS_SHOWN_FROM - 1)

    assert [gap.words for gap in Gap.objects.shown()] == ["shared"]


def test_old_counts_are_forgotten(town, settings, time_machine):
    time_machine.move_to(datetime.datetime(2026, 3, 31, 12, tzinfo=datetime.UTC))
    settings.SEARCH_GAPS_MONTHS = 4
    for month in ("2025-10-01", "2025-11-01", "2026-03-01"):
        make_gap("childcare", count=9, month=month)

    assert gaps.forget_old() == 1
    assert sorted(Gap.objects.values_list("month", flat=True))[0] == datetime.date(2025, 11, 1)

    settings.SEARCH_GAPS = False
    assert gaps.forget_old() == 2
