"""What lies under the live map, as GeoJSON from our own files: outlines, and names of places."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from directory.search.parameters import MapBox
from directory.web.basemap import geojson
from directory.web.boxes import Box
from directory.web.results_map import towns_in

DAY = 24 * 60 * 60
LEAST_SIZE = 0.001  # Degrees; a box without size has no ground.

MOST_NAMES = 24  # A live map asks for more than it shows, and leaves out names without room.
MOST_LOOKED_AT = 400
BIG_NAMES = 6
COLUMNS, ROWS = 8, 14
"""Names stand at least one column or one row of the box apart, so that no region takes them all."""


@require_safe
@cache_control(public=True, max_age=DAY)
def basemap(request: HttpRequest) -> JsonResponse:
    """Land, water, borders and names within `bbox` (west,south,east,north in degrees)."""
    try:
        asked = MapBox().clean(request.GET.get("bbox", ""))
    except ValidationError as error:
        return refused(" ".join(error.messages))
    if asked is None:
        return refused("bbox is needed: west,south,east,north in degrees.")
    box = Box(asked.west, asked.south, asked.east, asked.north)
    box = box.resized(max(box.width, LEAST_SIZE), max(box.height, LEAST_SIZE))
    ground = geojson(None, box)
    features = [*ground["features"], *names(box)]
    return JsonResponse(ground | {"features": features}, content_type="application/geo+json")


def names(box: Box) -> list[dict[str, Any]]:
    """The largest places of a box as points, largest first; longitudes run on as the ground's."""
    features: list[dict[str, Any]] = []
    for name, latitude, longitude in spread_towns(box):
        point = [round(box.west + (longitude - box.west) % 360.0, 4), round(latitude, 4)]
        is_big = len(features) < BIG_NAMES
        features.append(
            {
                "type": "Feature",
                "properties": {"kind": "name", "name": name, "big": is_big},
                "geometry": {"type": "Point", "coordinates": point},
            }
        )
        if len(features) == MOST_NAMES:
            break
    return features


def spread_towns(box: Box) -> Iterator[tuple[str, float, float]]:
    """Name, latitude and longitude of towns, largest first, none close to a larger one."""
    taken: list[tuple[float, float]] = []
    for name, latitude, longitude, _population in towns_in(box, MOST_LOOKED_AT):
        row = (latitude - box.south) / box.height * ROWS
        column = (longitude - box.west) % 360.0 / box.width * COLUMNS
        if all(abs(row - y) >= 1 or abs(column - x) >= 1 for y, x in taken):
            taken.append((row, column))
            yield name, latitude, longitude


def refused(detail: str) -> JsonResponse:
    """A problem document, as the API writes them (RFC 9457)."""
    problem = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": detail}
    return JsonResponse(problem, status=400, content_type="application/problem+json")
