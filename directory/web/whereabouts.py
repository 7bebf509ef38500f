"""Where a listing is, and where it stands to the place asked for, in words."""

from dataclasses import dataclass
from math import cos, radians

from django.utils.translation import gettext as _

from directory.models import AreaKind, Organization, Place, PublicLocation, ShortListing
from directory.search.names import country_name
from directory.search.query import Hit, Point
from directory.web import distances

# What serves a whole country or the world is no nearer to those who live nearer.
FROM_AFAR = frozenset({AreaKind.COUNTRY, AreaKind.ONLINE})
NO_DISTANCE_KM = 1.0  # "About 0 miles away" says nothing where only the area is known.


@dataclass(frozen=True)
class Whereabouts:
    """An icon of the sprite, an opening in bold (may be empty), and the rest of the sentence."""

    icon: str
    opening: str
    words: str


def whereabouts(hit: Hit, organization: ShortListing, near: Point | None) -> Whereabouts | None:
    """The line of a hit that says where; None where nothing may be told."""
    if near and hit.where == "serves":
        return _serving(hit, organization, near)
    if near and hit.where == "located":
        return _located(hit, organization, near, opening=_("Located here:"))
    if near and hit.distance_km is not None:
        return _located(hit, organization, near)
    return at_home(organization)


def at_home(organization: Organization | ShortListing) -> Whereabouts | None:
    """Where it is, without any place asked for."""
    locations = organization.public_locations
    if locations:
        words = full_place(locations[0])
        if len(locations) > 1:
            words = _("%(place)s, and %(count)d more") % {
                "place": words,
                "count": len(locations) - 1,
            }
        return Whereabouts("pin", "", words)
    if organization.works_online:
        return Whereabouts("online", "", _("Works online"))
    if organization.has_hidden_location:
        return Whereabouts("area", "", _("Its address is not shown."))
    return None


def town(location: PublicLocation) -> str:
    """The shortest name of where it is: its town, else its region, else its country."""
    place = location.place
    return (
        location.locality
        or (place.name if place and place.kind != "country" else "")
        or location.region
        or country_name(location.country)
    )


def place_in_full(place: Place) -> str:
    """A place of the gazetteer with its region and country: Córdoba, Andalusia, Spain."""
    parts = [place.name] if place.kind != "country" else []
    above = place.parent
    while above is not None and above.kind != "country":
        parts.append(above.name)
        above = above.parent
    return ", ".join(dict.fromkeys([*parts, country_name(place.country_code)]))


def full_place(location: PublicLocation) -> str:
    """Town, region, country: as much as is published, and nothing twice."""
    region = location.region
    place = location.place
    while not region and place is not None:
        region = place.name if place.kind == "region" else ""
        place = place.parent
    parts = [town(location), region, country_name(location.country)]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def nearest(organization: ShortListing, near: Point) -> PublicLocation | None:
    """The published location nearest to a point; the first where none has a point."""
    locations = organization.public_locations
    pointed = [location for location in locations if location.has_point]
    if not pointed:
        return locations[0] if locations else None
    narrowing = cos(radians(near.latitude))

    def away(location: PublicLocation) -> float:
        east = (location.longitude - near.longitude + 180) % 360 - 180
        return (east * narrowing) ** 2 + (location.latitude - near.latitude) ** 2

    return min(pointed, key=away)


def _located(
    hit: Hit, organization: ShortListing, near: Point, *, opening: str = ""
) -> Whereabouts:
    location = nearest(organization, near)
    words = town(location) if location else ""
    is_vague = location is not None and location.is_approximate
    if hit.distance_km is not None and not (is_vague and hit.distance_km < NO_DISTANCE_KM):
        words = _away(words, hit.distance_km, near, location)
    if is_vague:
        words = _("%(words)s. Only the area is shown.") % {"words": words}
    return Whereabouts("pin", opening, words)


def _away(place: str, kilometres: float, near: Point, location: PublicLocation | None) -> str:
    distance = distances.in_words(kilometres, near.country_code)
    if location and location.is_approximate:
        return _("%(place)s, about %(distance)s away") % {"place": place, "distance": distance}
    return _("%(place)s, %(distance)s away") % {"place": place, "distance": distance}


def _serving(hit: Hit, organization: ShortListing, near: Point) -> Whereabouts:
    location = nearest(organization, near)
    icon = "online" if hit.area_kind == AreaKind.ONLINE else "area"
    seat = _seat(hit, organization, near, location)
    return Whereabouts(icon, _("Serves here:"), f"{_area(hit, near)} {seat}".rstrip())


def _area(hit: Hit, near: Point) -> str:
    """The area that holds the place asked for."""
    match hit.area_kind:
        case AreaKind.ONLINE:
            return _("online, wherever you are.")
        case AreaKind.RADIUS:
            distance = distances.in_words(hit.area_km, near.country_code)
            return _("everyone within %(distance)s.") % {"distance": distance}
    return _("%(area)s.") % {"area": hit.area_name}


def _seat(
    hit: Hit, organization: ShortListing, near: Point, location: PublicLocation | None
) -> str:
    """Where it really is."""
    if location is None:
        return _("Its address is not shown.") if organization.has_hidden_location else ""
    if hit.distance_km is None or hit.area_kind in FROM_AFAR:
        return _("It is in %(place)s.") % {"place": town(location)}
    distance = distances.in_words(hit.distance_km, near.country_code)
    return _("It is in %(place)s, %(distance)s away.") % {
        "place": town(location),
        "distance": distance,
    }
