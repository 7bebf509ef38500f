"""What else is near a listing or a place."""

from dataclasses import dataclass

from directory.models import Organization, PublicLocation
from directory.search.query import Hit, Point, Query
from directory.web import distances
from directory.web.searching import search
from directory.web.texts import active_language

MOST = 3
RADIUS_KM = 50.0
ASKED = 12  # Some of the nearest only serve the place, or are the listing itself.


@dataclass(frozen=True)
class Neighbour:
    """One listing and how far it is, in words."""

    organization: Organization
    distance: str


def nearby(organization: Organization, locations: list[PublicLocation]) -> list[Neighbour]:
    """The three listings located nearest to its first published point."""
    location = next((found for found in locations if found.has_point), None)
    if location is None:
        return []
    point = Point(location.latitude, location.longitude, "", country_code=location.country)
    return neighbours_of(point, RADIUS_KM, MOST, leave_out=organization.pk)


def neighbours_of(
    point: Point, radius_km: float, most: int, leave_out: int | None = None
) -> list[Neighbour]:
    """The listings located nearest to a point, the nearest first; two queries for any number."""
    found = search(
        Query(
            near=point,
            radius_km=radius_km,
            sort="distance",
            page_size=ASKED,
            language=active_language(),
        )
    )
    hits = [
        hit for hit in found.hits if hit.where == "located" and hit.organization_id != leave_out
    ]
    return with_rows(hits[:most], point.country_code)


def nearest_of_all(point: Point, most: int) -> list[Neighbour]:
    """The listings nearest to a point, however far they are."""
    found = search(Query(near=point, radius_km=RADIUS_KM, sort="distance", page_size=ASKED))
    located = [hit for hit in found.hits if hit.where == "located"]
    return with_rows((located or list(found.advice.nearest))[:most], point.country_code)


def with_rows(hits: list[Hit], country_code: str) -> list[Neighbour]:
    """Hits with their listings and distances in words."""
    rows = Organization.objects.published().in_bulk([hit.organization_id for hit in hits])
    return [
        Neighbour(
            rows[hit.organization_id],
            "" if hit.distance_km is None else distances.in_words(hit.distance_km, country_code),
        )
        for hit in hits
        if hit.organization_id in rows
    ]
