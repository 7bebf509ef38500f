"""What else is near a listing or a place."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.models import (
    Organization,
    Precision,
    PublicLocation,
    ShortListing,
    short_listings,
)
from directory.search.query import Found, Hit, Point, Query
from directory.web import distances
from directory.web.searching import search
from directory.web.texts import active_language
from directory.web.whereabouts import NO_DISTANCE_KM, nearest, town

MOST = 3
RADIUS_KM = 50.0
ASKED = 12  # Some of the nearest only serve the place, or are the listing itself.


@dataclass(frozen=True)
class Neighbour:
    """One listing and how far it is, in words; "" where that is not known."""

    organization: ShortListing
    distance: str


def nearby(organization: Organization, locations: list[PublicLocation]) -> list[Neighbour]:
    """The three listings located nearest to its first published point."""
    location = next((found for found in locations if found.has_point), None)
    if location is None:
        return []
    point = Point(location.latitude, location.longitude, "", country_code=location.country)
    found = search(
        Query(
            near=point,
            radius_km=RADIUS_KM,
            sort="distance",
            page_size=ASKED,
            language=active_language(),
        )
    )
    others = [hit for hit in located(found) if hit.organization_id != organization.pk]
    return with_rows(others[:MOST], point, here=location)


def nearest_of_all(point: Point, most: int) -> list[Neighbour]:
    """The listings nearest to a point, however far they are."""
    found = search(Query(near=point, radius_km=RADIUS_KM, sort="distance", page_size=ASKED))
    return with_rows((located(found) or list(found.advice.nearest))[:most], point)


def located(found: Found) -> list[Hit]:
    """Without those that only serve the place."""
    return [hit for hit in found.hits if hit.where == "located"]


def with_rows(hits: list[Hit], near: Point, here: PublicLocation | None = None) -> list[Neighbour]:
    """Hits with their listings and distances in words; ``here`` is what is told of the point."""
    rows = short_listings(hit.organization_id for hit in hits)
    found = [(hit.distance_km, rows.get(hit.organization_id)) for hit in hits]
    return [
        Neighbour(
            row, "" if kilometres is None else away(kilometres, near, here, nearest(row, near))
        )
        for kilometres, row in found
        if row
    ]


def away(
    kilometres: float, near: Point, here: PublicLocation | None, there: PublicLocation | None
) -> str:
    """How far one is from the other: no more exact than what is told of both of them."""
    distance = distances.in_words(kilometres, near.country_code)
    ends = [end for end in (here, there) if end]
    if not any(end.is_approximate for end in ends):
        return distance
    is_within = kilometres < NO_DISTANCE_KM
    is_vague = is_within or any(end.point_precision == Precision.TOWN for end in ends)
    if is_vague and len(ends) == 2 and is_same_town(*ends):
        return _("in the same town")
    return "" if is_within else _("about %(distance)s") % {"distance": distance}


def is_same_town(here: PublicLocation, there: PublicLocation) -> bool:
    """Whether both are in one town, as far as is told."""
    is_told = Precision.REGION not in {here.point_precision, there.point_precision}
    return is_told and (town(here), here.country) == (town(there), there.country)
