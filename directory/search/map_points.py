"""The points that a map shows: one by one, or summed up by cells where nearly all are shown.

A view of the world with all listings would add up every point each time. What the points of each
small cell come to is worked out once and holds for ever, since the base never changes: only cells
from which something is left out are added up anew.
"""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from pyroaring import BitMap

from directory.search.distances import within
from directory.search.index import Index
from directory.search.morton import cells_at
from directory.search.nearby import are_in
from directory.search.query import Box
from directory.search.tables import numbers_in, ranges

# Shares of all listings. Few are looked up one by one; of many it is quicker to look at all points.
# Where few are left out, sums of cells are used.
FEW, MANY = 1 / 20, 1 / 4
# Cells as wide as a country, a region and a town: where one of the large cells is not whole, the
# smaller ones in it are looked at.
LEVELS_OF_SUMS = (6, 8, 10)


@dataclass
class Points:
    """Points or sums of some, in the order of their codes: a column for each thing."""

    codes: np.ndarray
    rows: np.ndarray  # of `Index.points`; of the first in a sum
    sizes: np.ndarray  # of how many points each is the sum
    latitudes: np.ndarray  # summed up, like longitudes
    longitudes: np.ndarray
    west: np.ndarray
    south: np.ndarray
    east: np.ndarray
    north: np.ndarray

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def single(cls, index: Index, rows: np.ndarray) -> Self:
        """Points one by one, by row; the added ones are put where they belong."""
        codes = index.points["code"].take(rows)
        added = np.searchsorted(rows, index.points.base_count)
        if added < len(rows):  # Added ones stand at the end; all before are in order.
            order = added + np.argsort(codes[added:], kind="stable")
            places = np.searchsorted(codes[:added], codes[order], "right")
            rows = np.insert(rows[:added], places, rows[order])
            codes = np.insert(codes[:added], places, codes[order])
        latitudes = index.points["latitude"].take(rows)
        longitudes = index.points["longitude"].take(rows)
        ones = np.broadcast_to(np.int64(1), len(rows))
        edges = (longitudes, latitudes, longitudes, latitudes)
        return cls(codes, rows, ones, latitudes, longitudes, *edges)

    def summed(self, starts: np.ndarray) -> Self:
        """Groups of them as sums; `starts` says where each begins."""
        edges = zip(
            (self.west, self.south, self.east, self.north),
            (np.minimum, np.minimum, np.maximum, np.maximum),
            strict=True,
        )
        return type(self)(
            self.codes.take(starts),
            self.rows.take(starts),
            np.add.reduceat(self.sizes, starts),
            np.add.reduceat(self.latitudes, starts),
            np.add.reduceat(self.longitudes, starts),
            *(nearest.reduceat(degrees, starts) for degrees, nearest in edges),
        )

    def at(self, places: np.ndarray) -> Self:
        """Some of them."""
        return type(self)(*(getattr(self, field.name)[places] for field in fields(self)))

    @classmethod
    def in_one(cls, parts: list[Self]) -> Self:
        """Several lots together, in the order of their codes."""
        joined = cls(
            *(np.concatenate([getattr(one, field.name) for one in parts]) for field in fields(cls))
        )
        return joined.at(np.argsort(joined.codes, kind="stable"))


@dataclass
class Shown:
    """What a map shows: points or sums of them, and which rows of `Index.points` these are (None
    where they are the few of `points`)."""

    points: Points
    is_shown: np.ndarray | None = None
    are_sums: bool = False


def points_shown(index: Index, documents: BitMap, box: Box) -> Shown:
    """Public points in the box of the listings found, one by one."""
    columns = index.points
    if len(documents) <= FEW * len(index.names):
        rows = np.sort(index.rows_of(numbers_in(documents)))
        is_in = within(box, columns["latitude"].take(rows), columns["longitude"].take(rows))
        return Shown(Points.single(index, rows[is_in]))
    if len(documents) <= MANY * len(index.names):
        is_found = np.zeros(columns.count, bool)
        is_found[index.rows_of(numbers_in(documents))] = True
    else:
        is_listing = np.zeros(len(index.names), bool)
        is_listing[numbers_in(documents)] = True
        is_found = is_listing.take(columns["document"])
    is_shown = are_in(index, box) & is_found
    return Shown(Points.single(index, np.flatnonzero(is_shown)), is_shown)


