"""Addresses of results pages: one question, one address."""

import pytest
from django.http import QueryDict

from directory.web.links import Question


def asked(query: str) -> Question:
    return Question.of(QueryDict(query))


def test_the_same_question_has_the_same_address_in_any_order():
    assert asked("type=a&q=bread&near=porto").url() == asked("near=porto&q=bread&type=a").url()


def test_empty_parameters_and_the_first_page_leave_no_trace():
    assert asked("q=&near=+&page=1").url() == "/organizations/"


def test_a_radius_needs_a_place_to_be_around():
    assert asked("radius=10&sort=distance").pairs == ()


def test_every_change_starts_at_the_first_page():
    question = asked("q=bread&page=3")

    assert "page" not in question.adding("type", "bakery").query_string()
    assert "page" not in question.without("q").query_string()


def test_the_language_stays():
    assert asked("lang=es&type=a").cleared().pairs == (("lang", "es"),)


def test_a_language_not_spoken_here_is_not_repeated_in_every_link():
    assert asked("lang=xx&q=bread").pairs == (("q", "bread"),)


def test_leaving_a_value_out_takes_the_tick_away():
    question = asked("type=credit-union&type=timebank").adding("type", "-credit-union")

    assert question.values("type") == ["timebank", "-credit-union"]


def test_taking_one_value_away_keeps_the_others():
    assert asked("type=a&type=b").lacking("type", "a").values("type") == ["b"]


def test_taking_a_yes_or_no_away_needs_no_spelling():
    assert asked("verified_only=true").lacking("verified_only", "1").pairs == ()


def test_clearing_keeps_words_and_place():
    question = asked("q=bread&near=porto&radius=10&type=a&verified_only=1&bbox=1,2,3,4")

    assert question.cleared().query_string() == "q=bread&near=porto&radius=10"


@pytest.mark.parametrize("value", ["a&b=c", "ñ 漢", "<b>", "%00"])
def test_values_are_quoted(value):
    assert QueryDict(asked("").having(q=value).query_string())["q"] == value


@pytest.mark.parametrize("query", ["", "q=bread&near=porto&page=3", "type=bakery&lang=es&source=a"])
@pytest.mark.parametrize("name", ["type", "place", "bbox"])
def test_links_to_one_more_value_are_the_same_made_one_by_one_or_together(query, name):
    question = asked(query)

    with_value = question.adder(name)

    for value in ("-credit-union", "us/maryland", "1,2,3,4", "ñandú & co"):
        assert with_value(value) == question.adding(name, value).link()
