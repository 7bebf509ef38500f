"""Open now, and the table of hours."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from directory.web.hours import hours_of

NEW_YORK = ZoneInfo("America/New_York")
FRIDAY_TEN = datetime.datetime(2026, 11, 20, 10, tzinfo=NEW_YORK)
SUNDAY_TEN = datetime.datetime(2026, 11, 22, 10, tzinfo=NEW_YORK)


def seen(text, moment=FRIDAY_TEN, timezone="America/New_York", country="US"):
    return hours_of(text, timezone, country, moment)


def test_no_hours_are_nothing_to_show():
    assert seen("") is None


def test_open_says_until_when():
    now = seen("Mo-Fr 09:00-17:30").now

    assert (now.is_open, now.change) == (True, "5:30 pm")


def test_closed_says_when_it_opens():
    now = seen("Mo-Fr 09:00-17:00", SUNDAY_TEN).now

    assert (now.is_open, now.change) == (False, "Monday, 9 am")


def test_the_clock_that_counts_is_the_one_on_its_own_wall():
    ten_in_new_york = FRIDAY_TEN.astimezone(datetime.UTC)

    assert seen("Mo-Fr 09:00-17:00", ten_in_new_york).now.is_open
    assert not seen("Mo-Fr 09:00-15:00", ten_in_new_york, timezone="Europe/Paris").now.is_open


def test_a_night_is_open_after_midnight():
    one_at_night = datetime.datetime(2026, 11, 21, 1, tzinfo=NEW_YORK)

    now = seen("Fr 20:00-02:00", one_at_night).now

    assert (now.is_open, now.change) == (True, "2 am")


def test_public_holidays_of_its_country_count():
    christmas = datetime.datetime(2026, 12, 25, 10, tzinfo=NEW_YORK)

    assert not seen("Mo-Fr 09:00-17:00; PH off", christmas).now.is_open


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sunrise-sunset", id="the sun"),
        pytest.param('"by appointment"', id="a comment"),
        pytest.param("Mo-Fr unknown", id="unknown"),
    ],
)
def test_nothing_is_said_where_hours_leave_a_doubt(text):
    assert seen(text).now is None
    assert seen(text).text == text


def test_nothing_is_said_without_a_time_zone():
    hours = seen("Mo-Fr 09:00-17:00", timezone="")

    assert hours.now is None
    assert hours.rows


def test_days_with_the_same_times_share_a_row_and_today_has_its_own():
    rows = seen("Tu-Fr 08:00-21:00; Sa,Su 09:00-21:00", SUNDAY_TEN).rows

    assert [(row.days, row.times, row.is_today) for row in rows] == [
        ("Monday", "closed", False),
        ("Tuesday to Friday", "8 am to 9 pm", False),
        ("Saturday", "9 am to 9 pm", False),
        ("Sunday, today", "9 am to 9 pm", True),
    ]


def test_hours_that_are_no_regular_week_have_no_table():
    assert seen("Mo[1] 10:00-12:00").rows == []


def test_other_languages_count_to_twenty_four():
    with translation.override("fr"):
        hours = seen("Mo-Fr 09:00-17:00")

    assert hours.now.change == "17:00"
    assert hours.rows[0].days.startswith("Lundi")
