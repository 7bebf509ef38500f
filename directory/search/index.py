"""The index: every published listing, numbered along the map.

`merging` makes its arrays, in memory or in files that are mapped, `delta` brings it up to date,
everything else only reads it. A listing that changes gets a new number at the end and its old one
leaves `live`; nothing else is taken out, so every question ends in an intersection with `live`.
"""

from collections.abc import Iterable
from zlib import crc32

import numpy as np
from pyroaring import BitMap

from directory.search.arrays import Arrays, below
from directory.search.expiring import Expiring
from directory.search.facet_rows import FacetRows
from directory.search.gazetteer import Gazetteer
from directory.search.lexicon import Lexicon
from directory.search.name_order import NameOrder
from directory.search.phrases import Phrases
from directory.search.postings import Postings, StoredKind
from directory.search.tables import Table, Texts, ranges
from directory.search.words import words_of


class Index:
    """All that a search reads. Listings are numbers from 0; `rows` has their row ids."""

    def __init__(self, arrays: Arrays, facts: dict, phrases: Phrases) -> None:
        """Open what `merging.merge` made; nothing is computed."""
        # organization_id, static (tie-break, higher first), name_rank, confirmed_on (days, 0 =
        # never), name_length (words)
        self.rows = Table(below(arrays, "rows"))
        # code (Morton), latitude, longitude, document, postcode (hash, 0 = none), is_wide, the
        # country as two letters in one number, is_branch (of a listing with several points); base
        # rows in the order of `code`
        self.points = Table(below(arrays, "points"))
        # latitude, longitude, radius_km, document
        self.circles = Table(below(arrays, "circles"))
        # number (entries.key_number), document; base rows in the order of `number`
        self.keys = Table(below(arrays, "keys"))
        stored = {kind: StoredKind(below(arrays, f"postings/{kind}")) for kind in facts["kinds"]}
        self.postings = Postings(stored, terms_by_word(phrases))
        self.facet_rows = FacetRows(below(arrays, "facets"))
        self.lexicon = Lexicon.stored(below(arrays, "lexicon"))
        self.names, self.slugs = Texts(below(arrays, "names")), Texts(below(arrays, "slugs"))
        self._name_words = Texts(below(arrays, "name_words"))  # folded, with blanks between them
        self.phrases = phrases
        self.gazetteer = Gazetteer(below(arrays, "places"))
        self.abbreviations = {
            letters: tuple(run) for letters, run in facts["abbreviations"].items()
        }
        self.expiring = Expiring(below(arrays, "expiring"))
        self.average_name_length: float = facts["average_name_length"]
        self.sources: dict[str, str] = facts["sources"]  # code → name
        self.orders = below(arrays, "orders")  # base listings by name, static, confirmed
        self.name_order = NameOrder(self.orders["name"], self.names, self.rows)
        self._by_id = below(arrays, "by_id")  # row ids in order, and the listings' numbers
        self.points_by_document = below(arrays, "points_by_document")
        self.live = BitMap()
        self.live.add_range(0, self.rows.base_count)
        self.changes = 0  # listings entered since the base was made
        self.cache: dict = {}  # results and parts of results, until a change
        self.lasting: dict = {}  # what holds whatever changes

    def __len__(self) -> int:
        return len(self.live)

    def organization_ids(self, numbers: np.ndarray) -> np.ndarray:
        """Row ids of listings by number."""
        return self.rows["organization_id"][numbers]

    def append_name(self, name: str) -> None:
        """Keep the name of the next listing."""
        self.names.append(name)
        self._name_words.append(" ".join(words_of(name)))

    def name_words(self, number: int) -> list[str]:
        """The words of a listing's name, folded: cut once, since many are compared at a time."""
        return self._name_words[number].split()

    def name_holds(self, number: int, words: str) -> bool:
        """Whether words, folded and with blanks between them, stand together in a listing's name."""
        return f" {words} " in f" {self._name_words[number]} "

    @property
    def added(self) -> BitMap:
        """Numbers given out since the base was made."""
        found = BitMap()
        found.add_range(self.rows.base_count, self.rows.count)
        return found

    def numbers_of(self, ids: Iterable[int]) -> list[int]:
        """Numbers that listings have or had, by row id."""
        wanted = np.array(sorted({*ids}), np.int64)
        base = self._by_id["ids"]
        places = np.searchsorted(base, wanted)
        places = places[places < len(base)]
        found = self._by_id["numbers"][places[np.isin(base[places], wanted)]]
        added = np.flatnonzero(np.isin(self.rows.added("organization_id"), wanted))
        return [*found.tolist(), *(added + self.rows.base_count).tolist()]

    def points_of(self, number: int) -> np.ndarray:
        """Rows of `points` that belong to a listing."""
        return self.rows_of(np.array([number], np.int64))

    def rows_of(self, numbers: np.ndarray) -> np.ndarray:
        """Rows of `points` that belong to any of some listings, given in order; those of each
        together, in the order of their codes."""
        edge = int(np.searchsorted(numbers, self.rows.base_count))
        firsts = self.points_by_document["starts"].take(numbers[:edge]).astype(np.int64)
        lengths = self.points_by_document["starts"].take(numbers[:edge] + 1) - firsts
        rows = self.points_by_document["rows"].take(ranges(firsts, lengths)).astype(np.int64)
        added = self._added_points_of(numbers[edge:])
        return np.concatenate([rows, added + self.points.base_count])

    def _added_points_of(self, wanted: np.ndarray) -> np.ndarray:
        documents = self.points.added("document")
        if not len(wanted) or not len(documents):
            return np.zeros(0, np.int64)
        places = np.minimum(np.searchsorted(wanted, documents), len(wanted) - 1)
        return np.flatnonzero(wanted[places] == documents)

    def with_key(self, number: int) -> list[int]:
        """Listings that have exactly this key (see entries.keys_of)."""
        base = self.keys["number"][: self.keys.base_count]
        wanted = np.uint64(number)
        start, end = np.searchsorted(base, wanted, "left"), np.searchsorted(base, wanted, "right")
        added = np.flatnonzero(self.keys.added("number") == wanted) + len(base)
        return self.keys["document"][[*range(start, end), *added.tolist()]].tolist()


def terms_by_word(phrases: Phrases) -> dict[str, list[tuple[str, str]]]:
    """Terms by the words of their labels and synonyms."""
    found: dict[str, list[tuple[str, str]]] = {}
    for key, words in phrases.words.items():
        for word in words:
            found.setdefault(word, []).append(key)
    return found


def postcode_hash(postcode: str) -> int:
    """A number for a postcode as it is compared: without blanks and hyphens, in capitals."""
    letters = "".join(filter(str.isalnum, postcode.upper()))
    return (crc32(letters.encode("utf-8", "replace")) or 1) if letters else 0


def country_number(code: str) -> int:
    """`US` as one number, to be kept in a column; 0 for none."""
    return ord(code[0]) * 256 + ord(code[1]) if len(code) == 2 and code.isascii() else 0


def country_letters(number: int) -> str:
    """The two letters of a `country_number`."""
    return chr(number // 256) + chr(number % 256) if number else ""
