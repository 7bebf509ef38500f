"""The listings of one page, each with why it was found and where it stands."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from directory.models import AreaKind
from directory.search.conditions import Conditions
from directory.search.index import Index
from directory.search.names import country_name
from directory.search.nearby import Nearby, distance_to
from directory.search.query import Box, Hit
from directory.search.reasons import reasons_for


def hits_of(conditions: Conditions, numbers: Iterable[int]) -> tuple[Hit, ...]:
    """Hits for listings by number, in their order."""
    return tuple(_hit(conditions, int(number)) for number in numbers)


def _hit(conditions: Conditions, number: int) -> Hit:
    index, query = conditions.index, conditions.query
    why = ()
    if conditions.match:
        why = reasons_for(index, conditions.match, number, query.language)
    organization_id = int(index.rows["organization_id"][number])
    if not query.near or not conditions.near:
        return Hit(organization_id, why=why)
    distance = conditions.near.distances.get(number)
    if distance is None and not query.near.is_wide:
        distance = distance_to(index, number, query.near)
    if number in conditions.near.located:
        return Hit(organization_id, "located", distance, why)
    area = served_area(index, conditions.near, number, query.language)
    where = "serves" if area else ""
    return Hit(organization_id, where, distance, why, **area)


def served_area(index: Index, near: Nearby, number: int, language: str) -> dict[str, Any]:
    """The narrowest area of a listing that holds the point, as a Hit tells it; nothing if none
    does.
    """
    for path, listings in near.areas.items():
        if number in listings:
            if "/" in path:
                return _area(AreaKind.PLACE, index.gazetteer.label(path), path)
            return _area(AreaKind.COUNTRY, country_name(path, language), path.upper())
    if number in near.circles:
        return _area(AreaKind.RADIUS) | {"area_km": near.circles[number]}
    return _area(AreaKind.ONLINE) if number in near.online else {}


def _area(kind: AreaKind, name: str = "", code: str = "") -> dict[str, Any]:
    return {"area_kind": kind.value, "area_name": name, "area_code": code}


def box_of(conditions: Conditions, numbers: np.ndarray) -> Box | None:
    """The smallest box around the nearest (or first) public point of each listing."""
    index, near = conditions.index, conditions.query.near
    rows = index.rows_of(np.sort(numbers))
    if not len(rows):
        return None
    documents = index.points["document"].take(rows)
    if near is not None:
        east = (index.points["longitude"].take(rows) - near.longitude + 540.0) % 360.0 - 180.0
        north = index.points["latitude"].take(rows) - near.latitude
        order = np.lexsort((east**2 + north**2, documents))
        rows, documents = rows[order], documents[order]
    rows = rows[np.append(True, documents[1:] != documents[:-1])]
    return box_around_points(index.points["latitude"][rows], index.points["longitude"][rows])


def box_around_points(latitudes: np.ndarray, longitudes: np.ndarray) -> Box:
    """The smallest box around points: the widest gap between longitudes stays outside."""
    east = np.unique(longitudes)
    gaps = np.diff(np.append(east, east[0] + 360.0))
    widest = int(np.argmax(gaps))
    west = east[(widest + 1) % len(east)]
    return Box(float(west), float(latitudes.min()), float(east[widest]), float(latitudes.max()))
