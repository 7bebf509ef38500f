"""Words of the index that a mistyped word may have been meant for (RANKING.md 1.3)."""

import math
from functools import partial

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

CANDIDATES = 400  # Words that are compared letter by letter.
KEPT = 8
COUNT_BITS = 40  # More than any count of listings needs.


def edits_allowed(word: str) -> int:
    """0 for one or two letters, 1 for three or four, else 2."""
    return 0 if len(word) < 3 else (1 if len(word) < 5 else 2)


def spellings_of(index: Index, word: str) -> list[tuple[str, int]]:
    """The similar words of an index, kept for a minute or until a listing changes.
    Shared: never change it.

    One search asks for them several times, for itself and for what may have been meant.
    """
    return kept(index, SPELLINGS, (word,), partial(similar_words, word, index.lexicon))


def similar_words(word: str, lexicon: Lexicon) -> list[tuple[str, int]]:
    """Up to KEPT (word, edits) by likelihood: few edits, frequent, same first letter."""
    allowed = edits_allowed(word)
    if not allowed or len(word) > WIDTH:
        return []
    added = _near(word, allowed, lexicon.added_words())
    found = _near_base_words(word, allowed, lexicon)
    found += [(other, edits, lexicon.count(other)) for other, edits in added]

    def unlikeliness(candidate: tuple[str, int, int]) -> tuple[float, str]:
        other, edits, count = candidate
        same_start = 0.3 if other[0] == word[0] else 0.0
        return (edits - 0.12 * math.log(1 + count) - same_start, other)

    found.sort(key=unlikeliness)
    return [(other, edits) for other, edits, _count in found if other != word][:KEPT]


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
