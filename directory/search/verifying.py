"""The index held against the database, counted plainly: listing by listing, without any index.

Everything that an answer counts is compared: all listings, every value of every facet, the words of
each field, and the cells of the map at several zooms.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyroaring import BitMap

from directory.models import Organization, VerificationLevel
from directory.search.facet_rows import KIND_OF_FACET, has_column
from directory.search.gazetteer import Gazetteer, ancestor_paths
from directory.search.index import Index
from directory.search.listings import Listing
from directory.search.live import current
from directory.search.log import last_position
from directory.search.morton import cells_at, codes_of
from directory.search.phrases import Phrases
from directory.search.query import FACETS
from directory.search.reading import all_listings
from directory.search.words import all_words

ZOOMS = (1, 4, 8, 14)
FIELDS = ("name", "other_name", "text")  # Those of places and terms follow from their facets.

Counts = Counter  # by (kind, value)


class ChangedMeanwhile(Exception):
    """The log grew while the listings were counted, so the counts are of different moments."""


@dataclass(frozen=True)
class Difference:
    """A count on which index and database do not agree."""

    kind: str
    value: str
    in_index: int
    in_database: int

    def __str__(self) -> str:
        counts = f"{self.in_index} in the index, {self.in_database} in the database"
        return f"{self.kind} {self.value}".strip() + f": {counts}"


def compare(progress: Callable[[int], Any]) -> tuple[list[Difference], int]:
    """Where index and database differ, and how many counts were compared.

    `progress` is told how many listings are counted. Raises ChangedMeanwhile, SearchIsBeingBuilt.
    """
    before = last_position()
    with current() as (index, _sequence):
        in_index = index_counts(index)
        in_database = database_counts(index.phrases, progress)
    if last_position() != before:
        raise ChangedMeanwhile
    keys = sorted(in_index.keys() | in_database.keys())
    found = [
        Difference(*key, in_index[key], in_database[key])
        for key in keys
        if in_index[key] != in_database[key]
    ]
    return found, len(keys)


def database_counts(phrases: Phrases, progress: Callable[[int], Any]) -> Counts:
    """Everything counted from plain rows."""
    found: Counts = Counter({("listings", ""): Organization.objects.published().count()})
    codes: list[np.ndarray] = []
    for number, listing in enumerate(all_listings(Gazetteer()), 1):
        found.update(_facets(listing, phrases))
        found.update(_words(listing))
        codes.append(_codes(listing))
        if number % 1_000 == 0:
            progress(number)
    for zoom in ZOOMS:
        for cells in codes:
            found.update(
                (f"cells at zoom {zoom}", str(c)) for c in {*cells_at(cells, zoom).tolist()}
            )
    return found


def _facets(listing: Listing, phrases: Phrases) -> Iterator[tuple[str, str]]:
    terms = {above for key in listing.claims for above in phrases.with_ancestors(key)}
    places = {path for spot in listing.spots for path in ancestor_paths(spot.path)}
    found = {(str(scheme), code) for scheme, code in terms}
    found |= {("place", path) for path in places}
    found |= {("language", code) for code in listing.languages}
    found |= {("source", code) for code in listing.sources}
    found |= {("network", code) for code in listing.networks}
    found.add(("lifecycle", listing.lifecycle))
    found.add(("verification", VerificationLevel(listing.verification).code))
    for facet, code in found:
        yield facet, code
        if has_column(KIND_OF_FACET.get(facet, facet), code):
            yield _by_rows(facet), code


def _by_rows(facet: str) -> str:
    """How a count of a facet is called that comes from the listings' rows, not from postings."""
    return f"{facet} by rows"


def _words(listing: Listing) -> Iterator[tuple[str, str]]:
    texts = {
        "name": (listing.name,),
        "other_name": tuple(listing.other_names),
        "text": tuple(listing.texts),
    }
    for field in FIELDS:
        yield from ((f"word in {field}", word) for word in all_words(texts[field]))


def _codes(listing: Listing) -> np.ndarray:
    points = [(s.latitude, s.longitude) for s in listing.spots if s.latitude is not None]
    columns = np.array(points, np.float64).reshape(-1, 2)
    return codes_of(columns[:, 0], columns[:, 1])


def index_counts(index: Index) -> Counts:
    """The same of the index: the segment and what changed since."""
    found: Counts = Counter({("listings", ""): len(index)})
    for facet in FACETS:
        _add(found, index, facet, KIND_OF_FACET.get(facet, facet))
    by_rows = index.facet_rows.counts(index.live)
    for facet in FACETS:
        for value, number in index.facet_rows.numbers[KIND_OF_FACET.get(facet, facet)].items():
            if count := int(by_rows[number]):
                found[_by_rows(facet), value] = count
    for field in FIELDS:
        _add(found, index, f"word in {field}", field)
    documents = index.points["document"]
    is_live = _is_live(index)[documents]
    for zoom in ZOOMS:
        cells = cells_at(index.points["code"][is_live], zoom)
        pairs = np.unique(np.stack([cells, documents[is_live].astype(np.uint64)]), axis=1)
        values, counts = np.unique(pairs[0], return_counts=True)
        for cell, count in zip(values.tolist(), counts.tolist(), strict=True):
            found[f"cells at zoom {zoom}", str(cell)] = count
    return found


def _add(found: Counts, index: Index, name: str, kind: str) -> None:
    for value in index.postings.values(kind):
        listings: BitMap = index.postings.get(kind, value)
        if count := listings.intersection_cardinality(index.live):
            found[name, value] = count


def _is_live(index: Index) -> np.ndarray:
    is_live = np.zeros(index.rows.count, bool)
    is_live[np.array(index.live.to_array(), np.int64)] = True
    return is_live
