"""Listings counted by cells of the map."""

import numpy as np

from directory.search.conditions import Conditions
from directory.search.hits import box_around_points
from directory.search.index import Index
from directory.search.map_points import (
    Shown,
    branches_shown,
    firsts_of_cells,
    points_shown,
    sums_shown,
)
from directory.search.morton import LEVEL, cells_at
from directory.search.query import Box, Cluster

HALF_WAY_ROUND = 180.0  # Points that lie less far apart are not nearer the other way round.
CELLS_PER_TILE = 2  # Powers of two: a tile of 256 px has 4 by 4 cells of 64 px.


def clusters_of(conditions: Conditions, box: Box, zoom: int, most: int) -> list[Cluster]:
    """Clusters in the box at a zoom, the fullest first; coarser where there would be over `most`."""
    index, documents = conditions.index, conditions.all()
    level = min(max(zoom, 0) + CELLS_PER_TILE, LEVEL)
    sums = sums_shown(index, documents, box, level)
    found = _clusters(index, sums, level, most) if sums else None
    if found is None:
        found = _clusters(index, points_shown(index, documents, box), level, most)
    found.sort(key=lambda cluster: (-cluster.count, cluster.longitude, cluster.latitude))
    return found


def _starts(codes: np.ndarray, level: int, most: int) -> tuple[np.ndarray, int]:
    """Where each cell begins in ordered codes, at the finest level up to this one that has no more
    than `most` cells with points in them; and that level."""
    starts = firsts_of_cells(codes, level)
    while len(starts) > most and level > 0:  # A level coarser never has more cells.
        level -= 1
        starts = starts[firsts_of_cells(codes[starts], level)]
    return starts, level


def _clusters(index: Index, shown: Shown, level: int, most: int) -> list[Cluster] | None:
    """A cluster for each cell; None where the points themselves must be looked at, not sums."""
    points = shown.points
    if not len(points):
        return []
    starts, level = _starts(points.codes, level, most)
    cells = points.summed(starts)
    counts = cells.sizes - _again(branches_shown(index, shown), cells.codes, level)
    firsts = index.points["document"].take(cells.rows)
    ids = index.rows["organization_id"].take(firsts)
    ends = np.append(starts[1:], len(points))
    middles = (cells.latitudes / cells.sizes, cells.longitudes / cells.sizes)
    edges = (cells.west, cells.south, cells.east, cells.north)
    found = []
    for start, end, count, only, latitude, longitude, *sides in zip(
        *(column.tolist() for column in (starts, ends, counts, ids, *middles, *edges)), strict=True
    ):
        around = Box(*sides)
        if around.east - around.west >= HALF_WAY_ROUND:
            if shown.are_sums:
                return None
            group = slice(start, end)
            longitude, around = _across(points.latitudes[group], points.longitudes[group])
        found.append(Cluster(count, latitude, longitude, around, only if count == 1 else None))
    return found


def _again(
    branches: tuple[np.ndarray, np.ndarray], codes_of_cells: np.ndarray, level: int
) -> np.ndarray:
    """How many points of each cell follow one of the same listing in the same cell: that is to
    count once."""
    codes, documents = branches
    cells = cells_at(codes, level)
    is_again = (cells[1:] == cells[:-1]) & (documents[1:] == documents[:-1])
    places = np.searchsorted(cells_at(codes_of_cells, level), cells[1:][is_again])
    return np.bincount(places, minlength=len(codes_of_cells))


def _across(latitudes: np.ndarray, longitudes: np.ndarray) -> tuple[float, Box]:
    """The middle longitude and the box of points that may be nearest across the antimeridian."""
    box = box_around_points(latitudes, longitudes)
    if box.west > box.east:  # 179 and -179 are next to each other.
        longitudes = np.where(longitudes < box.west, longitudes + 360.0, longitudes)
    longitude = float(longitudes.mean())
    return longitude - 360.0 if longitude > 180.0 else longitude, box
