"""The index in memory: every published listing, numbered along the map.

`building` makes one, `delta` brings it up to date, everything else only reads it. A listing that
changes gets a new number at the end and its old one leaves `live`; nothing else is taken out, so
every question ends in an intersection with `live`.
"""

from dataclasses import dataclass, field

import numpy as np
from pyroaring import BitMap

from directory.search.gazetteer import Gazetteer
from directory.search.lexicon import Lexicon
from directory.search.phrases import Phrases
from directory.search.tables import Postings, Table, Texts


@dataclass
class Index:
    """All that a search reads. Listings are numbers from 0; `rows` has their row ids."""

    # organization_id, static (tie-break, higher first), name_rank, confirmed_on (days, 0 = never),
    # name_length (words)
    rows: Table
    # code (Morton), latitude, longitude, document, postcode (hash, 0 = none), is_wide, and the
    # country as two letters in one number; base rows in the order of `code`
    points: Table
    circles: Table  # latitude, longitude, radius_km, document
    keys: Table  # number (entries.key_number), document; base rows in the order of `number`
    postings: Postings
    lexicon: Lexicon
    names: Texts
    slugs: Texts
    phrases: Phrases
    gazetteer: Gazetteer
    abbreviations: dict[str, tuple[str, ...]]
    live: BitMap
    average_name_length: float = 3.0
    # (scheme, code) → {listing number: last day on which the check of its claim holds}
    expiring: dict[tuple[str, str], dict[int, int]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)  # code → name
    changes: int = 0  # listings entered since the base was made
    cache: dict = field(default_factory=dict)  # results and parts of results, until a change

    def __len__(self) -> int:
        return len(self.live)

    def organization_ids(self, numbers: np.ndarray) -> np.ndarray:
        """Row ids of listings by number."""
        return self.rows["organization_id"][numbers]

    def points_of(self, number: int) -> np.ndarray:
        """Rows of `points` that belong to a listing."""
        base = self.points.base_count
        by_document, documents = self._points_by_document()
        start, end = np.searchsorted(documents, [number, number + 1])
        added = np.flatnonzero(self.points["document"][base:] == number) + base
        return np.concatenate([by_document[start:end], added])

    def with_key(self, number: int) -> list[int]:
        """Listings that have exactly this key (see entries.keys_of)."""
        base = self.keys["number"][: self.keys.base_count]
        wanted = np.uint64(number)
        start, end = np.searchsorted(base, wanted, "left"), np.searchsorted(base, wanted, "right")
        added = np.flatnonzero(self.keys["number"][len(base) :] == wanted) + len(base)
        return self.keys["document"][[*range(start, end), *added.tolist()]].tolist()

    def _points_by_document(self) -> tuple[np.ndarray, np.ndarray]:
        """Base rows of `points` ordered by listing, and the listings in that order."""
        if not hasattr(self, "_by_document"):
            documents = self.points["document"][: self.points.base_count]
            order = np.argsort(documents, kind="stable")
            self._by_document = (order, documents[order].astype(np.int64))
        return self._by_document


def postcode_hash(postcode: str) -> int:
    """A number for a postcode as it is compared: without blanks and hyphens, in capitals."""
    letters = "".join(letter for letter in postcode.upper() if letter.isalnum())
    if not letters:
        return 0
    value = 2166136261
    for byte in letters.encode("utf-8", "replace"):
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value or 1


def country_number(code: str) -> int:
    """`US` as one number, to be kept in a column; 0 for none."""
    return ord(code[0]) * 256 + ord(code[1]) if len(code) == 2 and code.isascii() else 0


def country_letters(number: int) -> str:
    """The two letters of a `country_number`."""
    return chr(number // 256) + chr(number % 256) if number else ""
