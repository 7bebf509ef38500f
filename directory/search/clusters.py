"""Listings counted by cells of the map."""

import numpy as np
from pyroaring import BitMap

from directory.search.conditions import Conditions
from directory.search.hits import box_around_points
from directory.search.index import Index
from directory.search.morton import LEVEL, cells_at
from directory.search.nearby import are_in
from directory.search.query import Box, Cluster
from directory.search.tables import numbers_in

HALF_WAY_ROUND = 180.0  # Points that lie less far apart are not nearer the other way round.
# Up to this share of all listings their points are looked up one by one sooner than all are judged.
FEW = 1 / 20
CELLS_PER_TILE = 2  # Powers of two: a tile of 256 px has 4 by 4 cells of 64 px.


def clusters_of(conditions: Conditions, box: Box, zoom: int, most: int) -> list[Cluster]:
    """Clusters in the box at a zoom, the fullest first; coarser where there would be over `most`."""
    index = conditions.index
    rows, codes = _points(index, conditions.all(), box)
    starts = _starts(codes, min(max(zoom, 0) + CELLS_PER_TILE, LEVEL), most)
    found = _clusters(index, rows, starts) if len(rows) else []
    found.sort(key=lambda cluster: (-cluster.count, cluster.longitude, cluster.latitude))
    return found


def _points(index: Index, documents: BitMap, box: Box) -> tuple[np.ndarray, np.ndarray]:
    """Points in the box of the listings found, and their codes, in the order of these."""
    is_in, few = are_in(index, box), FEW * len(index.names)
    left_out = index.postings.get("point", "") - documents
    if len(left_out) <= few:
        is_in[index.rows_of(numbers_in(left_out))] = False
        rows = np.flatnonzero(is_in)
    elif len(documents) <= min(few, np.count_nonzero(is_in)):
        rows = np.sort(index.rows_of(numbers_in(documents)))
        rows = rows[is_in[rows]]
    else:
        rows = np.flatnonzero(is_in)
        is_found = np.zeros(len(index.names), bool)
        is_found[numbers_in(documents)] = True
        rows = rows[is_found.take(index.points["document"].take(rows))]
    codes = index.points["code"].take(rows)
    if len(rows) and rows[-1] >= index.points.base_count:  # Added ones stand at the end.
        order = np.argsort(codes, kind="stable")
        rows, codes = rows[order], codes[order]
    return rows, codes


def _starts(codes: np.ndarray, level: int, most: int) -> np.ndarray:
    """Where each cell begins in ordered codes, at the finest level up to this one that has no more
    than `most` cells with points in them."""
    starts = np.arange(0)
    for coarser in range(level, -1, -1):  # A level coarser never has more cells.
        cells = cells_at(codes, coarser)
        firsts = np.flatnonzero(np.append(len(cells) > 0, cells[1:] != cells[:-1]))
        starts = starts[firsts] if len(starts) else firsts
        if len(starts) <= most:
            break
        codes = codes[firsts]
    return starts


def _clusters(index: Index, rows: np.ndarray, starts: np.ndarray) -> list[Cluster]:
    """A cluster for each group of points; `starts` says where among the rows each begins."""
    latitudes, longitudes = (
        index.points["latitude"].take(rows),
        index.points["longitude"].take(rows),
    )
    sizes = np.diff(np.append(starts, len(rows)))
    edges = [
        nearest.reduceat(degrees, starts)
        for degrees, nearest in (
            (longitudes, np.minimum),
            (latitudes, np.minimum),
            (longitudes, np.maximum),
            (latitudes, np.maximum),
        )
    ]
    middles = [np.add.reduceat(degrees, starts) / sizes for degrees in (latitudes, longitudes)]
    counts = _listings(index, rows, starts, sizes)
    firsts = index.points["document"][rows[starts]]
    found = []
    for start, size, count, latitude, longitude, first, *box in zip(
        *(column.tolist() for column in (starts, sizes, counts, *middles, firsts, *edges)),
        strict=True,
    ):
        around = Box(*box)
        if around.east - around.west >= HALF_WAY_ROUND:
            longitude, around = _across(latitudes, longitudes, slice(start, start + size))
        only = int(index.rows["organization_id"][first]) if count == 1 else None
        found.append(Cluster(count, latitude, longitude, around, only))
    return found


def _listings(index: Index, rows: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """How many listings each group has: one with several points in it counts once."""
    group_of = np.full(index.points.count, -1, np.int32)
    group_of[rows] = np.repeat(np.arange(len(starts), dtype=np.int32), sizes)
    again = [_again(*_branches(index), group_of)]
    added = np.flatnonzero(index.points.added("is_branch")) + index.points.base_count
    if len(added):
        documents = index.points["document"][added]
        order = np.lexsort((group_of[added], documents))
        again.append(_again(added[order], documents[order], group_of))
    return sizes - np.bincount(np.concatenate(again), minlength=len(starts))


def _again(rows: np.ndarray, documents: np.ndarray, group_of: np.ndarray) -> np.ndarray:
    """The group of each point that follows one of the same listing in the same group.

    The points of a listing come one after the other, and so do those of one group among them.
    """
    groups = group_of.take(rows)
    is_in = groups >= 0
    groups, documents = groups[is_in], documents[is_in]
    is_again = (groups[1:] == groups[:-1]) & (documents[1:] == documents[:-1])
    return groups[1:][is_again]


def _branches(index: Index) -> tuple[np.ndarray, np.ndarray]:
    """Base points of listings that have several, by listing and in the order of their codes."""
    if "branches" not in index.lasting:
        rows = index.points_by_document["rows"]
        rows = rows[index.points["is_branch"][rows] > 0].astype(np.int64)
        index.lasting["branches"] = (rows, index.points["document"][rows])
    return index.lasting["branches"]


def _across(latitudes: np.ndarray, longitudes: np.ndarray, group: slice) -> tuple[float, Box]:
    """The middle longitude and the box of points that may be nearest across the antimeridian."""
    longitudes = longitudes[group]
    box = box_around_points(latitudes[group], longitudes)
    if box.west > box.east:  # 179 and -179 are next to each other.
        longitudes = np.where(longitudes < box.west, longitudes + 360.0, longitudes)
    longitude = float(longitudes.mean())
    return longitude - 360.0 if longitude > 180.0 else longitude, box
