"""Which listings are worth comparing with one: those that share a key that few have.

Keys are 64-bit numbers: of websites, numbers, mail, telephones, whole names, rare words of names,
and of a word's beginning together with a town, postcode or square of about ten kilometres. A table
holds 12 bytes for each key of each listing; keys that too many share are passed over, and kept for
so many only.
"""

from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, combinations
from math import floor

import numpy as np

from directory.search.matching.hosts import domain_of_host
from directory.search.matching.names import Words
from directory.search.matching.profiles import Profile, Spot
from directory.search.matching.vocabulary import FORMS, GENERIC

SHARED_BY_MOST = 60  # A key that more listings have finds none of them.
COMPARED_MOST = 14  # Of one listing: those that share the most …
TOLD_MOST = SHARED_BY_MOST + 1  # Listings of one key that are sorted in at once; then no more are.
ENTERED_MOST = 50_000  # Keys that came since before they are sorted in: about ten megabytes.
# The same while a table is filled, or a quarter of it: each is copied for it.
FILLED_LEAST = 200_000
WEIGHT_LEAST = 3.0  # … and at least this: more than one word's beginning in a large town.
BEGINNING = 4  # Letters of a word that must agree within a town.
WORDS_MOST = 6  # Of one listing's names that make keys.
CELLS_PER_DEGREE = 10

# How much sharing a key of this kind says, to take the likeliest first.
WEIGHTS = {"n": 9, "w": 6, "m": 6, "t": 6, "f": 5, "g": 5, "p": 3, "r": 2, "l": 2, "a": 2}

MASK = (1 << 64) - 1

Key = tuple[str, str]


def keys_of(profile: Profile) -> list[Key]:
    """The keys under which a listing is entered, each as its kind and text."""
    return [*dict.fromkeys(_keys(profile, _entered_cells))]


def sought_keys_of(profile: Profile) -> list[Key]:
    """The keys under which others like it are looked for: also in neighbouring squares."""
    return [*dict.fromkeys(_keys(profile, _sought_cells))]


def number_of(key: Key) -> int:
    """64 bits that stand for a key in this process."""
    return hash(key) & MASK


def _keys(profile: Profile, cells) -> Iterator[Key]:
    for scheme, value in profile.identifiers:
        yield "n", f"{scheme} {value}"
    if profile.host:
        yield "w", domain_of_host(profile.host)
    if profile.email:
        yield "m", profile.email
    if profile.phone:
        yield "t", profile.phone
    words: dict[str, None] = {}
    for name in profile.names:
        telling = _telling(name)
        words |= dict.fromkeys(telling)
        yield "f", " ".join(sorted({*telling}))
        yield "g", "".join(telling)[:12]
        for pair in combinations(sorted({*telling[:4]}), 2):
            yield "p", " ".join(pair)
        if len(telling) > 2:
            yield "a", "".join(word[0] for word in telling)
        yield from (("a", word) for word in telling if 3 <= len(word) <= 6)
    for word in [*words][:WORDS_MOST]:
        yield "r", word
    beginnings = dict.fromkeys(word[:BEGINNING] for word in [*words][:WORDS_MOST])
    for around in dict.fromkeys(where for spot in profile.spots for where in _around(spot, cells)):
        for beginning in beginnings:
            yield "l", f"{around} {beginning}"


def _telling(name: Words) -> list[str]:
    """The words of a name that are not everybody's, in order; all where there is no other."""
    common = [word for word in name if word not in FORMS]
    return [word for word in common if word not in GENERIC] or common or list(name)


def _around(spot: Spot, cells) -> Iterator[str]:
    if spot.town:
        yield f"{spot.country} {spot.town}"
    if spot.postcode:
        yield f"{spot.country} {spot.postcode}"
    if spot.latitude is not None:
        yield from cells(spot.latitude, spot.longitude)


def _entered_cells(latitude: float, longitude: float) -> Iterator[str]:
    yield f"{floor(latitude * CELLS_PER_DEGREE)},{floor(longitude * CELLS_PER_DEGREE)}"


def _sought_cells(latitude: float, longitude: float) -> Iterator[str]:
    """Its own square and the three that are nearest."""
    norths = {floor(latitude * CELLS_PER_DEGREE + shift) for shift in (-0.5, 0.5)}
    easts = {floor(longitude * CELLS_PER_DEGREE + shift) for shift in (-0.5, 0.5)}
    for north in sorted({*norths, floor(latitude * CELLS_PER_DEGREE)}):
        for east in sorted({*easts, floor(longitude * CELLS_PER_DEGREE)}):
            yield f"{north},{east}"


