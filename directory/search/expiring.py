"""Checks that hold until a day: which listings' checks of a term are over."""

import numpy as np
from pyroaring import BitMap

from directory.search.arrays import Arrays
from directory.search.tables import EMPTY, Dictionary, bitmap_of, encoded, packed_in_order

Key = tuple[str, str]  # (scheme, code)


class Expiring:
    """For every term, the listings with a dated check of it and the last day on which it holds."""

    def __init__(self, arrays: Arrays) -> None:
        """`arrays` as `expiring_arrays` makes them."""
        self._keys = Dictionary({name: arrays[name] for name in ("letters", "starts", "heads")})
        self._starts = arrays["key_starts"]
        self._days, self._listings = arrays["days"], arrays["listings"]
        self._own: dict[Key, dict[int, int]] = {}
        self._known: dict[Key, tuple[int, BitMap]] = {}  # the base, at a day asked for before

    def add(self, key: Key, number: int, until: int) -> None:
        """Enter a listing; `until` is the ordinal of the last day."""
        self._own.setdefault(key, {})[number] = until

    def expired(self, key: Key, day: int) -> BitMap:
        """Listings whose check of the term was over before this day (an ordinal)."""
        own = self._own.get(key)
        base = self._expired_in_base(key, day)
        if not own:
            return base
        return base | BitMap(number for number, until in own.items() if until < day)

    def _expired_in_base(self, key: Key, day: int) -> BitMap:
        known = self._known.get(key)
        if known is None or known[0] != day:
            number = self._keys.find(_text(key))
            found = EMPTY
            if number >= 0:
                start, end = self._starts[number : number + 2].tolist()
                last = start + int(np.searchsorted(self._days[start:end], day, "left"))
                found = bitmap_of(np.sort(self._listings[start:last]))
            known = self._known[key] = (day, found)
        return known[1]


def expiring_arrays(
    keys: list[Key], key_numbers: np.ndarray, listings: np.ndarray, days: np.ndarray
) -> dict[str, np.ndarray]:
    """Rows (number of a key, listing, ordinal of the last day) as arrays for Expiring."""
    in_order = sorted(range(len(keys)), key=lambda number: encoded(_text(keys[number])))
    place_of = np.zeros(len(keys), np.int64)
    place_of[in_order] = np.arange(len(keys))
    places = place_of[key_numbers]
    order = np.lexsort((listings, days, places))
    starts = np.zeros(len(keys) + 1, np.int64)
    np.cumsum(np.bincount(places, minlength=len(keys)), out=starts[1:])
    return packed_in_order([encoded(_text(keys[number])) for number in in_order]) | {
        "key_starts": starts,
        "days": days[order].astype(np.int32),
        "listings": listings[order].astype(np.uint32),
    }


def _text(key: Key) -> str:
    return "\t".join(key)
