"""The values of every facet, listing by listing: what counts them where few listings are found.

The other way round than `postings`, and made from them. Like everywhere a base that is never
changed comes first, and listings that changed follow under new numbers.
"""

from array import array
from collections.abc import Iterable, Iterator

import numpy as np
from pyroaring import BitMap

from directory.search.arrays import Arrays, below
from directory.search.query import FACETS
from directory.search.tables import encoded, numbers_in, packed, ranges, unpacked

# The kind of posting that a facet's codes are kept under, where it is not the facet's own name.
KIND_OF_FACET = {"place": "located"}
KINDS = tuple(KIND_OF_FACET.get(facet, facet) for facet in FACETS)
ROWS_AT_ONCE = 8_192  # Listings whose values are counted in one go: what fits in the caches.
Key = tuple[str, str]  # (kind, value)


def has_column(kind: str, value: str) -> bool:
    """Whether rows hold the value: of places the countries, since few ask for a region's towns."""
    return kind in KINDS and (kind != "located" or "/" not in value)


class FacetRows:
    """For every listing the numbers of its values; `numbers` says what they stand for."""

    def __init__(self, arrays: Arrays) -> None:
        """`arrays` as `facet_row_arrays` makes them."""
        self._starts, self._values = arrays["starts"], arrays["values"]
        self.base_count = len(self._starts) - 1
        self.numbers: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
        self.keys: list[Key] = []  # values by number
        for name in unpacked(below(arrays, "names")):
            self._number(*name.decode().split("\t", 1))
        self._added_starts, self._added_values = array("I", [0]), array("I")

    def append(self, entries: Iterable[Key]) -> None:
        """Add the row of the next listing."""
        for kind, value in entries:
            if has_column(kind, value):
                self._added_values.append(self._number(kind, value))
        self._added_starts.append(len(self._added_values))

    def row(self, listing: int) -> list[Key]:
        """The values of one listing."""
        starts, values, place = self._starts, self._values, listing
        if listing >= self.base_count:
            starts, values = self._added_starts, self._added_values
            place -= self.base_count
        return [self.keys[number] for number in values[starts[place] : starts[place + 1]]]

    def nothing(self) -> np.ndarray:
        """Counts of no listing: one for each value, and a last one for what no listing has."""
        return np.zeros(len(self.keys) + 1, np.int64)

    def counts(self, listings: BitMap) -> np.ndarray:
        """How many of the listings have each value, by its number."""
        numbers, found = numbers_in(listings), self.nothing()
        edge = int(np.searchsorted(numbers, self.base_count))
        for start in range(0, edge, ROWS_AT_ONCE):
            rows = numbers[start : min(start + ROWS_AT_ONCE, edge)]
            _add(found, self._starts, self._values, rows)
        if edge < len(numbers):
            starts, values = np.array(self._added_starts), np.array(self._added_values)
            _add(found, starts, values, numbers[edge:] - self.base_count)
        return found

    def _number(self, kind: str, value: str) -> int:
        """The number of a value; the next one if it has none."""
        numbers = self.numbers[kind]
        if value not in numbers:
            numbers[value] = len(self.keys)
            self.keys.append((kind, value))
        return numbers[value]


def _add(found: np.ndarray, starts: np.ndarray, values: np.ndarray, rows: np.ndarray) -> None:
    firsts = starts.take(rows).astype(np.int64)
    places = ranges(firsts, starts.take(rows + 1) - firsts)
    found += np.bincount(values.take(places), minlength=len(found))


def facet_row_arrays(
    postings: Iterable[tuple[str, str, BitMap]], listings: int
) -> dict[str, np.ndarray]:
    """Postings (kind, value, listings) of what has a column as arrays for FacetRows."""
    having = [*postings]
    lengths = np.zeros(listings, np.uint32)
    for numbers in _numbers(having):
        lengths[numbers] += 1
    starts = np.zeros(listings + 1, np.uint32)
    np.cumsum(lengths, out=starts[1:])
    free = starts[:-1].copy()  # Where the next value of each listing goes.
    values = np.zeros(int(starts[-1]), np.min_scalar_type(len(having)))
    for number, numbers in enumerate(_numbers(having)):
        values[free[numbers]] = number
        free[numbers] += 1
    names = packed([encoded(f"{kind}\t{value}") for kind, value, _found in having])
    named = {f"names/{name}": array for name, array in names.items()}
    return {"starts": starts, "values": values} | named


def _numbers(having: list[tuple[str, str, BitMap]]) -> Iterator[np.ndarray]:
    return (numbers_in(found) for _kind, _value, found in having)
