"""The outlines under the moving map, as GeoJSON from our own files."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from directory.search.parameters import MapBox
from directory.web.basemap import geojson
from directory.web.boxes import Box

DAY = 24 * 60 * 60
LEAST_SIZE = 0.001  # Degrees; a box without size has no ground.


@require_safe
@cache_control(public=True, max_age=DAY)
def basemap(request: HttpRequest) -> JsonResponse:
    """Land, water and borders within `bbox` (west,south,east,north in degrees)."""
    try:
        asked = MapBox().clean(request.GET.get("bbox", ""))
    except ValidationError as error:
        return refused(" ".join(error.messages))
    if asked is None:
        return refused("bbox is needed: west,south,east,north in degrees.")
    box = Box(asked.west, asked.south, asked.east, asked.north)
    box = box.resized(max(box.width, LEAST_SIZE), max(box.height, LEAST_SIZE))
    return JsonResponse(geojson(None, box), content_type="application/geo+json")


def refused(detail: str) -> JsonResponse:
    """A problem document, as the API writes them (RFC 9457)."""
    problem = {"type": "about:blank", "title": "Bad Request", "status": 400, "detail": detail}
    return JsonResponse(problem, status=400, content_type="application/problem+json")
