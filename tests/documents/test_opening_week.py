"""A regular week read from opening hours."""

import datetime

import pytest

from directory.documents.opening_week import closes_on_holidays, opening_week

NINE_TO_FIVE = (datetime.time(9), datetime.time(17))


def test_days_that_are_not_named_are_closed():
    week = opening_week("Mo-Fr 09:00-17:00")

    assert week == [[NINE_TO_FIVE]] * 5 + [[], []]


def test_a_later_rule_replaces_an_earlier_one_for_its_days():
    week = opening_week("Mo-Su 09:00-17:00; We off")

    assert week[2] == []
    assert week[3] == [NINE_TO_FIVE]


def test_a_break_makes_two_spans():
    week = opening_week("Tu 09:00-12:00,13:00-17:00")

    assert [span[0].hour for span in week[1]] == [9, 13]


def test_a_night_closes_on_the_next_day():
    assert opening_week("Sa 20:00-02:00")[5] == [(datetime.time(20), datetime.time(2))]


def test_round_the_clock_is_every_day_from_midnight_to_midnight():
    midnight = datetime.time(0)

    assert opening_week("24/7") == [[(midnight, midnight)]] * 7


def test_public_holidays_do_not_make_a_week_irregular():
    assert opening_week("Mo-Fr 09:00-17:00; PH off") == opening_week("Mo-Fr 09:00-17:00")
    assert closes_on_holidays("Mo-Fr 09:00-17:00; PH off")
    assert not closes_on_holidays("Mo-Fr 09:00-17:00")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("sunrise-sunset", id="the sun"),
        pytest.param('"by appointment"', id="a comment"),
        pytest.param("Mo[1] 10:00-12:00", id="the first Monday"),
        pytest.param("Jan-Mar Mo 10:00-12:00", id="a season"),
        pytest.param("Mo-Fr 08:00+", id="no closing time"),
        pytest.param("closed", id="never open"),
        pytest.param("when we feel like it", id="not the syntax at all"),
    ],
)
def test_anything_more_than_a_week_is_no_week(text):
    assert opening_week(text) is None
