"""A part of the world between two meridians and two parallels: what a map shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians
from typing import Self

LATITUDE_LIMIT = 85.0
"""Degrees. Nearer to a pole the plain projection shows nothing that can be read."""

TALLEST = 140.0
"""Degrees from south to north that a view grows to: from Cape Horn to the north of Greenland."""

LEAST_HEIGHT = 0.004
"""Degrees, about 450 metres: closer in, the outlines and most addresses are not exact enough."""


@dataclass(frozen=True)
class Box:
    """West, south, east and north in degrees. Across the antimeridian, east is less than west."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Iterable[tuple[float, float]], margin: float = 0.15) -> Self:
        """The smallest box that holds all points (latitude, longitude), on either side of 180.

        ``margin`` is added on each side, as a share of the box. Raises ValueError without points.
        """
        latitudes, longitudes = zip(*points, strict=True)
        west, width = shortest_arc(longitudes)
        south, north = min(latitudes), max(latitudes)
        return cls.laid(west, south, width, north - south).padded(margin)

    @classmethod
    def laid(cls, west: float, south: float, width: float, height: float) -> Self:
        """A box of this size, moved and cut as needed to lie on the map."""
        height = min(max(height, 0.0), 2 * LATITUDE_LIMIT)
        south = min(max(south, -LATITUDE_LIMIT), LATITUDE_LIMIT - height)
        west, east = (-180.0, 180.0) if width >= 360.0 else (turned(west), turned(west) + width)
        if east > 180.0:
            east -= 360.0
        # Seven decimals, a centimetre: noise of the arithmetic would push out what lies on a side.
        return cls(*(round(side, 7) for side in (west, south, east, south + height)))

    @property
    def width(self) -> float:
        """Degrees from west to east."""
        width = self.east - self.west
        return width if width >= 0.0 else width + 360.0

    @property
    def height(self) -> float:
        """Degrees from south to north."""
        return self.north - self.south

    @property
    def middle(self) -> tuple[float, float]:
        """Latitude and longitude of the middle."""
        return (self.south + self.north) / 2, turned(self.west + self.width / 2)

    @property
    def narrowing(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, in the middle."""
        return cos(radians(self.middle[0]))

    def contains(self, latitude: float, longitude: float) -> bool:
        return (
            self.south <= latitude <= self.north and (longitude - self.west) % 360.0 <= self.width
        )

    def padded(self, share: float = 0.1) -> Self:
        """The box with a share of its size more on each side, and never without any size."""
        height = max(self.height * (1 + 2 * share), LEAST_HEIGHT)
        width = max(self.width * (1 + 2 * share), LEAST_HEIGHT)
        return self.resized(width, height)

    def zoomed(self, factor: float) -> Self:
        """The box around the same middle, ``factor`` times as wide and as high: 0.5 is closer."""
        if factor < 1.0 and self.height * factor < LEAST_HEIGHT:
            return self
        return self.resized(self.width * factor, self.height * factor)

    def moved(self, right: float, up: float) -> Self:
        """The box moved by shares of its own width and height; it stops before the poles."""
        return self.laid(
            self.west + self.width * right,
            self.south + self.height * up,
            self.width,
            self.height,
        )

    def fitted(self, ratio: float) -> Self:
        """The box made wider or higher, so that it fills a picture ``ratio`` times as wide as high.

        A view of half the world stays flatter than the picture, rather than show the ice caps.
        """
        width, height = self.width * self.narrowing, self.height
        if width < height * ratio:
            return self.resized(min(height * ratio / self.narrowing, 360.0), height)
        return self.resized(self.width, max(height, min(width / ratio, TALLEST)))

    def resized(self, width: float, height: float) -> Self:
        """A box of this size in degrees around the same middle, as far as the poles allow."""
        latitude, _ = self.middle
        return self.laid(self.west + (self.width - width) / 2, latitude - height / 2, width, height)

    def as_parameter(self) -> str:
        """West, south, east, north for the parameter ``bbox``: about ten metres exact."""
        sides = (self.west, self.south, self.east, self.north)
        return ",".join(f"{round(side, 4) + 0.0:.4f}".rstrip("0").rstrip(".") for side in sides)


def turned(longitude: float) -> float:
    """The same meridian, from -180 up to but not including 180."""
    return (longitude + 180.0) % 360.0 - 180.0


def shortest_arc(longitudes: Iterable[float]) -> tuple[float, float]:
    """West end and width of the narrowest band that holds all these meridians."""
    ordered = sorted({turned(longitude) for longitude in longitudes})
    following = [*ordered[1:], ordered[0] + 360.0]
    gaps = [east - west for west, east in zip(ordered, following, strict=True)]
    widest = max(range(len(gaps)), key=gaps.__getitem__)
    return turned(following[widest]), 360.0 - gaps[widest]
