"""The drawn map as plain data for the template _map.html: no script, no outside server.

The projection is plain: longitude times the cosine of the middle latitude, so that a mile is a
mile in both directions near the middle.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, log10

from directory.web.basemap import outlines
from directory.web.boxes import Box
from directory.web.distances import KILOMETRES_PER_MILE
from directory.web.labels import Disc, Rectangle, Town, placed
from directory.web.marks import Mark, give_reach, measure, spread

__all__ = ["Box", "DrawnMap", "Mark", "draw"]

KILOMETRES_PER_DEGREE = 111.195
LONGEST_BAR = 90.0
BAR_LEFT = 14
"""Units."""

Place = tuple[str, float, float, int]
"""Name, latitude, longitude, population."""


@dataclass(frozen=True)
class Bar:
    """A length to measure the map by: ``width`` units are ``value`` kilometres or miles."""

    width: int
    value: int | float


@dataclass(frozen=True)
class ScaleBar:
    """Where the bar stands (``y`` is its upper end), and its length in either unit."""

    x: int
    y: int
    kilometres: Bar
    miles: Bar


@dataclass(frozen=True)
class Circle:
    """The ring around what is near, in units of the drawing and on the globe."""

    x: float
    y: float
    r: float
    latitude: float
    longitude: float
    kilometres: float

    @property
    def text_y(self) -> float:
        """The base line of a word at the top of the ring, kept inside the picture."""
        return max(round(self.y - self.r + 4), 12)


@dataclass(frozen=True)
class DrawnMap:
    """All that the template draws, in units of ``view_box``; paths are SVG path data."""

    box: Box
    width: int
    height: int
    near: list[str]
    land: list[str]
    lakes: list[str]
    borders: list[str]
    labels: list[dict[str, object]]
    ring: Circle | None
    scale_bar: ScaleBar
    marks: list[Mark]
    moves: dict[str, Box]

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"


class Projection:
    """From degrees to units of a drawing as wide as asked for; a flat box makes it less high."""

    def __init__(self, box: Box, width: int, height: int) -> None:
        self.box = box.padded(0.0).fitted(width / height)
        self.width = width
        self.units_per_degree = width / (self.box.width * self.box.narrowing)
        self.height = min(height, max(1, round(self.box.height * self.units_per_degree)))

    def spot(self, latitude: float, longitude: float) -> tuple[float, float]:
        """x and y; a place just west of the box is left of the picture, not far to its right."""
        east = (longitude - self.box.west) % 360.0
        if east > (360.0 + self.box.width) / 2:
            east -= 360.0
        x = east / self.box.width * self.width
        y = (self.box.north - latitude) / self.box.height * self.height
        return round(x, 1), round(y, 1)

    @property
    def units_per_kilometre(self) -> float:
        return self.height / (self.box.height * KILOMETRES_PER_DEGREE)


def draw(
    box: Box,
    marks: Iterable[Mark],
    places: Iterable[Place] = (),
    ring: tuple[float, float, float] | None = None,
    width: int = 400,
    height: int = 340,
    *,
    home: frozenset[str] = frozenset(),
) -> DrawnMap:
    """The map of a box. It is made wider or higher to fill the picture.

    ``ring`` is latitude, longitude and radius in kilometres of what "near" means. ``home`` are
    the countries (codes of two letters) that stand out from their neighbours; without it none do.
    Marks outside the box are left out, and so are places.
    """
    projection = Projection(box, width, height)
    shown = placed_marks(marks, projection)
    bar = scale_bar(projection)
    circle = ring_of(ring, projection)
    ground = outlines(projection.box, projection.width, projection.height, home)
    return DrawnMap(
        box=projection.box,
        width=projection.width,
        height=projection.height,
        near=ground.near,
        land=ground.land,
        lakes=ground.lakes,
        borders=ground.borders,
        labels=labels(places, shown, taken(bar, circle), projection),
        ring=circle,
        scale_bar=bar,
        marks=shown,
        moves=moves(projection.box),
    )


def placed_marks(marks: Iterable[Mark], projection: Projection) -> list[Mark]:
    """The marks in the box, in their order, each with its place and its sizes."""
    shown = [mark for mark in marks if projection.box.contains(mark.latitude, mark.longitude)]
    for mark in shown:
        measure(mark)
        mark.x, mark.y = projection.spot(mark.latitude, mark.longitude)
    spread(shown)
    for mark in shown:
        mark.x = min(max(mark.x, 0.0), float(projection.width))
        mark.y = min(max(mark.y, 0.0), float(projection.height))
    give_reach(shown)
    return shown


def labels(
    places: Iterable[Place],
    marks: Sequence[Mark],
    rectangles: Sequence[Rectangle],
    projection: Projection,
) -> list[dict[str, object]]:
    """Names of the places in the box, the largest first, beside the marks."""
    inside = [place for place in places if projection.box.contains(place[1], place[2])]
    inside.sort(key=lambda place: (-place[3], place[0]))
    towns = [
        Town(name, *projection.spot(latitude, longitude)) for name, latitude, longitude, _ in inside
    ]
    discs = [Disc(mark.x, mark.y, max(mark.radius, mark.around) + 1.0) for mark in marks]
    return placed(towns, discs, rectangles, (projection.width, projection.height))


def taken(bar: ScaleBar, circle: Circle | None) -> list[Rectangle]:
    """Where no name may stand: the scale bar, and the word at the top of the ring."""
    rectangles: list[Rectangle] = [(0.0, bar.y - 18.0, BAR_LEFT + LONGEST_BAR, bar.y + 20.0)]
    if circle:
        text_y = circle.text_y
        rectangles.append((circle.x - 34.0, text_y - 12.0, circle.x + 34.0, text_y + 4.0))
    return rectangles


def ring_of(ring: tuple[float, float, float] | None, projection: Projection) -> Circle | None:
    """The ring in units of the drawing."""
    if ring is None:
        return None
    latitude, longitude, kilometres = ring
    x, y = projection.spot(latitude, longitude)
    radius = round(kilometres * projection.units_per_kilometre, 1)
    return Circle(x, y, radius, latitude, longitude, kilometres)


def scale_bar(projection: Projection) -> ScaleBar:
    """The bar at the lower left, with round lengths."""
    per_kilometre = projection.units_per_kilometre
    return ScaleBar(
        x=BAR_LEFT,
        y=projection.height - 22,
        kilometres=round_bar(per_kilometre),
        miles=round_bar(per_kilometre * KILOMETRES_PER_MILE),
    )


def round_bar(units_per_length: float) -> Bar:
    """The longest bar of 1, 2 or 5 times a power of ten that is not too long."""
    most = LONGEST_BAR / units_per_length
    power = 10.0 ** floor(log10(most))
    value = next(times * power for times in (5, 2, 1) if times * power <= most)
    return Bar(
        width=round(value * units_per_length),
        value=round(value) if value >= 1 else round(value, 3),
    )


def moves(box: Box) -> dict[str, Box]:
    """The boxes that the six links under the map lead to."""
    return {
        "in": box.zoomed(0.5),
        "out": box.zoomed(2.0),
        "west": box.moved(-0.5, 0.0),
        "north": box.moved(0.0, 0.5),
        "south": box.moved(0.0, -0.5),
        "east": box.moved(0.5, 0.0),
    }
