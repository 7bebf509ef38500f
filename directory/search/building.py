"""Making an index from all published listings."""

import datetime
from array import array
from collections import Counter
from collections.abc import Iterable

import numpy as np
from pyroaring import BitMap

from directory.search.columns import (
    CIRCLE_TYPES,
    KEY_TYPES,
    POINT_TYPES,
    ROW_TYPES,
    circle_row,
    point_row,
    row_of,
)
from directory.search.entries import (
    FIELDS,
    checked_until,
    entries_of,
    field_words,
    key_number,
    keys_of,
)
from directory.search.gazetteer import Gazetteer
from directory.search.index import Index
from directory.search.lexicon import Lexicon
from directory.search.listings import Listing
from directory.search.morton import codes_of
from directory.search.phrases import Phrases
from directory.search.tables import EMPTY, Gathering, Postings, Table, Texts
from directory.search.words import fold, is_stop_word, words_of

NAMES_READ = 50_000  # Names from which abbreviations are learnt: enough, and bounded memory.
NO_POINT = np.uint64(1 << 63)  # Listings without a point are numbered last.


class Builder:
    """Takes in listings one by one under serial numbers; `finish` numbers them along the map."""

    def __init__(self, phrases: Phrases, gazetteer: Gazetteer, today: datetime.date) -> None:
        self.phrases, self.gazetteer, self.today = phrases, gazetteer, today
        self.entered: dict[str, dict[str, array]] = {}
        self.rows = Gathering(ROW_TYPES)
        self.names: list[str] = []
        self.slugs: list[str] = []
        self.points = Gathering(POINT_TYPES)
        self.circles = Gathering(CIRCLE_TYPES)
        self.keys = Gathering(KEY_TYPES)
        self.expiring: list[tuple[tuple[str, str], int, int]] = []
        self.abbreviations: Counter = Counter()

    def add(self, listing: Listing) -> None:
        """Take in one listing."""
        serial = len(self.names)
        self.names.append(listing.name)
        self.slugs.append(listing.slug)
        self.rows.append(**row_of(listing, 0.0, self.today))
        for key in keys_of(listing):
            self.keys.append(number=key_number(key), document=serial)
        for kind, value in entries_of(listing, self.phrases):
            self._enter(kind, value, serial)
        for kind, words in field_words(listing).items():
            for word in words:
                self._enter(kind, word, serial)
        self._add_geography(listing, serial)
        for key, until in checked_until(listing, self.phrases).items():
            if until != datetime.date.max:
                self.expiring.append((key, serial, until.toordinal()))
        if serial < NAMES_READ:
            self.abbreviations.update(set(_runs(words_of(listing.name))))

    def finish(self, sources: dict[str, str]) -> Index:
        """The index of all that was taken in. The builder is spent then."""
        paths = self.entered.get("around", {})
        self.gazetteer.load_facts(paths)
        points = self.points.columns()
        points["code"] = codes_of(points["latitude"], points["longitude"])
        number_of = self._numbers(points)
        base = {}
        for kind in [*self.entered]:
            values = self.entered.pop(kind)  # Not held twice.
            base[kind] = {
                value: BitMap(number_of[np.frombuffer(serials, np.uint32)])
                for value, serials in values.items()
            }
        self._derive_words(base)
        counts = _word_counts(base)
        rows = self._rows(number_of)
        return Index(
            rows=rows,
            points=self._table(points, number_of, "code"),
            circles=self._table(self.circles.columns(), number_of, "document"),
            keys=self._table(self.keys.columns(), number_of, "number"),
            postings=Postings(_compact(base)),
            lexicon=Lexicon(counts),
            names=Texts(self._in_order(self.names, number_of)),
            slugs=Texts(self._in_order(self.slugs, number_of)),
            phrases=self.phrases,
            gazetteer=self.gazetteer,
            abbreviations=self._abbreviations(counts),
            live=BitMap(range(len(self.names))),
            average_name_length=float(rows["name_length"].mean()) if len(self.names) else 3.0,
            expiring=self._expiring(number_of),
            sources=sources,
        )

    def _enter(self, kind: str, value: str, serial: int) -> None:
        values = self.entered.setdefault(kind, {})
        if value not in values:
            values[value] = array("I")
        values[value].append(serial)

    def _add_geography(self, listing: Listing, serial: int) -> None:
        for spot in listing.spots:
            if spot.latitude is not None:
                self.points.append(**point_row(spot, serial))
        for area in listing.areas:
            if area.kind == "radius":
                self.circles.append(**circle_row(area, serial))

    def _numbers(self, points: dict[str, np.ndarray]) -> np.ndarray:
        """The number of each serial: along the map by its first point, those without last."""
        codes = np.full(len(self.names), NO_POINT, np.uint64)
        serials, first = np.unique(points["document"], return_index=True)
        codes[serials] = points["code"][first]
        order = np.lexsort((self.rows.columns()["organization_id"], codes))
        number_of = np.empty(len(order), np.uint32)
        number_of[order] = np.arange(len(order), dtype=np.uint32)
        return number_of

    def _rows(self, number_of: np.ndarray) -> Table:
        columns = self.rows.columns()
        columns["name_rank"] = name_ranks(self.names)
        order = np.argsort(number_of, kind="stable")
        return Table({name: column[order] for name, column in columns.items()})

    @staticmethod
    def _table(columns: dict[str, np.ndarray], number_of: np.ndarray, by: str) -> Table:
        """Rows that belong to listings, with their final numbers, in the order of a column."""
        columns["document"] = number_of[columns["document"]]
        order = np.lexsort((columns["document"], columns[by]))
        return Table({name: column[order] for name, column in columns.items()})

    def _derive_words(self, base: dict[str, dict[str, BitMap]]) -> None:
        """Enter the words of terms and places for all listings that carry or lie in them."""
        for (scheme, code), words in self.phrases.words.items():
            _post(base, "term", words, base.get(scheme, {}).get(code, EMPTY))
        for path, fact in self.gazetteer.facts.items():
            _post(base, "place", fact.words, base.get("around", {}).get(path, EMPTY))

    def _abbreviations(self, counts: dict[str, int]) -> dict[str, tuple[str, ...]]:
        """Initials of frequent runs of words in names, unless they are a word of their own."""
        needed = max(15, min(len(self.names), NAMES_READ) / 5000)
        found: dict[str, tuple[str, ...]] = {}
        for run, count in sorted(self.abbreviations.items(), key=lambda item: (-item[1], item[0])):
            initials = "".join(word[0] for word in run)
            if count >= needed and counts.get(initials, 0) < 5:
                found.setdefault(initials, run)
        return found

    def _expiring(self, number_of: np.ndarray) -> dict[tuple[str, str], dict[int, int]]:
        found: dict[tuple[str, str], dict[int, int]] = {}
        for key, serial, until in self.expiring:
            found.setdefault(key, {})[int(number_of[serial])] = until
        return found

    @staticmethod
    def _in_order(texts: list[str], number_of: np.ndarray) -> Iterable[str]:
        return (texts[serial] for serial in np.argsort(number_of, kind="stable").tolist())