class BlockingTable:
    """Keys of many listings, which are numbers from 0: a sorted base, and what came since.

    Of a key that too many share, few more are kept than tell that.
    """

    def __init__(self) -> None:
        self._keys, self._rows = np.zeros(0, np.uint64), np.zeros(0, np.uint32)
        self._since: dict[int, list[int]] = {}
        self._entered = 0

    @contextmanager
    def filling(self) -> Iterator[Callable[[int, list[Key]], None]]:
        """Enter many listings by what this gives; they are found when it has ended."""
        numbers, rows = array("Q"), array("I")

        def settle() -> None:
            if numbers:
                self._settle(np.array(numbers, np.uint64), np.array(rows, np.uint32))
            del numbers[:], rows[:]

        def enter(row: int, keys: list[Key]) -> None:
            numbers.extend({number_of(key) for key in keys})
            rows.extend([row] * (len(numbers) - len(rows)))
            if len(numbers) > max(FILLED_LEAST, len(self._keys) // 4):
                settle()

        yield enter
        settle()

    def add(self, row: int, keys: list[Key]) -> None:
        """Enter one more listing, or more keys of one that is there; each is entered once."""
        for number, first, last in self._stretches(keys):
            since = self._since.setdefault(number, [])
            is_told = last - first + len(since) > SHARED_BY_MOST
            if not (is_told or row in since or row in self._rows[first:last]):
                since.append(row)
                self._entered += 1
        if self._entered > ENTERED_MOST:
            counts = np.fromiter(map(len, self._since.values()), np.int64, len(self._since))
            numbers = np.fromiter(self._since, np.uint64, len(self._since)).repeat(counts)
            rows = np.fromiter(chain.from_iterable(self._since.values()), np.uint32, len(numbers))
            self._since.clear()
            self._entered = 0
            self._settle(numbers, rows)

    def _settle(self, numbers: np.ndarray, rows: np.ndarray) -> None:
        """Sort entries into the base, where one takes a twentieth of the memory."""
        order = np.argsort(numbers, kind="stable")
        numbers, rows = numbers[order], rows[order]
        places = self._keys.searchsorted(numbers, side="right")
        is_wanted = places - self._keys.searchsorted(numbers, side="left") <= SHARED_BY_MOST
        is_wanted[TOLD_MOST:] &= numbers[TOLD_MOST:] != numbers[:-TOLD_MOST]
        places = places[is_wanted]
        self._keys = np.insert(self._keys, places, numbers[is_wanted])
        self._rows = np.insert(self._rows, places, rows[is_wanted])

    def count(self, key: Key) -> int:
        """How many listings have the key; beyond SHARED_BY_MOST, only that it is more."""
        ((number, first, last),) = self._stretches([key])
        return last - first + len(self._since.get(number, ()))

    def sharing(self, keys: list[Key]) -> list[int]:
        """The listings that share the most with these keys, the likeliest first."""
        # In their own order: sums of floats depend on it, and numbers are others in every process.
        shared: dict[int, float] = {}
        for key, (number, first, last) in zip(keys, self._stretches(keys), strict=True):
            since = self._since.get(number, ())
            count = last - first + len(since)
            if not 0 < count <= SHARED_BY_MOST:
                continue
            # What few share says more, what thousands share nothing.
            weight = WEIGHTS[key[0]] * (1.0 + 4.0 / count)
            for row in (*self._rows[first:last].tolist(), *since):
                shared[row] = shared.get(row, 0.0) + weight
        ranked = sorted((-weight, row) for row, weight in shared.items() if weight >= WEIGHT_LEAST)
        return [row for _weight, row in ranked[:COMPARED_MOST]]

    def _stretches(self, keys: list[Key]) -> Iterator[tuple[int, int, int]]:
        """The number of each key, and from where to where it is in the base."""
        numbers = [number_of(key) for key in keys]
        sought = np.array(numbers, np.uint64)  # Plain numbers would be compared as floats.
        firsts = self._keys.searchsorted(sought, side="left").tolist()
        lasts = self._keys.searchsorted(sought, side="right").tolist()
        return zip(numbers, firsts, lasts, strict=True)
