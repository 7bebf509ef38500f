"""Where listings are: near a point, in a box, serving a place."""

import math
from dataclasses import dataclass

from directory.search.query import Box, Point
from tests.search.reference.world import Area, Entry, World, ancestors

EARTH_RADIUS_KM = 6371.0088


@dataclass
class Nearness:
    """How a listing stands to a point. where: "located", "serves", "afar" (it serves no less than
    the country), or "online" (asked last)."""

    where: str
    distance_km: float | None  # to its nearest public point, however far


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle kilometres by the haversine formula; the same over the poles and over 180°."""
    north, south = math.radians(one[0]), math.radians(other[0])
    east = math.radians(other[1] - one[1])
    chord = math.sin((south - north) / 2) ** 2
    chord += math.cos(north) * math.cos(south) * math.sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, max(0.0, chord))))


def distance_to(entry: Entry, point: Point) -> float | None:
    """To its nearest location. One that is known by region or country only has no distance."""
    here = (point.latitude, point.longitude)
    told = [spot.point for spot in entry.spots if spot.point and not spot.is_wide]
    return min((kilometres(here, there) for there in told), default=None)


def near(world: World, entry: Entry, point: Point, radius_km: float) -> Nearness | None:
    """ ""Near me" means located near or serves here, and each hit says which" (DESIGN.md 2.5).

    In a region or country itself, everything in it is located there, at no distance.
    """
    distance = None if point.is_wide else distance_to(entry, point)
    if distance is not None and distance <= radius_km:
        return Nearness("located", distance)
    if point.is_wide and point.place_path in entry.located:
        return Nearness("located", distance)
    holding = [area for area in entry.areas if _holds(world, area, point, radius_km)]
    if holding:
        is_narrow = any(area.kind == "radius" or "/" in area.path for area in holding)
        return Nearness("serves" if is_narrow else "afar", distance)
    if any(area.kind == "online" for area in entry.areas):
        return Nearness("online", distance)
    return None


def _holds(world: World, area: Area, point: Point, radius_km: float) -> bool:
    """ "Areas that it serves (places of the gazetteer, a radius, a whole country)": the place or one
    that holds it, a town within the radius, a circle around the point."""
    if area.kind == "radius":
        return _is_in_circle(area, (point.latitude, point.longitude))
    if not area.path:
        return False
    if area.path in (ancestors(point.place_path) or [point.country_code.lower()]):
        return True
    town = world.towns.get(area.path)
    return bool(town) and kilometres((point.latitude, point.longitude), town) <= radius_km


def _is_in_circle(area: Area, point: tuple[float, float]) -> bool:
    return kilometres(point, area.centre) <= area.radius_km


def serves(world: World, entry: Entry, path: str) -> bool:
    """ "Only listings that serve it (or an area holding it)": also online, or a circle around a
    town."""
    town = world.towns.get(path)
    return any(
        area.kind == "online"
        or (area.kind == "radius" and town is not None and _is_in_circle(area, town))
        or (area.path != "" and area.path in ancestors(path))
        for area in entry.areas
    )


def is_in(box: Box, point: tuple[float, float]) -> bool:
    """ "west > east means that it crosses the antimeridian"; edges belong to it."""
    latitude, longitude = point
    if box.west <= box.east:
        is_in_width = box.west <= longitude <= box.east
    else:
        is_in_width = longitude >= box.west or longitude <= box.east
    return box.south <= latitude <= box.north and is_in_width
