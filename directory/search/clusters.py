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
    level = min(max(zoom, 0) + CELLS_PER_TILE, LEVEL)
    codes = index.points["code"][rows]
    cells = cells_at(codes, level)
    while level > 0 and len(np.unique(cells)) > settings.CLUSTERS_MAX:
        level -= 1
        cells = cells_at(codes, level)
    order = np.argsort(cells, kind="stable")
    rows, cells = rows[order], cells[order]
    edges = np.flatnonzero(np.diff(cells, prepend=cells[:1] + np.uint64(1))) if len(cells) else []
    found = [_cluster(index, group) for group in np.split(rows, edges)[1:]]
    found.sort(key=lambda cluster: (-cluster.count, cluster.longitude, cluster.latitude))
    return found


def _rows(index: Index, documents: BitMap, box: Box) -> np.ndarray:
    """Points in the box of the listings found."""
    rows = rows_in(index, box)
    is_found = np.zeros(len(index.names), bool)
    is_found[np.array(documents.to_array(), np.int64)] = True
    return rows[is_found[index.points["document"][rows]]]


def _cluster(index: Index, rows: np.ndarray) -> Cluster:
    latitudes, longitudes = index.points["latitude"][rows], index.points["longitude"][rows]
    documents = np.unique(index.points["document"][rows])
    only = int(index.rows["organization_id"][documents[0]]) if len(documents) == 1 else None
    return Cluster(
        len(documents),
        float(latitudes.mean()),
        float(longitudes.mean()),
        box_around_points(latitudes, longitudes),
        only,
    )