def name_ranks(names: list[str]) -> np.ndarray:
    """The place of each name in the order of names; equal names share one."""
    folded = [fold(name) for name in names]
    rank_of = {name: rank for rank, name in enumerate(sorted({*folded}))}
    return np.array([rank_of[name] for name in folded], np.float64)


def _post(base: dict, kind: str, words: Iterable[str], listings: BitMap) -> None:
    if listings:
        field = base.setdefault(kind, {})
        for word in words:
            field[word] = field[word] | listings if word in field else listings.copy()


def _compact(base: dict[str, dict[str, BitMap]]) -> dict[str, dict[str, BitMap | int]]:
    """The same postings in little memory: lone listings as numbers, spare room given back."""
    for values in base.values():
        for value, listings in values.items():
            if len(listings) == 1:
                values[value] = listings[0]
            else:
                listings.shrink_to_fit()
    return base


def _word_counts(base: dict[str, dict[str, BitMap]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for field in FIELDS:
        for word, listings in base.get(field, {}).items():
            counts[word] = counts.get(word, 0) + len(listings)
    return counts


def _runs(words: list[str]) -> Iterable[tuple[str, ...]]:
    """Runs of three and four words of a name."""
    for length in (3, 4):
        for start in range(len(words) - length + 1):
            run = tuple(words[start : start + length])
            if not any(is_stop_word(word) for word in run):
                yield run
