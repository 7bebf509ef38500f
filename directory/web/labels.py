"""Names on the map: the largest places first, where there is room."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""

MOST_LABELS = 14
BIG_SHARE = 3
"""One name in so many is set larger: those of the largest places."""

LINE = 11.0
LETTER = 6.0
BIG_LETTER = 7.0
"""Units: height of a line, and the width of a letter with room to spare."""

GAP = 4.0


@dataclass(frozen=True)
class Town:
    """A place that may get its name on the map, in units of the drawing."""

    name: str
    x: float
    y: float


@dataclass(frozen=True)
class Disc:
    """Room that is taken by a mark."""

    x: float
    y: float
    radius: float

    def touches(self, rectangle: Rectangle) -> bool:
        left, top, right, bottom = rectangle
        # Not by `max`: a map asks some thousand times.
        away_x = left - self.x if self.x < left else self.x - right if self.x > right else 0.0
        away_y = top - self.y if self.y < top else self.y - bottom if self.y > bottom else 0.0
        return away_x**2 + away_y**2 < self.radius**2


def placed(
    towns: Iterable[Town], discs: Sequence[Disc], taken: Sequence[Rectangle], size: tuple[int, int]
) -> list[dict[str, object]]:
    """Labels for a template: ``x``, ``y`` of the base line, ``anchor``, ``text``, ``is_big``.

    ``towns`` come largest first. A name that finds no room beside the marks (``discs``), the names
    before it and what is ``taken`` otherwise is left out. Around a mark stands one name only: a
    second one would be in the wrong place.
    """
    labels: list[dict[str, object]] = []
    named: set[Disc] = set()
    rectangles = list(taken)
    for town in towns:
        is_big = len(labels) < MOST_LABELS // BIG_SHARE
        cover = cover_of(town, discs)
        if cover in named:
            continue
        for x, y, anchor in positions(town, cover):
            rectangle = text_rectangle(town.name, x, y, anchor, is_big=is_big)
            if is_free(rectangle, discs, rectangles, size):
                rectangles.append(rectangle)
                if cover:
                    named.add(cover)
                labels.append(
                    {
                        "x": round(x),
                        "y": round(y),
                        "anchor": anchor,
                        "text": town.name,
                        "is_big": is_big,
                    }
                )
                break
        if len(labels) == MOST_LABELS:
            break
    return labels


def cover_of(town: Town, discs: Sequence[Disc]) -> Disc | None:
    """The mark that stands on the place, if any."""
    here = (town.x, town.y, town.x, town.y)
    return next((disc for disc in discs if disc.touches(here)), None)


def positions(town: Town, cover: Disc | None) -> Iterator[tuple[float, float, str]]:
    """Where the name may stand, best first: at its place, or around the mark that covers it."""
    if cover is None:
        yield town.x, town.y + 4, "middle"
        cover = Disc(town.x, town.y, 2.0)
    away = cover.radius + GAP
    yield cover.x + away, cover.y + 4, "start"
    yield cover.x - away, cover.y + 4, "end"
    yield cover.x, cover.y - away, "middle"
    yield cover.x, cover.y + away + LINE - 2, "middle"


def text_rectangle(text: str, x: float, y: float, anchor: str, *, is_big: bool) -> Rectangle:
    """About the room that a text takes; ``y`` is its base line."""
    width = len(text) * (BIG_LETTER if is_big else LETTER)
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, y - LINE, left + width, y + 3


def is_free(
    rectangle: Rectangle,
    discs: Sequence[Disc],
    rectangles: Sequence[Rectangle],
    size: tuple[int, int],
) -> bool:
    """Whether a text stands within the picture and touches nothing."""
    left, top, right, bottom = rectangle
    width, height = size
    if left < 2 or top < 2 or right > width - 2 or bottom > height - 2:
        return False
    if any(disc.touches(rectangle) for disc in discs):
        return False
    return not any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
        for other in rectangles
    )
