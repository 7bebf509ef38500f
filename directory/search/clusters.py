"""Listings counted by cells of the map."""

import numpy as np
from pyroaring import BitMap

from directory.search.conditions import Conditions
from directory.search.hits import box_around_points
from directory.search.index import Index
from directory.search.morton import LEVEL, cells_at
from directory.search.nearby import rows_in
from directory.search.query import Box, Cluster

CELLS_PER_TILE = 2  # Powers of two: a tile of 256 px has 4 by 4 cells of 64 px.


def clusters_of(conditions: Conditions, box: Box, zoom: int, most: int) -> list[Cluster]:
    """Clusters in the box at a zoom, the fullest first; coarser where there would be over `most`."""
    index = conditions.index
    rows = _rows(index, conditions.all(), box)
    codes = index.points["code"][rows]
    order = np.argsort(codes, kind="stable")
    rows, codes = rows[order], codes[order]
    edges = _edges(codes, _finest(codes, min(max(zoom, 0) + CELLS_PER_TILE, LEVEL), most))
    found = [_cluster(index, group) for group in np.split(rows, edges)[1:]]
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


def _cluster(index: Index, rows: np.ndarray) -> Cluster:
    latitudes, longitudes = index.points["latitude"][rows], index.points["longitude"][rows]
    documents = index.points["document"][rows]
    branches = documents[index.points["is_branch"][rows] > 0]
    count = len(documents) - len(branches) + len(np.unique(branches))
    only = int(index.rows["organization_id"][documents[0]]) if count == 1 else None
    box = box_around_points(latitudes, longitudes)
    if box.west > box.east:  # 179 and -179 are next to each other.
        longitudes = np.where(longitudes < box.west, longitudes + 360.0, longitudes)
    longitude = float(longitudes.mean())
    longitude = longitude - 360.0 if longitude > 180.0 else longitude
    return Cluster(count, float(latitudes.mean()), longitude, box, only)
