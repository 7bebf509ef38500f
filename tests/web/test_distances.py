"""Distances are told as people there tell them."""

import pytest
from django.utils import translation

from directory.web.distances import in_words, is_in_miles, radius_choices


@pytest.mark.parametrize(
    ("kilometres", "country", "words"),
    [
        (0.5, "US", "0.3 miles"),
        (1.609344, "US", "1 mile"),
        (11.7, "GB", "7.3 miles"),
        (40, "US", "25 miles"),
        (0.34, "PT", "0.3 km"),
        (3.0, "PT", "3 km"),
        (9.96, "PT", "10 km"),
        (12.4, "UY", "12 km"),
        (5, "", "5 km"),
        (0, "PT", "less than 0.1 km"),
        (0.04, "US", "less than 0.1 miles"),
    ],
)
def test_a_distance_is_in_the_unit_of_the_place(kilometres, country, words):
    assert in_words(kilometres, country) == words


def test_decimals_follow_the_language():
    with translation.override("fr"):
        assert in_words(3.4, "FR").startswith("3,4")


def test_the_operator_decides_where_no_place_does(settings):
    settings.DEFAULT_UNIT = "mi"

    assert is_in_miles("")
    assert not is_in_miles("FR")


def test_radii_are_round_in_the_unit_of_the_place():
    assert [words for _, words, _ in radius_choices(8.0, "US")] == [
        "1 mile",
        "5 miles",
        "10 miles",
        "25 miles",
        "50 miles",
        "100 miles",
    ]


def test_one_radius_is_chosen_and_an_unusual_one_is_offered_too():
    chosen = [(value, words) for value, words, is_chosen in radius_choices(33, "PT") if is_chosen]

    assert chosen == [("33", "33 km")]
