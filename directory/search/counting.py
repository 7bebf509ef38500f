"""How many of some listings have each value of every facet.

Few listings are counted row by row. Of nearly all listings, or nearly all on the map, the few
others are counted and taken off what is known of all. Otherwise each value's listings are
intersected, a value at a time.
"""

from collections.abc import Iterable, Iterator

import numpy as np
from pyroaring import BitMap

from directory.search.facet_rows import KINDS
from directory.search.index import Index

# Of all listings: so many are counted row by row sooner than value by value. From there on most of
# a bitmap is bits, which are compared 64 at a time.
FEW = 1 / 16
WORTH_COMPARING = 256  # Listings from which it pays to look for a set that is nearly the same.


class Counting:
    """Counts for one search: sets of listings that are the same are counted once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[int, tuple[BitMap, np.ndarray | None]] = {}

    def of(self, listings: BitMap, kind: str) -> dict[str, int]:
        """Counts of all values of a kind. `listings` must not change while this lives."""
        if id(listings) not in self._known:
            self._known[id(listings)] = (listings, _together(self._index, listings))
        counts = self._known[id(listings)][1]
        if counts is None:
            counts = one_by_one(self._index, listings, [kind])
        by_number, numbers = counts.tolist(), self._index.facet_rows.numbers[kind]
        return {value: by_number[number] for value, number in numbers.items()}


def _together(index: Index, listings: BitMap) -> np.ndarray | None:
    """Counts of all kinds by rows of few listings; None where there are too many of these."""
    fewest, nearest = len(listings), None
    if fewest > WORTH_COMPARING:
        for name, others in _all_of_a_sort(index):
            different = listings.symmetric_difference_cardinality(others)
            if different < fewest:
                fewest, nearest = different, (name, others)
    if fewest > FEW * len(index.live):
        return None
    if nearest is None:
        return index.facet_rows.counts(listings)
    found = _kept(index, *nearest).copy()
    if fewest:
        found += index.facet_rows.counts(listings - nearest[1])
        found -= index.facet_rows.counts(nearest[1] - listings)
    return found


def _all_of_a_sort(index: Index) -> Iterator[tuple[str, BitMap]]:
    """What many searches find nearly all of: listings, those on the map, those online."""
    yield "live", index.live
    for kind in ("point", "online"):
        yield kind, _live(index, kind)


def _live(index: Index, kind: str) -> BitMap:
    known = index.cache.setdefault("all of a sort", {})
    if kind not in known:
        known[kind] = index.postings.get(kind, "") & index.live
    return known[kind]


def _kept(index: Index, name: str, listings: BitMap) -> np.ndarray:
    """Counts of all listings of a sort, until the next change."""
    known = index.cache.setdefault("counts", {})
    if name not in known:
        is_few = len(listings) <= FEW * len(index.live)
        known[name] = (
            index.facet_rows.counts(listings) if is_few else one_by_one(index, listings, KINDS)
        )
    return known[name]


def one_by_one(index: Index, listings: BitMap, kinds: Iterable[str]) -> np.ndarray:
    """Counts of the values of some kinds, from the postings of each."""
    rows = index.facet_rows
    found = rows.nothing()
    for kind in kinds:
        for value, number in rows.numbers[kind].items():
            found[number] = listings.intersection_cardinality(index.postings.get(kind, value))
    return found
