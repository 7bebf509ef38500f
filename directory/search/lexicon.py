"""All words of the index: how many listings have them, their stems, and their groups of letters."""

from collections.abc import Iterable

import numpy as np

from directory.search.arrays import Arrays, below
from directory.search.stems import are_alike, stems_of
from directory.search.tables import Dictionary, encoded, packed_in_order, places_of_largest

WIDTH = 32  # Letters of a word that spelling compares.
CLASSES_MAX = 8_192  # Words whose stem class is kept: the synonyms of terms come again and again.
LAST_LETTER = "\U0010ffff"  # Sorts after all that a word is made of.


class Lexicon:
    """Words with their counts, found by stem, by beginning and by likeness."""

    def __init__(self, counts: dict[str, int]) -> None:
        words = sorted(counts)
        self._open(lexicon_arrays(words, np.array([counts[word] for word in words], np.int64)))

    @classmethod
    def stored(cls, arrays: Arrays) -> "Lexicon":
        """A lexicon of `lexicon_arrays`, which costs nothing to make."""
        lexicon = cls.__new__(cls)
        lexicon._open(arrays)
        return lexicon

    def _open(self, arrays: Arrays) -> None:
        self.words = Dictionary(below(arrays, "words"))
        self.counts, self.lengths = arrays["counts"], arrays["lengths"]
        self.letters = arrays["code_points"].reshape(-1, WIDTH)
        self._stems = Dictionary(below(arrays, "stems"))
        self._stem_starts, self._stem_words = arrays["stem_starts"], arrays["stem_words"]
        self._trigram_codes, self._trigram_words = arrays["trigrams"], arrays["trigram_words"]
        self._added: dict[str, int] = {}  # counts of listings entered since, known words too
        self._new: list[str] = []  # words that the base does not hold
        self._added_stems: dict[str, tuple[str, ...]] = {}
        self._classes: dict[str, tuple[str, ...]] = {}  # known until a word is added

    def __contains__(self, word: str) -> bool:
        return word in self._added or self.words.find(word) >= 0

    def __len__(self) -> int:
        return self.words.base_count + len(self._new)

    def count(self, word: str) -> int:
        """About how many listings have the word: the sum over its fields."""
        number = self.words.find(word)
        base = int(self.counts[number]) if number >= 0 else 0
        return base + self._added.get(word, 0)

    def count_at(self, number: int) -> int:
        """The same of a base word by its number."""
        return int(self.counts[number]) + self._added.get(self.words[number], 0)

    def add(self, words: Iterable[str]) -> None:
        """Count words of a listing that came after the base was made."""
        for word in words:
            if word not in self:
                self._new.append(word)
                self._enter_stems(word)
                self._classes.clear()
            self._added[word] = self._added.get(word, 0) + 1

    def stem_class(self, word: str) -> tuple[str, ...]:
        """Other words that share a stem with this one and are of about its length."""
        if word not in self._classes:
            if len(self._classes) >= CLASSES_MAX:
                self._classes.clear()
            found = {same for stem in stems_of(word) for same in self._same_stem(stem)}
            alike = sorted(same for same in found if same != word and are_alike(word, same))
            self._classes[word] = tuple(alike)
        return self._classes[word]

    def beginning_with(self, start: str, most: int) -> list[str]:
        """The most frequent words that begin so, the word itself left out."""
        first = self.words.first_from(start)
        last = self.words.first_from(start + LAST_LETTER)
        counts = self.counts[first:last]
        added = [word for word in self._added if word.startswith(start)]
        wanted = most + 1 + len(added)  # Room for the word itself and for those with more by now.
        numbers = places_of_largest(counts, wanted) + first
        found = {self.words[number] for number in numbers.tolist()}
        ranked = sorted({*found, *added} - {start}, key=lambda word: (-self.count(word), word))
        return ranked[:most]

    def pairs_with(self, letter: str, most: int) -> list[str]:
        """The most frequent words of two letters, one of which is this."""
        pairs = np.flatnonzero(self.lengths == 2)
        numbers = pairs[(self.letters[pairs, :2] == ord(letter)).any(axis=1)]
        added = [word for word in self._added if len(word) == 2 and letter in word]
        wanted = most + len(added)  # Room for those with more by now.
        numbers = numbers[places_of_largest(self.counts[numbers], wanted)]
        found = {self.words[number] for number in numbers.tolist()}
        return sorted({*found, *added}, key=lambda word: (-self.count(word), word))[:most]

    def sharing_trigrams(self, word: str) -> np.ndarray:
        """For every base word how many groups of three letters it shares with this one."""
        codes = np.unique(_trigrams(letters_of([word]))[0])
        shared = np.zeros(self.words.base_count, np.int16)
        starts = np.searchsorted(self._trigram_codes, codes, "left")
        ends = np.searchsorted(self._trigram_codes, codes, "right")
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            shared[self._trigram_words[start:end]] += 1
        return shared

    def added_words(self) -> list[str]:
        """Words that the base does not hold."""
        return self._new

    def _same_stem(self, stem: str) -> list[str]:
        number = self._stems.find(stem)
        found = [*self._added_stems.get(stem, ())]
        if number >= 0:
            start, end = self._stem_starts[number : number + 2].tolist()
            found += map(self.words.__getitem__, self._stem_words[start:end].tolist())
        return [*found, stem] if stem in self else found

    def _enter_stems(self, word: str) -> None:
        """Enter an added word under its stems; one that is its own stem is found without."""
        for stem in stems_of(word) - {word}:
            self._added_stems[stem] = (*self._added_stems.get(stem, ()), word)


def lexicon_arrays(words: list[str], counts: np.ndarray) -> dict[str, np.ndarray]:
    """All that a Lexicon of these words, in order, is made of."""
    by_stem: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        for stem in stems_of(word):
            if stem != word:
                by_stem.setdefault(stem, []).append(number)
    stems = sorted(by_stem)
    starts = np.zeros(len(stems) + 1, np.int64)
    np.cumsum(np.array([len(by_stem[stem]) for stem in stems], np.int64), out=starts[1:])
    letters = letters_of(words)
    trigrams, trigram_words = _trigram_table(letters)
    arrays = {
        "counts": counts,
        "lengths": (letters != 0).sum(axis=1).astype(np.int16),
        "code_points": letters.ravel(),
        "stem_starts": starts,
        "stem_words": np.array([n for stem in stems for n in by_stem[stem]], np.uint32),
        "trigrams": trigrams,
        "trigram_words": trigram_words,
    }
    for name, texts in (("words", words), ("stems", stems)):
        packed = packed_in_order([encoded(text) for text in texts])
        arrays |= {f"{name}/{key}": array for key, array in packed.items()}
    return arrays


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
