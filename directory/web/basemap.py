"""The ground of a map: the land, lakes and borders in a box, as SVG paths or as GeoJSON."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from directory.exchange.outlines import ring_area
from directory.web import sheets
from directory.web.boxes import Box
from directory.web.clipping import Frame, Point, clipped_ring, is_long, path, visible_runs
from directory.web.projecting import Projected, showing
from directory.web.sheets import Ring, Rings, Sheet

MARGIN = 12.0
"""Units drawn beyond the edge, so that the line along a cut is never seen."""

BENDS = (0.7, 1.5, 3.0, 6.0, 12.0, 24.0, 48.0)
"""Least bends worth drawing, in square units, from fine to coarse."""

MOST_CHARACTERS = 5600
"""Path data of one view. The page has little room, and the eye has no use for more."""

LEAST_CHARACTERS_OF_A_POINT = 3
"""Two numbers and what parts them; five are usual."""

LEAST_ISLAND = 1.5
LEAST_LAKE = 6.0
"""Square units."""

LEAST_BORDER = 2.0
"""Units."""

DIVISIONS_UP_TO = 0.2
"""Degrees for each unit of the drawing. In a smaller view the borders of states only clutter."""


@dataclass(frozen=True)
class Outlines:
    """SVG path data, one text for each kind; each list is empty if the view has none of it.

    ``near`` are the neighbours of ``land``. Rings are to be filled by the even-odd rule.
    """

    near: list[str]
    land: list[str]
    lakes: list[str]
    borders: list[str]

    @property
    def size(self) -> int:
        """Characters of path data."""
        kinds = (self.near, self.land, self.lakes, self.borders)
        return sum(len(text) for kind in kinds for text in kind)


class View:
    """A sheet seen through a box, drawn ``width`` by ``height`` units."""

    def __init__(
        self,
        sheet: Sheet,
        box: Box,
        width: float,
        height: float,
        bend: float,
        margin: float = MARGIN,
    ) -> None:
        self.sheet = sheet
        self.west, self.north = box.west, box.north
        self.scale_x = width / box.width
        self.scale_y = height / box.height
        self.frame: Frame = (-margin, -margin, width + margin, height + margin)
        self.bend = bend
        self.projected: dict[int, Projected] = {}
        self.known: dict[int, dict[int, list[Point]]] = {}

    def simpler(self, bend: float) -> "View":
        """The same view with lines that bend less often."""
        found = copy(self)
        found.bend, found.known = bend, {}
        return found

    @property
    def borders(self) -> list[int]:
        """The borders worth drawing at this scale."""
        return self.sheet.borders + self.divisions

    @property
    def divisions(self) -> list[int]:
        """The borders of states, where they do not only clutter."""
        return [] if self.scale_x * DIVISIONS_UP_TO < 1 else self.sheet.divisions

    @property
    def is_hopeless(self) -> bool:
        """Whether so many points show that the paths are longer than allowed whatever they are."""
        without = () if self.divisions else self.sheet.divisions
        seen = self._projected(0).seen(self.bend, without)
        return seen * LEAST_CHARACTERS_OF_A_POINT > MOST_CHARACTERS

    def line(self, number: int, turns: int) -> list[Point]:
        """A line in units of the drawing, made simpler; the same for both its neighbours.

        Of a line that cannot show, its ends.
        """
        if turns not in self.known:
            self.known[turns] = self._projected(turns).lines(self.bend)
        found = self.known[turns].get(number)
        return self._ends(number, turns) if found is None else found

    def _projected(self, turns: int) -> Projected:
        if turns not in self.projected:
            corner, scale = (self.west, self.north), (self.scale_x, self.scale_y)
            self.projected[turns] = Projected(self.sheet, corner, scale, self.frame, turns)
        return self.projected[turns]

    def _ends(self, number: int, turns: int) -> list[Point]:
        line, size, move = self.sheet.lines[number], self.sheet.cells_per_degree, turns * 360
        return [
            ((x / size + move - self.west) * self.scale_x, (self.north - y / size) * self.scale_y)
            for x, y in (line.first, line.last)
        ]

    def _showing(self, bounds: np.ndarray, **least: float) -> list[tuple[int, int, int]]:
        corner, scale = (self.west, self.north), (self.scale_x, self.scale_y)
        size = self.sheet.cells_per_degree
        return showing(bounds, size, corner, scale, self.frame, **least)

    def rings(self, rings: Rings, least_area: float) -> list[list[Point]]:
        """The seen parts of the rings, without those too small to see."""
        seen = []
        for number, turns, sides in self._showing(rings.bounds, least_area=least_area):
            cut = clipped_ring(self.walked(rings.rings[number], turns), self.frame, sides)
            if len(cut) > 2 and ring_area(cut) >= least_area:
                seen.append(cut)
        return seen

    def walked(self, ring: Ring, turns: int) -> list[Point]:
        """All points along a ring."""
        points: list[Point] = []
        for stretch in ring.stretches:
            line = self.line(stretch.number, turns + stretch.turns)
            points.extend(reversed(line) if stretch.is_reversed else line)
        return points

    def runs(self, numbers: list[int]) -> list[list[Point]]:
        """The seen parts of open lines, without those too short to see."""
        seen: list[list[Point]] = []
        bounds = self.sheet.bounds[:, numbers]
        for place, turns, sides in self._showing(bounds, least_length=LEAST_BORDER):
            line = self.line(numbers[place], turns)
            seen.extend(visible_runs(line, self.frame) if sides else [line])
        return [run for run in seen if is_long(run, LEAST_BORDER)]


@lru_cache(maxsize=1_000)  # About six megabytes.
def outlines(box: Box, width: int, height: int, home: frozenset[str] = frozenset()) -> Outlines:
    """The ground of a view, in as much detail as MOST_CHARACTERS allow.

    ``home`` are countries (codes of two letters) to be shown as land, all others as neighbours;
    without it all land is alike. The box must not be empty.
    """
    sheet = sheets.sheet(sheets.level_for(box.width / width))
    finest = View(sheet, box, width, height, BENDS[0])
    for bend in BENDS:
        view = finest.simpler(bend)
        if view.is_hopeless and bend != BENDS[-1]:
            continue
        drawn = drawn_with(view, home)
        if drawn.size <= MOST_CHARACTERS:
            break
    return drawn


def drawn_with(view: View, home: frozenset[str]) -> Outlines:
    """The ground as one view shows it."""
    codes = sheets.numeric_codes(home) if home else None
    near = view.rings(view.sheet.land(codes, is_others=True), LEAST_ISLAND) if codes else []
    land = view.rings(view.sheet.land(codes), LEAST_ISLAND)
    lakes = view.rings(view.sheet.lakes, LEAST_LAKE)
    borders = view.runs(view.borders)
    return Outlines(
        near=texts(near, closed=True),
        land=texts(land, closed=True),
        lakes=texts(lakes, closed=True),
        borders=texts(borders, closed=False),
    )


def texts(lines: Iterable[list[Point]], *, closed: bool) -> list[str]:
    """One path for all lines, or nothing."""
    text = path(lines, closed=closed)
    return [text] if text else []


SCREEN = 800
"""Units across which the outlines for the live map are made."""


@lru_cache(maxsize=128)
def geojson(level: str | None, box: Box) -> dict[str, Any]:
    """The ground of a box as a GeoJSON FeatureCollection, property ``kind`` land, water or border.

    ``level`` is a file of fixtures/basemap; None picks one for the size of the box. Longitudes
    run on past 180 where the box does. Draw land first: inland seas are water on top of it.
    The whole world ends exactly at its box, so that copies of it can stand side by side.
    """
    degrees_per_unit = box.width / SCREEN
    sheet = sheets.sheet(level or sheets.level_for(degrees_per_unit))
    height = box.height / degrees_per_unit / box.narrowing
    margin = MARGIN if box.width < 360.0 else 0.0
    view = View(sheet, box, SCREEN, height, BENDS[2], margin)
    features = []
    for kind, rings in (
        ("land", view.rings(sheet.land(None), LEAST_ISLAND)),
        ("water", view.rings(sheet.lakes, LEAST_LAKE)),
    ):
        for ring in rings:
            is_hole = kind == "land" and is_anticlockwise(ring)
            features.append(
                feature("water" if is_hole else kind, "Polygon", [degrees([*ring, ring[0]], view)])
            )
    runs = [degrees(run, view) for run in view.runs(view.borders)]
    features.append(feature("border", "MultiLineString", runs))
    features.sort(key=lambda each: ("land", "water", "border").index(each["properties"]["kind"]))
    return {"type": "FeatureCollection", "features": features}


def feature(kind: str, geometry: str, coordinates: list[Any]) -> dict[str, Any]:
    """One feature of the ground."""
    return {
        "type": "Feature",
        "properties": {"kind": kind},
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def degrees(points: Iterable[Point], view: View) -> list[tuple[float, float]]:
    """Longitude and latitude, about ten metres exact."""
    return [
        (round(view.west + x / view.scale_x, 4), round(view.north - y / view.scale_y, 4))
        for x, y in points
    ]


def is_anticlockwise(ring: list[Point]) -> bool:
    """Whether a ring in units of the drawing (y downwards) runs against the clock, as holes do."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs) < 0
