"""The lines of a sheet as a view shows them, all at once: moved, scaled, made simpler."""

from collections.abc import Collection

import numpy as np

from directory.web.clipping import Frame, Point, thinned
from directory.web.sheets import Sheet

TURNS = np.arange(-1, 3)
"""Whole turns of the globe by which something may have to be moved to be seen."""


def showing(
    bounds: np.ndarray,
    size: int,
    corner: tuple[float, float],
    scale: tuple[float, float],
    frame: Frame,
    *,
    least_area: float = 0.0,
    least_length: float = -1.0,
) -> list[tuple[int, int, int]]:
    """Which things reach into a view: place in ``bounds``, turns, sides beyond which they reach.

    ``bounds`` are their boxes (west, south, east, north in cells, ``size`` a degree), the sides
    bits as of `side_of`. Left out is what covers less than ``least_area`` square units, and what
    is no longer than ``least_length`` units either way.
    """
    west, north = corner
    left, top, right, bottom = frame
    wests, souths, easts, norths = bounds
    uppers, lowers = ((north - y / size) * scale[1] for y in (norths, souths))
    rows = np.flatnonzero((uppers <= bottom) & (lowers >= top))
    uppers, lowers = uppers[rows, None], lowers[rows, None]
    lefts, rights = ((x[rows, None] / size + TURNS * 360 - west) * scale[0] for x in (wests, easts))
    width, height = rights - lefts, lowers - uppers
    shows = (lefts <= right) & (rights >= left)
    shows &= (width * height >= least_area) & (np.maximum(width, height) > least_length)
    places, turns = np.nonzero(shows)
    sides = (
        (lefts < left)
        | (rights > right).astype(np.int8) << 1
        | (uppers < top).astype(np.int8) << 2
        | (lowers > bottom).astype(np.int8) << 3
    )
    columns = rows[places], TURNS[turns], sides[places, turns]
    return list(zip(*(column.tolist() for column in columns), strict=True))


class Projected:
    """The lines that reach into a view, in units of the drawing, moved by whole turns."""

    def __init__(
        self,
        sheet: Sheet,
        corner: tuple[float, float],
        scale: tuple[float, float],
        frame: Frame,
        turns: int,
    ) -> None:
        """``corner`` is west and north in degrees, ``scale`` units for a degree each way."""
        self.frame = frame
        west, north = corner
        size, move = sheet.cells_per_degree, turns * 360 - west
        lefts, lowers, rights, uppers = sheet.bounds
        left, top, right, bottom = frame
        reaching = (lefts / size + move) * scale[0] <= right
        reaching &= (rights / size + move) * scale[0] >= left
        reaching &= (north - uppers / size) * scale[1] <= bottom
        reaching &= (north - lowers / size) * scale[1] >= top
        self.numbers = np.flatnonzero(reaching)
        weighed = [sheet.weighed(number) for number in self.numbers.tolist()]
        if not weighed:
            weighed = [np.zeros((3, 0))]
        cells = np.concatenate(weighed, axis=1)
        self.x = (cells[0] / size + move) * scale[0]
        self.y = (north - cells[1] / size) * scale[1]
        self.bends = cells[2] * (scale[0] * scale[1] / size**2)
        self.ends = np.cumsum([line.shape[1] for line in weighed])
        self.sides = (
            (self.x < left)
            | (self.x > right).astype(np.int8) << 1
            | (self.y < top).astype(np.int8) << 2
            | (self.y > bottom).astype(np.int8) << 3
        )

    def seen(self, least_bend: float, without: Collection[int]) -> int:
        """Points inside the frame that bend a line so much, some lines left out."""
        if not len(self.numbers):
            return 0
        inside = (self.bends >= least_bend) & (self.sides == 0)
        counts = np.diff(np.cumsum(inside)[self.ends - 1], prepend=0)
        return int(counts[~np.isin(self.numbers, [*without])].sum())

    def lines(self, least_bend: float) -> dict[int, list[Point]]:
        """The lines by number, with the points that bend them so much and can show."""
        if not len(self.numbers):
            return {}
        kept = np.flatnonzero(self.bends >= least_bend)
        sides, ends = self.sides[kept], np.searchsorted(kept, self.ends)
        # Between two neighbours beyond the very same sides a point can never show.
        showing = np.ones(len(kept), bool)
        showing[1:-1] = (
            (sides[1:-1] == 0) | (sides[:-2] != sides[1:-1]) | (sides[1:-1] != sides[2:])
        )
        showing[np.concatenate([ends - 1, ends[:-1]])] = True
        kept, ends = kept[showing], np.cumsum(showing)[ends - 1]
        points = list(zip(self.x[kept].tolist(), self.y[kept].tolist(), strict=True))
        is_out = np.append(np.cumsum(self.sides[kept] != 0), 0)
        found, start, before = {}, 0, 0
        for number, end in zip(self.numbers.tolist(), ends.tolist(), strict=True):
            line = points[start:end]
            out = int(is_out[end - 1])
            found[number] = thinned(line, self.frame) if out > before else line
            start, before = end, out
        return found
