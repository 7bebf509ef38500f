"""Listings counted by cells of the map."""

import numpy as np
from django.conf import settings
from pyroaring import BitMap

from directory.search.conditions import Conditions
from directory.search.hits import box_around_points
from directory.search.index import Index
from directory.search.morton import LEVEL, cells_at
from directory.search.nearby import rows_in
from directory.search.query import Box, Cluster

CELLS_PER_TILE = 2  # Powers of two: a tile of 256 px has 4 by 4 cells of 64 px.


def clusters_of(conditions: Conditions, box: Box, zoom: int) -> list[Cluster]:
    """Clusters in the box at a zoom, the fullest first; coarser where there would be too many."""
    index = conditions.index
    rows = _rows(index, conditions.all(), box)
    codes = index.points["code"][rows]
    order = np.argsort(codes, kind="stable")
    rows, codes = rows[order], codes[order]
    level = min(max(zoom, 0) + CELLS_PER_TILE, LEVEL)
    edges = _edges(codes, level)
    while level > 0 and len(edges) > settings.CLUSTERS_MAX:
        level -= 1
        edges = _edges(codes, level)
    found = [_cluster(index, group) for group in np.split(rows, edges)[1:]]
    found.sort(key=lambda cluster: (-cluster.count, cluster.longitude, cluster.latitude))
    return found


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
    return Cluster(
        count,
        float(latitudes.mean()),
        float(longitudes.mean()),
        box_around_points(latitudes, longitudes),
        only,
    )
