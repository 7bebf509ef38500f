"""Which listings have what: (kind, value) to a bitmap of listing numbers.

The base is stored as the bytes of the bitmaps, and read as they are asked for, in 1 to 20 µs each;
what was used last is kept. Changes are kept apart and added when a bitmap is read.
"""

from collections.abc import Iterable

import numpy as np
from pyroaring import BitMap

from directory.search.arrays import Arrays
from directory.search.tables import EMPTY, Dictionary

# Bitmaps that a process keeps beside the shared file. All facets of a million listings are 25 MB.
KEPT_BYTES_MAX = 48_000_000
# For a bitmap itself, on top of its bytes.
OVERHEAD = 250
TERM = "term"  # The kind of the words of terms.
Key = tuple[str, str]  # (scheme, code)


class StoredKind:
    """The base postings of one kind."""

    def __init__(self, arrays: Arrays) -> None:
        self.values = Dictionary({name: arrays[name] for name in ("letters", "starts", "heads")})
        self._bytes = memoryview(arrays["bitmaps"])
        self._starts = memoryview(arrays["bitmap_starts"])
        self.counts = arrays["counts"]

    def get(self, value: str) -> tuple[BitMap, int]:
        """The bitmap of a value, empty if it has none, and how many bytes it takes."""
        number = self.values.find(value)
        return self.at(number) if number >= 0 else (EMPTY, 0)

    def at(self, number: int) -> tuple[BitMap, int]:
        """The bitmap of the value of this number, and how many bytes it takes."""
        start, end = self._starts[number], self._starts[number + 1]
        return BitMap.deserialize(self._bytes[start:end]), end - start


class Postings:
    """Base and changes together.

    The words of terms are not stored: who has the word is who carries any of the terms.
    """

    def __init__(self, stored: dict[str, StoredKind], terms: dict[str, list[Key]]) -> None:
        """`terms`: those of which a word is in a label or synonym."""
        self.stored, self.terms = stored, terms
        self._own: dict[str, dict[str, BitMap]] = {}
        self._kept: dict[tuple[str, str], tuple[BitMap, int]] = {}
        self._kept_bytes = 0
        self._values: dict[str, set[str]] = {}

    def get(self, kind: str, value: str) -> BitMap:
        """The listings that have it. Shared: combine it, never change it."""
        key = (kind, value)
        kept = self._kept.pop(key, None)
        if kept is None:
            kept = self._read(kind, value)
            self._kept_bytes += kept[1]
        self._kept[key] = kept  # Last used, last to go.
        while self._kept_bytes > KEPT_BYTES_MAX:
            self._kept_bytes -= self._kept.pop(next(iter(self._kept)))[1]
        return kept[0]

    def values(self, kind: str) -> set[str]:
        """All values of a kind. Shared: never change it."""
        found = self.terms.keys() if kind == TERM else self._values.get(kind)
        if found is None:
            stored = self.stored.get(kind)
            base = (
                () if stored is None else map(stored.values.__getitem__, range(len(stored.values)))
            )
            found = self._values[kind] = {*base, *self._own.get(kind, ())}
        return found

    def added_values(self, kind: str) -> list[str]:
        """Values that only listings entered since the base was made have."""
        return [v for v in self._own.get(kind, ()) if not self.has_stored(kind, v)]

    def has(self, kind: str, value: str) -> bool:
        """Whether any listing ever had it."""
        return (
            value in self._own.get(kind, ())
            or self.has_stored(kind, value)
            or (kind == TERM and bool(self.get(kind, value)))
        )

    def add(self, kind: str, value: str, number: int) -> None:
        """Enter one listing."""
        if kind != TERM:
            own = self._own.setdefault(kind, {})
            if value not in own:
                own[value] = BitMap()
                if not self.has_stored(kind, value):
                    self._values.pop(kind, None)
            own[value].add(number)
        if kept := self._kept.pop((kind, value), None):
            self._kept_bytes -= kept[1]

    def has_stored(self, kind: str, value: str) -> bool:
        """Whether a listing of the base has it."""
        return kind in self.stored and self.stored[kind].values.find(value) >= 0

    def union(self, kind: str, values: Iterable[str]) -> BitMap:
        """The listings that have any of the values."""
        found = [listings for value in values if (listings := self.get(kind, value))]
        if len(found) == 1:
            return found[0]
        return BitMap.union(*found) if found else EMPTY

    def _read(self, kind: str, value: str) -> tuple[BitMap, int]:
        if kind == TERM:
            return self._with_term_word(value)
        stored = self.stored.get(kind)
        listings, size = stored.get(value) if stored is not None else (EMPTY, 0)
        own = self._own.get(kind)
        if own is not None and value in own:
            listings, size = listings | own[value], size + 2 * len(own[value])
        return listings, size + OVERHEAD

    def _with_term_word(self, word: str) -> tuple[BitMap, int]:
        carriers = [self.get(*key) for key in self.terms.get(word, ())]
        if len(carriers) == 1:
            return carriers[0], OVERHEAD  # The bitmap is kept once.
        listings = BitMap.union(*carriers) if carriers else EMPTY
        size = min(2 * len(listings), listings.max() // 8) if listings else 0
        return listings, size + OVERHEAD


def packed_bitmaps(bitmaps: list[BitMap]) -> dict[str, np.ndarray]:
    """Bitmaps as arrays for StoredKind, beside those of their values."""
    found = []
    for listings in bitmaps:
        listings.run_optimize()
        found.append(listings.serialize())
    starts = np.zeros(len(found) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, found), np.int64, len(found)), out=starts[1:])
    return {
        "bitmaps": np.frombuffer(b"".join(found), np.uint8),
        "bitmap_starts": starts,
        "counts": np.fromiter(map(len, bitmaps), np.uint32, len(bitmaps)),
    }
