"""Words of the index that a mistyped word may have been meant for (RANKING.md 1.3, ADR 27)."""

from collections.abc import Callable
from functools import partial
from itertools import islice

import numpy as np

from directory.search.index import Index
from directory.search.keeping import SPELLINGS, kept
from directory.search.lexicon import (
    WIDTH,
    Lexicon,
    letters_of,
    shared_trigrams,
    trigram_count,
)
from directory.search.tables import places_of_largest
from directory.search.words import has_digit

CANDIDATES = 400  # Words that are compared letter by letter.
KEPT = 4  # Who means one word is not helped by the eighth likeliest.
COUNT_BITS = 40  # More than any count of listings needs.
# Letters from which a word may have one error, and two. A short word is two letters away from
# words of any meaning: `burger` from barter, `guitar` from guia.
ONE_FROM, TWO_FROM = 3, 8
# Letters from which two may be added or left out: `optician` is no `optica`.
ENDING_FROM = 10


def edits_allowed(word: str) -> int:
    """0 for up to two letters and for what has a digit: a number is right or another number."""
    if len(word) < ONE_FROM or has_digit(word):
        return 0
    return 1 if len(word) < TWO_FROM else 2


def spellings_of(index: Index, word: str) -> list[tuple[str, int]]:
    """The similar words of an index, kept for a minute or until a listing changes.
    Shared: never change it.

    One search asks for them several times, for itself and for what may have been meant.
    """
    similar = partial(similar_words, word, index.lexicon, partial(is_own_word, index))
    return kept(index, SPELLINGS, (word,), similar)


def is_own_word(index: Index, word: str) -> bool:
    """Whether any listing, term or place is called so or written of in this directory.

    A further name of a place, in one language of a hundred, is nothing that was mistyped.
    """
    kinds = ("name", "other_name", "text", "term")
    if any(index.postings.get(kind, word) & index.live for kind in kinds):
        return True
    return bool(index.postings.get("place", word) & index.live) and index.gazetteer.is_a_name(word)


def similar_words(
    word: str, lexicon: Lexicon, is_meant: Callable[[str], bool] = bool
) -> list[tuple[str, int]]:
    """Up to KEPT (word, edits), all of the fewest edits there are; the most frequent first.

    Those that begin otherwise only where none begins alike. `is_meant` tells whether a word is one
    that anybody may mean.
    """
    allowed = edits_allowed(word)
    if not allowed or len(word) > WIDTH:
        return []
    added = _near(word, allowed, lexicon.added_words())
    found = _near_base_words(word, allowed, lexicon)
    found += [(other, edits, lexicon.count(other)) for other, edits in added]

    def nearness(candidate: tuple[str, int, int]) -> tuple[int, bool]:
        other, edits, _count = candidate
        return edits, other[0] != word[0]

    found = [one for one in found if _may_be_meant(word, *one[:2])]
    for nearest in sorted({*map(nearness, found)}):
        alike = sorted((-one[2], one[0]) for one in found if nearness(one) == nearest)
        if meant := [*islice(filter(is_meant, (other for _count, other in alike)), KEPT)]:
            return [(other, nearest[0]) for other in meant]
    return []


def _may_be_meant(word: str, other: str, edits: int) -> bool:
    """Whether somebody may have mistyped a word so; twice only where the rest is much alike."""
    if not edits or has_digit(other):
        return False
    difference = abs(len(other) - len(word))
    return edits == 1 or (other[0] == word[0] and (difference < 2 or len(word) >= ENDING_FROM))


def _near_base_words(word: str, allowed: int, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """Words with how many edits they are away, and how many listings have them."""
    shared = lexicon.sharing_trigrams(word)
    is_candidate = (shared >= _needed(word, allowed)) & (
        np.abs(lexicon.lengths - len(word)) <= allowed
    )
    numbers = np.flatnonzero(is_candidate)
    if len(numbers) > CANDIDATES:
        keys = (shared[numbers].astype(np.int64) << COUNT_BITS) + lexicon.counts[numbers]
        numbers = numbers[places_of_largest(keys, CANDIDATES)]
    edits = edit_distances(word, lexicon.letters[numbers], lexicon.lengths[numbers])
    return [
        (lexicon.words[number], count, lexicon.count_at(number))
        for number, count in zip(numbers.tolist(), edits.tolist(), strict=True)
        if count <= allowed
    ]


def _near(word: str, allowed: int, words: list[str]) -> list[tuple[str, int]]:
    """Of words that the base does not hold, by the same rules."""
    words = [other for other in words if abs(min(len(other), WIDTH) - len(word)) <= allowed]
    if not words:
        return []
    lengths = np.array([min(len(other), WIDTH) for other in words])
    edits = edit_distances(word, letters_of(words), lengths)
    needed = _needed(word, allowed)
    return [
        (other, int(count))
        for other, count in zip(words, edits, strict=True)
        if count <= allowed and shared_trigrams(word, other) >= needed
    ]


def _needed(word: str, allowed: int) -> int:
    """How many groups of three letters a candidate shares at least."""
    return max(1, trigram_count(word) - 4 * allowed)


def edit_distances(word: str, letters: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """Damerau-Levenshtein distances (a swap of neighbours costs 1) to all rows in one pass."""
    width = int(lengths.max(initial=0))
    before: np.ndarray | None = None
    row = np.tile(np.arange(width + 1, dtype=np.int16), (len(letters), 1))
    for i, letter in enumerate(map(ord, word), start=1):
        following = np.empty_like(row)
        following[:, 0] = i
        costs = letters[:, :width] != letter
        for j in range(1, width + 1):
            best = np.minimum(row[:, j] + 1, following[:, j - 1] + 1)
            best = np.minimum(best, row[:, j - 1] + costs[:, j - 1])
            if before is not None and j > 1:
                is_swap = (letters[:, j - 2] == letter) & (letters[:, j - 1] == ord(word[i - 2]))
                best = np.where(is_swap, np.minimum(best, before[:, j - 2] + 1), best)
            following[:, j] = best
        before, row = row, following
    return row[np.arange(len(letters)), lengths] if len(letters) else np.zeros(0, np.int16)
