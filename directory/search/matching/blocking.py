"""Which listings are worth comparing with one: those that share a key that few have.

Keys are 64-bit numbers: of websites, numbers, mail, telephones, whole names, rare words of names,
and of a word's beginning together with a town, postcode or square of about ten kilometres. A table
holds 12 bytes for each key of each listing; keys that too many share are passed over.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from itertools import combinations
from math import floor

import numpy as np

from directory.search.matching.hosts import domain_of_host
from directory.search.matching.names import Words
from directory.search.matching.profiles import Profile, Spot
from directory.search.matching.vocabulary import FORMS, GENERIC

SHARED_BY_MOST = 60  # A key that more listings have finds none of them.
COMPARED_MOST = 14  # Of one listing: those that share the most …
ENTERED_MOST = 100_000  # Keys that came since before they are sorted in: about twenty megabytes.
WEIGHT_LEAST = 3.0  # … and at least this: more than one word's beginning in a large town.
BEGINNING = 4  # Letters of a word that must agree within a town.
WORDS_MOST = 6  # Of one listing's names that make keys.
CELLS_PER_DEGREE = 10

# How much sharing a key of this kind says, to take the likeliest first.
WEIGHTS = {"n": 9, "w": 6, "m": 6, "t": 6, "f": 5, "g": 5, "p": 3, "r": 2, "l": 2, "a": 2}

Key = tuple[str, str]


def keys_of(profile: Profile) -> list[Key]:
    """The keys under which a listing is entered, each as its kind and text."""
    return [*dict.fromkeys(_keys(profile, _entered_cells))]


def sought_keys_of(profile: Profile) -> list[Key]:
    """The keys under which others like it are looked for: also in neighbouring squares."""
    return [*dict.fromkeys(_keys(profile, _sought_cells))]


def number_of(key: Key) -> int:
    """64 bits that stand for a key, the same in every process."""
    text = f"{key[0]}\n{key[1]}".encode("utf-8", "replace")
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "big")


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
    """Keys of many listings, which are numbers from 0: a sorted base, and what came since."""

    def __init__(self, keys: np.ndarray, rows: np.ndarray) -> None:
        """`keys` and `rows` of the same length, in the order of the rows."""
        order = np.argsort(keys, kind="stable")
        self._keys, self._rows = keys[order], rows[order]
        self._since: dict[int, list[int]] = defaultdict(list)
        self._entered = 0

    def add(self, row: int, keys: list[Key]) -> None:
        """Enter one more listing."""
        for key in keys:
            self._since[number_of(key)].append(row)
        self._entered += len(keys)
        if self._entered > ENTERED_MOST:
            self._settle()

    def _settle(self) -> None:
        """Sort what came since into the base, where a key takes a twentieth of the memory."""
        pairs = [(number, row) for number, rows in self._since.items() for row in rows]
        keys = np.concatenate([self._keys, np.array([n for n, _row in pairs], np.uint64)])
        rows = np.concatenate([self._rows, np.array([r for _n, r in pairs], self._rows.dtype)])
        order = np.lexsort((rows, keys))
        self._keys, self._rows = keys[order], rows[order]
        self._since.clear()
        self._entered = 0

    def count(self, key: Key) -> int:
        """How many listings have the key."""
        number = number_of(key)
        sought = np.uint64(number)  # As a plain number it would be compared as a float.
        first = np.searchsorted(self._keys, sought, side="left")
        last = np.searchsorted(self._keys, sought, side="right")
        return int(last - first) + len(self._since.get(number, ()))

    def sharing(self, keys: list[Key]) -> list[int]:
        """The listings that share the most with these keys, the likeliest first."""
        sought = sorted((number_of(key), WEIGHTS[key[0]]) for key in keys)
        numbers = np.array([number for number, _weight in sought], np.uint64)
        firsts = np.searchsorted(self._keys, numbers, side="left").tolist()
        lasts = np.searchsorted(self._keys, numbers, side="right").tolist()
        shared: Counter[int] = Counter()
        for (number, firmness), first, last in zip(sought, firsts, lasts, strict=True):
            since = self._since.get(number, ())
            count = last - first + len(since)
            if not 0 < count <= SHARED_BY_MOST:
                continue
            # What few share says more, what thousands share nothing.
            weight = firmness * (1.0 + 4.0 / count)
            for row in (*self._rows[first:last].tolist(), *since):
                shared[row] += weight
        ranked = sorted((-weight, row) for row, weight in shared.items() if weight >= WEIGHT_LEAST)
        return [row for _weight, row in ranked[:COMPARED_MOST]]
