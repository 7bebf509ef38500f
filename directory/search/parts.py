"""Part of an index: some thousands of listings taken in one by one, under serial numbers.

Parts are made side by side by several processes; `merging` makes one index of them.
"""

import datetime
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from directory.search.arrays import Arrays
from directory.search.columns import (
    CIRCLE_TYPES,
    KEY_TYPES,
    POINT_TYPES,
    ROW_TYPES,
    circle_row,
    point_row,
    row_of,
)
from directory.search.entries import checked_until, entries_of, field_words, key_number, keys_of
from directory.search.expiring import Key
from directory.search.listings import Listing
from directory.search.morton import codes_of
from directory.search.phrases import Phrases
from directory.search.tables import Gathering, encoded, packed
from directory.search.words import fold, is_stop_word, words_of

EXPIRING_TYPES = {"key": np.uint32, "document": np.uint32, "day": np.int32}


@dataclass
class Part:
    """A part as arrays. `facts` has its kinds of postings and the keys of `expiring`."""

    arrays: Arrays
    facts: dict

    def __len__(self) -> int:
        return len(self.arrays["rows/organization_id"])


class PartBuilder:
    """Takes in listings; `finish` makes the part."""

    def __init__(self, phrases: Phrases, today: datetime.date, names_read: int) -> None:
        """`names_read`: of so many names (the first ones) abbreviations are learnt."""
        self.phrases, self.today, self.names_read = phrases, today, names_read
        self.entered: dict[str, dict[str, array]] = defaultdict(lambda: defaultdict(_numbers))
        self.rows = Gathering(ROW_TYPES)
        self.names: list[str] = []
        self.slugs: list[str] = []
        self.points = Gathering(POINT_TYPES)
        self.circles = Gathering(CIRCLE_TYPES)
        self.keys = Gathering(KEY_TYPES)
        self.expiring = Gathering(EXPIRING_TYPES)
        self.expiring_keys: dict[Key, int] = {}
        self.runs: Counter = Counter()

    def add(self, listing: Listing) -> None:
        """Take in one listing."""
        serial = len(self.names)
        self.names.append(listing.name)
        self.slugs.append(listing.slug)
        self.rows.append(**row_of(listing, 0.0, self.today))
        for key in keys_of(listing):
            self.keys.append(number=key_number(key), document=serial)
        entered = self.entered
        for kind, value in entries_of(listing, self.phrases):
            entered[kind][value].append(serial)
        for kind, words in field_words(listing).items():
            values = entered[kind]
            for word in words:
                values[word].append(serial)
        self._add_geography(listing, serial)
        for key, until in checked_until(listing, self.phrases).items():
            if until != datetime.date.max:
                number = self.expiring_keys.setdefault(key, len(self.expiring_keys))
                self.expiring.append(key=number, document=serial, day=until.toordinal())
        if serial < self.names_read:
            self.runs.update(set(_runs(words_of(listing.name))))

    def finish(self) -> Part:
        """The part. The builder is spent then."""
        arrays = {f"rows/{name}": column for name, column in self.rows.columns().items()}
        points = self.points.columns()
        points["code"] = codes_of(points["latitude"], points["longitude"])
        tables = {
            "points": points,
            "circles": self.circles.columns(),
            "keys": self.keys.columns(),
            "expiring": self.expiring.columns(),
            "names": packed([encoded(name) for name in self.names]),
            "name_words": packed([encoded(" ".join(words_of(name))) for name in self.names]),
            "folded": packed([encoded(fold(name)) for name in self.names]),
            "slugs": packed([encoded(slug) for slug in self.slugs]),
            "runs": packed([encoded(" ".join(run)) for run in self.runs]),
        }
        kinds = sorted(self.entered)
        for kind in kinds:
            tables[f"kinds/{kind}"] = _packed_kind(self.entered.pop(kind))  # Not held twice.
        for table, columns in tables.items():
            arrays |= {f"{table}/{name}": column for name, column in columns.items()}
        arrays["runs/counts"] = np.array([*self.runs.values()], np.uint32)
        return Part(arrays, {"kinds": kinds, "expiring": [*self.expiring_keys]})

    def _add_geography(self, listing: Listing, serial: int) -> None:
        spots = [spot for spot in listing.spots if spot.latitude is not None]
        for spot in spots:
            self.points.append(**point_row(spot, serial, is_branch=len(spots) > 1))
        for area in listing.areas:
            if area.kind == "radius":
                self.circles.append(**circle_row(area, serial))


def _numbers() -> array:
    return array("I")


def _packed_kind(values: dict[str, array]) -> dict[str, np.ndarray]:
    """The values of a kind in order, and for each the serials of its listings."""
    by_text = {encoded(value): serials for value, serials in values.items()}
    in_order = sorted(by_text)
    joined = b"".join(by_text[value].tobytes() for value in in_order)
    lengths = np.array([len(by_text[value]) for value in in_order], np.int64)
    return packed(in_order) | {"lengths": lengths, "serials": np.frombuffer(joined, np.uint32)}


def _runs(words: list[str]) -> Iterable[tuple[str, ...]]:
    """Runs of three and four words of a name."""
    for length in (3, 4):
        for start in range(len(words) - length + 1):
            run = tuple(words[start : start + length])
            if not any(is_stop_word(word) for word in run):
                yield run
