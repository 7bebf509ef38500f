"""Cells of the map: quadkeys of the Web Mercator grid, interleaved to one number (Morton code).

At level L the world is 2^L by 2^L cells. All points of a cell have codes in one contiguous range,
so a column of codes in order answers "what lies in this cell" by two binary searches.
"""

import numpy as np

from directory.search.query import Box

LEVEL = 24  # A cell is 2.4 m wide at the equator.
SIDE = 1 << LEVEL
LATITUDE_MAX = 85.05112878  # Where the square of the Mercator map ends; beyond is its last row.
CELLS_MAX = 256  # Of one box; more cells touch fewer points in vain but cost more searches.


def codes_of(latitudes: np.ndarray, longitudes: np.ndarray) -> np.ndarray:
    """Codes (uint64) at LEVEL of points in degrees."""
    return _interleave(_columns(longitudes), _rows(latitudes))


def cell_edges(box: Box) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First codes and codes after the last of the cells that cover a box, also over 180°; and
    which cells lie inside it to the last point.
    """
    if box.west > box.east:
        halves = [
            cell_edges(Box(box.west, box.south, 180.0, box.north)),
            cell_edges(Box(-180.0, box.south, box.east, box.north)),
        ]
        return tuple(np.concatenate(edges) for edges in zip(*halves, strict=True))
    left, right = _columns(np.array([box.west, box.east])).tolist()
    top, bottom = _rows(np.array([box.north, box.south])).tolist()
    shift = 0
    while ((right >> shift) - (left >> shift) + 1) * (
        (bottom >> shift) - (top >> shift) + 1
    ) > CELLS_MAX:
        shift += 1
    columns, rows = np.meshgrid(
        np.arange(left >> shift, (right >> shift) + 1, dtype=np.uint64),
        np.arange(top >> shift, (bottom >> shift) + 1, dtype=np.uint64),
    )
    is_inside = (columns > left >> shift) & (columns < right >> shift)
    is_inside &= (rows > top >> shift) & (rows < bottom >> shift)
    cells = _interleave(columns.ravel(), rows.ravel())
    order = np.argsort(cells)
    cells = cells[order]
    firsts, ends = cells << np.uint64(2 * shift), (cells + np.uint64(1)) << np.uint64(2 * shift)
    return firsts, ends, is_inside.ravel()[order]


def cells_at(codes: np.ndarray, level: int) -> np.ndarray:
    """The cells of a coarser level that hold these codes."""
    return codes >> np.uint64(2 * (LEVEL - level))


def _columns(longitudes: np.ndarray) -> np.ndarray:
    columns = np.floor((np.asarray(longitudes, float) + 180.0) / 360.0 * SIDE)
    return np.clip(columns, 0, SIDE - 1).astype(np.uint64)


def _rows(latitudes: np.ndarray) -> np.ndarray:
    angles = np.radians(np.clip(np.asarray(latitudes, float), -LATITUDE_MAX, LATITUDE_MAX))
    rows = np.floor((1.0 - np.arcsinh(np.tan(angles)) / np.pi) / 2.0 * SIDE)
    return np.clip(rows, 0, SIDE - 1).astype(np.uint64)


def _interleave(columns: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return _spread(columns) | (_spread(rows) << np.uint64(1))


def _spread(numbers: np.ndarray) -> np.ndarray:
    """A zero between every two bits of 24-bit numbers."""
    spread = numbers.astype(np.uint64)
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        spread = (spread | (spread << np.uint64(shift))) & np.uint64(mask)
    return spread
