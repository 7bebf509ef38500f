import random

import numpy as np
import pytest
import time_machine

from directory.search.lexicon import Lexicon, letters_of
from directory.search.live import current
from directory.search.spelling import (
    edit_distances,
    edits_allowed,
    similar_words,
    spellings_of,
)
from directory.search.stems import are_alike
from tests.factories import make_organization


def distance(one: str, other: str) -> int:
    """Letter by letter, with swaps of neighbours: the textbook recurrence."""
    rows = [[*range(len(other) + 1)]]
    for i in range(1, len(one) + 1):
        row = [i]
        for j in range(1, len(other) + 1):
            best = min(
                rows[i - 1][j] + 1,
                row[j - 1] + 1,
                rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]),
            )
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                best = min(best, rows[i - 2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def test_distances_of_many_words_at_once_agree_with_one_by_one():
    chance = random.Random(2)
    words = ["".join(chance.choices("abcé東", k=chance.randint(1, 9))) for _ in range(200)]

    for word in words[:20]:
        lengths = np.array([len(other) for other in words])
        found = edit_distances(word, letters_of(words), lengths)
        assert found.tolist() == [distance(word, other) for other in words]


@pytest.mark.parametrize(
    ("word", "edits"), [("ab", 0), ("abc", 1), ("abcdefg", 1), ("abcdefgh", 2), ("abcdefgh1", 0)]
)
def test_longer_words_may_have_more_errors_and_numbers_none(word, edits):
    assert edits_allowed(word) == edits


@pytest.mark.parametrize("is_added", [False, True])
def test_the_likeliest_word_comes_first(is_added):
    words = {"bakery": 50, "bakers": 3, "barry": 2, "community": 9, "coop": 5}
    lexicon = Lexicon({} if is_added else words)
    if is_added:
        for word, count in words.items():
            for _ in range(count):
                lexicon.add([word])

    assert similar_words("bakrey", lexicon) == [("bakery", 1)]
    assert similar_words("comunitty", lexicon) == [("community", 2)]
    assert similar_words("co", lexicon) == []
    assert similar_words("zzzzzz", lexicon) == []
    assert lexicon.beginning_with("bak", 5) == ["bakery", "bakers"]
    assert "bakery" in lexicon.stem_class("bakeries")
    assert "barry" not in lexicon.stem_class("bakeries")


def test_a_stem_of_half_a_word_makes_no_relatives():
    assert not are_alike("espana", "espoir")
    assert are_alike("panaderia", "panaderias")


@pytest.mark.django_db
@time_machine.travel("2026-05-01 12:00", tick=False)  # They are forgotten with the minute.
def test_likely_words_are_looked_up_once_until_a_listing_changes():
    make_organization("Bakery of Bread")

    with current() as (index, _sequence):
        first = spellings_of(index, "bakrey")
        assert spellings_of(index, "bakrey") is first
    make_organization("Bakrei")
    with current() as (index, _sequence):
        assert [word for word, _edits in spellings_of(index, "bakrey")] == ["bakery", "bakrei"]
