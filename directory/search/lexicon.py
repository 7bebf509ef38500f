"""All words of the index: how many listings have them, their stems, and their groups of letters."""

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from directory.search.stems import are_alike, stems_of

WIDTH = 32  # Letters of a word that spelling compares.
LAST_LETTER = "\U0010ffff"  # Sorts after all that a word is made of.


class Lexicon:
    """Words with their counts, found by stem, by beginning and by likeness."""

    def __init__(self, counts: dict[str, int]) -> None:
        self.words = sorted(counts)
        self.counts = np.array([counts[word] for word in self.words], np.int64)
        self._numbers = {word: number for number, word in enumerate(self.words)}
        self._added: dict[str, int] = {}
        self._stems: dict[str, tuple[str, ...]] = {}
        self._by_stem(self.words)
        self.letters = letters_of(self.words)
        self.lengths = (self.letters != 0).sum(axis=1).astype(np.int16)
        self._trigram_codes, self._trigram_words = _trigram_table(self.letters)

    def __contains__(self, word: str) -> bool:
        return word in self._numbers or word in self._added

    def __len__(self) -> int:
        return len(self.words) + len(self._added)

    def count(self, word: str) -> int:
        """About how many listings have the word: the sum over its fields."""
        number = self._numbers.get(word)
        base = int(self.counts[number]) if number is not None else 0
        return base + self._added.get(word, 0)

    def add(self, words: Iterable[str]) -> None:
        """Count words of a listing that came after the base was made."""
        for word in words:
            if word not in self:
                self._by_stem([word])
            self._added[word] = self._added.get(word, 0) + 1

    def stem_class(self, word: str) -> list[str]:
        """Other words that share a stem with this one and are of about its length."""
        found = {same for stem in stems_of(word) for same in self._same_stem(stem)}
        return sorted(same for same in found if same != word and are_alike(word, same))

    def beginning_with(self, start: str, most: int) -> list[str]:
        """The most frequent words that begin so, the word itself left out."""
        first = bisect_left(self.words, start)
        last = bisect_left(self.words, start + LAST_LETTER, lo=first)
        found = self.words[first:last]
        found += [word for word in self._added if word.startswith(start)]
        ranked = sorted({*found} - {start}, key=lambda word: (-self.count(word), word))
        return ranked[:most]

    def sharing_trigrams(self, word: str) -> np.ndarray:
        """For every base word how many groups of three letters it shares with this one."""
        codes = np.unique(_trigrams(letters_of([word]))[0])
        shared = np.zeros(len(self.words), np.int16)
        starts = np.searchsorted(self._trigram_codes, codes, "left")
        ends = np.searchsorted(self._trigram_codes, codes, "right")
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            shared[self._trigram_words[start:end]] += 1
        return shared

    def added_words(self) -> list[str]:
        """Words that the base does not hold."""
        return [word for word in self._added if word not in self._numbers]

    def _same_stem(self, stem: str) -> tuple[str, ...]:
        found = self._stems.get(stem, ())
        return (*found, stem) if stem in self else found

    def _by_stem(self, words: Iterable[str]) -> None:
        """Enter words under their stems; a word that is its own stem is found without."""
        for word in words:
            for stem in stems_of(word):
                if stem != word:
                    self._stems[stem] = (*self._stems.get(stem, ()), word)


def letters_of(words: list[str]) -> np.ndarray:
    """Code points of words, one row each, cut to WIDTH and filled with 0."""
    if not words:
        return np.zeros((0, WIDTH), np.uint32)
    return np.array(words, dtype=f"U{WIDTH}").view(np.uint32).reshape(len(words), WIDTH)


def trigram_count(word: str) -> int:
    """How many different groups of three letters a word has, its edges counted as letters."""
    return len(np.unique(_trigrams(letters_of([word]))[0]))


def shared_trigrams(word: str, other: str) -> int:
    """How many different groups of three letters two words have both."""
    groups = (np.unique(_trigrams(letters_of([one]))[0]) for one in (word, other))
    return len(np.intersect1d(*groups, assume_unique=True))


def _trigrams(letters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes of all groups of three letters, and the row that each comes from."""
    padded = np.pad(letters.astype(np.uint64), ((0, 0), (1, 2)))
    first, second, third = padded[:, :-2], padded[:, 1:-1], padded[:, 2:]
    codes = (first << np.uint64(42)) | (second << np.uint64(21)) | third
    rows, places = np.nonzero(second)  # One group around each letter.
    return codes[rows, places], rows


def _trigram_table(letters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """All (trigram, word) pairs, ordered by trigram."""
    codes, rows = _trigrams(letters)
    order = np.lexsort((rows, codes))
    codes, rows = codes[order], rows[order]
    if len(codes):
        is_new = np.ones(len(codes), bool)
        is_new[1:] = (codes[1:] != codes[:-1]) | (rows[1:] != rows[:-1])
        codes, rows = codes[is_new], rows[is_new]
    return codes, rows.astype(np.int32)
