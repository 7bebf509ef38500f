"""Listings counted by cells of the map."""

import numpy as np
from pyroaring import BitMap

from directory.search.conditions import Conditions
from directory.search.hits import box_around_points
from directory.search.index import Index
from directory.search.morton import LEVEL, cells_at
from directory.search.nearby import rows_in
from directory.search.query import Box, Cluster

HALF_WAY_ROUND = 180.0  # Points that lie less far apart are not nearer the other way round.
CELLS_PER_TILE = 2  # Powers of two: a tile of 256 px has 4 by 4 cells of 64 px.


def clusters_of(conditions: Conditions, box: Box, zoom: int, most: int) -> list[Cluster]:
    """Clusters in the box at a zoom, the fullest first; coarser where there would be over `most`."""
    index = conditions.index
    rows = _rows(index, conditions.all(), box)
    codes = index.points["code"][rows]
    order = np.argsort(codes, kind="stable")
    rows, codes = rows[order], codes[order]
    edges = _edges(codes, _finest(codes, min(max(zoom, 0) + CELLS_PER_TILE, LEVEL), most))
    found = _clusters(index, rows, edges) if len(rows) else []
    found.sort(key=lambda cluster: (-cluster.count, cluster.longitude, cluster.latitude))
    return found


def _finest(codes: np.ndarray, level: int, most: int) -> int:
    """The finest level up to this one that has no more than `most` cells with points in them."""
    coarse, fine = 0, level  # A level coarser never has more cells.
    while coarse < fine:
        middle = (coarse + fine + 1) // 2
        if len(_edges(codes, middle)) > most:
            fine = middle - 1
        else:
            coarse = middle
    return coarse


def _edges(codes: np.ndarray, level: int) -> np.ndarray:
    """Where a new cell begins in ordered codes."""
    cells = cells_at(codes, level)
    return np.flatnonzero(np.append(True, cells[1:] != cells[:-1])) if len(cells) else cells


def _rows(index: Index, documents: BitMap, box: Box) -> np.ndarray:
    """Points in the box of the listings found."""
    rows = rows_in(index, box)
    is_found = np.zeros(len(index.names), bool)
    is_found[np.array(documents.to_array(), np.int64)] = True
    return rows[is_found[index.points["document"][rows]]]


def _clusters(index: Index, rows: np.ndarray, starts: np.ndarray) -> list[Cluster]:
    """A cluster for each group of points; `starts` says where among the rows each begins."""
    latitudes, longitudes = index.points["latitude"][rows], index.points["longitude"][rows]
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
    is_branch = index.points["is_branch"][rows] > 0
    branches = np.flatnonzero(is_branch)
    groups = np.searchsorted(starts, branches, "right") - 1
    documents = index.points["document"][rows[branches]].astype(np.int64)
    once = np.unique(groups * len(index.names) + documents) // len(index.names)
    most = len(starts)
    return sizes - np.bincount(groups, minlength=most) + np.bincount(once, minlength=most)


def _across(latitudes: np.ndarray, longitudes: np.ndarray, group: slice) -> tuple[float, Box]:
    """The middle longitude and the box of points that may be nearest across the antimeridian."""
    longitudes = longitudes[group]
    box = box_around_points(latitudes[group], longitudes)
    if box.west > box.east:  # 179 and -179 are next to each other.
        longitudes = np.where(longitudes < box.west, longitudes + 360.0, longitudes)
    longitude = float(longitudes.mean())
    return longitude - 360.0 if longitude > 180.0 else longitude, box
