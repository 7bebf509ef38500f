"""Everything that an index counts, as the index has it: the segment and what changed since."""

import datetime
from collections import Counter

import numpy as np
from pyroaring import BitMap

from directory.models import CLAIMABLE_SCHEMES
from directory.search.conditions import checked
from directory.search.facet_rows import KIND_OF_FACET
from directory.search.index import Index
from directory.search.morton import cells_at
from directory.search.plain_counts import (
    FIELDS,
    KEY_SHIFT,
    ZOOMS,
    Counts,
    by_rows,
    circle_name,
    key_group,
)
from directory.search.query import FACETS

KINDS = ("serves", "around", "hours", "online", "point")  # Counted beside facets and words.


def index_counts(index: Index, today: datetime.date) -> Counts:
    """The same as `plain_counts.database_counts`, of the index."""
    found: Counts = Counter({("listings", ""): len(index)})
    for facet in FACETS:
        _add(found, index, facet, KIND_OF_FACET.get(facet, facet))
    _add_by_rows(found, index)
    for field in FIELDS:
        _add(found, index, f"word in {field}", field)
    for kind in KINDS:
        _add(found, index, kind, kind)
    _add_checks(found, index, today)
    is_live = _is_live(index)
    _add_circles(found, index, is_live)
    _add_keys(found, index, is_live)
    _add_cells(found, index, is_live)
    return found


def _add_by_rows(found: Counts, index: Index) -> None:
    counts = index.facet_rows.counts(index.live)
    for facet in FACETS:
        for value, number in index.facet_rows.numbers[KIND_OF_FACET.get(facet, facet)].items():
            if count := int(counts[number]):
                found[by_rows(facet), value] = count


def _add_checks(found: Counts, index: Index, today: datetime.date) -> None:
    for scheme in (*CLAIMABLE_SCHEMES, ""):
        kind = f"checked {scheme}".strip()
        for code in index.postings.values(kind):
            listings = checked(index, scheme, code, today)
            if count := listings.intersection_cardinality(index.live):
                found[kind, code] = count


def _add_circles(found: Counts, index: Index, is_live: np.ndarray) -> None:
    rows = np.flatnonzero(is_live[index.circles["document"]])
    columns = (index.circles[name][rows] for name in ("latitude", "longitude", "radius_km"))
    for circle in zip(*(column.tolist() for column in columns), strict=True):
        found["circles", circle_name(*circle)] += 1


def _add_keys(found: Counts, index: Index, is_live: np.ndarray) -> None:
    numbers = index.keys["number"][is_live[index.keys["document"]]]
    groups, counts = np.unique(numbers >> np.uint64(KEY_SHIFT), return_counts=True)
    for group, count in zip(groups.tolist(), counts.tolist(), strict=True):
        found["keys", key_group(group << KEY_SHIFT)] = count


def _add_cells(found: Counts, index: Index, is_live: np.ndarray) -> None:
    documents = index.points["document"]
    is_shown = is_live[documents]
    for zoom in ZOOMS:
        cells = cells_at(index.points["code"][is_shown], zoom)
        pairs = np.unique(np.stack([cells, documents[is_shown].astype(np.uint64)]), axis=1)
        values, counts = np.unique(pairs[0], return_counts=True)
        for cell, count in zip(values.tolist(), counts.tolist(), strict=True):
            found[f"cells at zoom {zoom}", str(cell)] = count


def _add(found: Counts, index: Index, name: str, kind: str) -> None:
    for value in index.postings.values(kind):
        listings: BitMap = index.postings.get(kind, value)
        if count := listings.intersection_cardinality(index.live):
            found[name, value] = count


def _is_live(index: Index) -> np.ndarray:
    is_live = np.zeros(index.rows.count, bool)
    is_live[np.array(index.live.to_array(), np.int64)] = True
    return is_live
