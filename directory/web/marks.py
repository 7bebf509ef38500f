"""Marks on the map: one listing, one listing known by its area only, or many.

Many are a count (``cluster``), a count of what the list beside the map does not show (``more``), or
some of that list (``group``). Beside numbers of a list no count is round, so that "8" is result 8.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, dist, hypot, pi, sin, sqrt
from typing import Literal

import numpy as np

Kind = Literal["point", "about", "cluster", "more", "group"]

POINT_RADIUS = 12.5
LARGEST_CLUSTER = 26.0
PILL_HEIGHT = 25.0
LETTER = 7.6
"""Units. How wide a letter of a label is at most."""

RING_GAP = 4.5
SEAM_GAP = 3.0
"""Units between a disc and the broken ring or the seam around it."""

LARGEST_REACH = 24.0
"""Units. What a finger may hit around a mark: 44 pixels on a phone, where marks leave the room."""

LABEL_ROOM = 5.0
"""Units beyond the larger disc: marks closer than that hide each other's numbers."""

FURTHEST_MOVE = 36.0
"""Units. A mark that finds no room within this stays where it is."""


@dataclass
class Mark:
    """One mark. The caller gives the first six; the drawing adds where it stands and its sizes.

    ``label`` is the text in the mark ("3", "148" or ""), ``name`` what a screen reader says.
    ``members`` are the marks that a group stands for.
    ``radius`` is the disc (half the width of a pill), ``around`` the ring or seam around it (0 for
    a point), ``reach`` what answers to a finger. Units of the drawing.
    """

    latitude: float
    longitude: float
    label: str
    url: str
    name: str
    kind: Kind = "point"
    x: float = 0.0
    y: float = 0.0
    radius: float = POINT_RADIUS
    around: float = 0.0
    reach: float = 0.0
    members: tuple["Mark", ...] = ()

    @property
    def r(self) -> float:
        return self.radius

    @property
    def is_pill(self) -> bool:
        return self.kind in {"more", "group"}

    @property
    def room(self) -> float:
        """What it needs on each side, less LABEL_ROOM: of a pill nothing may be covered."""
        return self.radius + PILL_HEIGHT / 2 - LABEL_ROOM if self.is_pill else self.radius

    @property
    def text_y(self) -> float:
        """The base line of the label, so that it stands in the middle of the disc."""
        return round(self.y + 4.4, 1)

    @property
    def count(self) -> int:
        """How many listings a cluster stands for; a label such as "1 200" counts too."""
        return int("".join(sign for sign in self.label if sign.isdecimal()) or 1)


def measure(mark: Mark) -> None:
    """Give a mark its sizes: clusters grow slowly with their count."""
    match mark.kind:
        case "cluster":
            mark.radius = round(min(8.5 + 1.05 * sqrt(mark.count), LARGEST_CLUSTER), 1)
            mark.around = round(mark.radius + SEAM_GAP, 1)
        case "more" | "group":
            mark.radius = round(max(LETTER * len(mark.label) + 12.0, PILL_HEIGHT) / 2, 1)
            mark.around = 0.0
        case "about":
            mark.radius = POINT_RADIUS
            mark.around = POINT_RADIUS + RING_GAP
        case "point":
            mark.radius = POINT_RADIUS
            mark.around = 0.0


def spread(marks: Sequence[Mark]) -> None:
    """Move marks that stand on one another a little apart: the first stays, the others go around.

    The same marks always end in the same places, and keep the order of the list beside the map.
    """
    settled: list[Spot] = []
    for mark in marks:
        mark.x, mark.y = free_spot(mark, settled)
        settled.append((mark.x, mark.y, mark.room))


Spot = tuple[float, float, float]
"""x, y and room of a mark that has its place."""


def free_spot(mark: Mark, settled: Sequence[Spot]) -> tuple[float, float]:
    """The nearest place to a mark that no other has taken; its own if there is none near."""
    near = in_reach(mark, settled)
    if all(hypot(mark.x - x, mark.y - y) >= room for x, y, room in near):
        return mark.x, mark.y
    x, y, room = np.array(near).T[:, :, None]
    columns, rows = np.round(ways_out() + np.array([[mark.x], [mark.y]]), 1)
    free = np.flatnonzero((np.hypot(columns - x, rows - y) >= room).all(axis=0))
    return (float(columns[free[0]]), float(rows[free[0]])) if len(free) else (mark.x, mark.y)


@cache
def ways_out() -> np.ndarray:
    """How far east and south a mark may go from its place, the nearest first: rings all around."""
    found = []
    for distance in range(6, int(FURTHEST_MOVE) + 1, 6):
        angles = [2 * pi * step / distance for step in range(distance)]
        found += [(distance * sin(angle), -distance * cos(angle)) for angle in angles]
    return np.array(found).T


def in_reach(mark: Mark, settled: Sequence[Spot]) -> list[Spot]:
    """Marks that could be in the way somewhere, each with the room that it needs."""
    near, own = [], mark.room
    for x, y, others in settled:
        room = (own if own > others else others) + LABEL_ROOM
        if hypot(mark.x - x, mark.y - y) < room + FURTHEST_MOVE + 1.0:
            near.append((x, y, room))
    return near


def give_reach(marks: Sequence[Mark]) -> None:
    """Let each mark answer to a finger beside it, up to half way to the next mark."""
    spots = [(mark.x, mark.y) for mark in marks]
    for place, mark in enumerate(marks):
        distances = [dist(spot, spots[place]) for spot in spots]
        del distances[place]
        nearest = min(distances, default=2 * LARGEST_REACH)
        outer = max(mark.radius, mark.around)
        mark.reach = round(max(outer, min(LARGEST_REACH, nearest / 2)), 1)