def sums_shown(index: Index, documents: BitMap, box: Box, level: int) -> Shown | None:
    """The same summed up by cells of this level or finer; None where too much is left out."""
    levels = [kept for kept in LEVELS_OF_SUMS if kept >= level]
    on_map = index.postings.get("point", "")
    if not levels or on_map.difference_cardinality(documents) > FEW * len(index.names):
        return None
    is_shown = are_in(index, box)
    is_shown[index.rows_of(numbers_in(on_map - documents))] = False
    base = index.points.base_count
    missing = np.flatnonzero(~is_shown[:base])
    if len(missing) > FEW * base:
        return None
    parts = []
    firsts, ends = np.array([0]), np.array([base])  # Rows that are still to be summed up.
    for kept in levels:
        sums = sums_of_cells(index, kept)
        broken = np.unique(np.searchsorted(sums.rows, missing, "right") - 1)
        low, high = np.searchsorted(sums.rows, firsts), np.searchsorted(sums.rows, ends)
        inside = ranges(low, high - low)
        parts.append(sums.at(np.setdiff1d(inside, broken, assume_unique=True)))
        firsts, ends = sums.rows[broken], (sums.rows + sums.sizes)[broken]
    rows = ranges(firsts, ends - firsts)
    rows = np.concatenate([rows, np.arange(base, index.points.count)])
    parts.append(Points.single(index, rows[is_shown[rows]]))
    return Shown(Points.in_one(parts), is_shown, are_sums=True)


def sums_of_cells(index: Index, level: int) -> Points:
    """All base points summed up by cells of a level."""
    known = index.lasting.setdefault("sums of cells", {})
    if level not in known:
        finer = next((kept for kept in LEVELS_OF_SUMS if kept > level), None)
        if finer is None:
            points = Points.single(index, np.arange(index.points.base_count))
        else:
            points = sums_of_cells(index, finer)
        starts = firsts_of_cells(points.codes, level)
        known[level] = points.summed(starts) if len(points) else points
    return known[level]


def firsts_of_cells(codes: np.ndarray, level: int) -> np.ndarray:
    """Where each cell of a level begins in ordered codes."""
    cells = cells_at(codes, level)
    return np.flatnonzero(np.append(len(cells) > 0, cells[1:] != cells[:-1]))


def branches_shown(index: Index, shown: Shown) -> tuple[np.ndarray, np.ndarray]:
    """Codes and listings of the points shown of listings that have several, listing by listing
    and in the order of their codes."""
    columns = index.points
    if shown.is_shown is None:
        rows = shown.points.rows
        return _by_listing(index, rows[columns["is_branch"].take(rows) > 0])
    rows, *branches = _branches(index)
    is_shown = shown.is_shown.take(rows)
    if not is_shown.all():
        branches = [column[is_shown] for column in branches]
    added = np.arange(columns.base_count, columns.count)
    added = added[shown.is_shown[added] & (columns.added("is_branch") > 0)]
    if not len(added):
        return tuple(branches)
    return tuple(map(np.concatenate, zip(branches, _by_listing(index, added), strict=True)))


def _by_listing(index: Index, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    codes, documents = index.points["code"].take(rows), index.points["document"].take(rows)
    order = np.lexsort((codes, documents))
    return codes[order], documents[order]


def _branches(index: Index) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows, codes and listings of the base points of listings that have several."""
    if "branches" not in index.lasting:
        rows = index.points_by_document["rows"]
        rows = rows[index.points["is_branch"].take(rows) > 0].astype(np.int64)
        columns = (index.points[name].take(rows) for name in ("code", "document"))
        index.lasting["branches"] = (rows, *columns)
    return index.lasting["branches"]
