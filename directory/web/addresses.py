"""Where a listing is, at its published precision: lines of an address, a note, the way there."""

import datetime
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from directory.models import Organization, Place, Precision, PublicLocation, Wheelchair
from directory.search.names import country_name
from directory.web.hours import Hours, hours_of

# Countries that write the postcode after the town; elsewhere it stands before it.
POSTCODE_LAST = {"AU", "CA", "GB", "IE", "IN", "NZ", "US"}
OPENSTREETMAP = "https://www.openstreetmap.org"


@dataclass(frozen=True)
class Address:
    """One published location in words. `number` counts from 1 and names its anchor."""

    number: int
    location: PublicLocation
    words: str
    note: str
    step_free: str
    hours: Hours | None
    directions_url: str


def addresses_of(organization: Organization, moment: datetime.datetime) -> list[Address]:
    """The published locations; hidden ones leave no trace here."""
    return [
        address_of(location, number, moment)
        for number, location in enumerate(organization.public_locations, start=1)
    ]


def address_of(location: PublicLocation, number: int, moment: datetime.datetime) -> Address:
    return Address(
        number=number,
        location=location,
        words=in_words(location),
        note=precision_note(location),
        step_free=step_free(location),
        hours=hours_of(location.opening_hours, location.timezone, location.country, moment),
        directions_url=directions_url(location),
    )


def in_words(location: PublicLocation) -> str:
    """The address in one line, as much of it as is published, nothing twice."""
    place, region = location.place, location.region
    town = location.locality or (place.name if place and place.kind == "town" else "")
    region = region or region_name(place)
    if location.country in POSTCODE_LAST:
        middle = [town, f"{region} {location.postcode}".strip()]
    else:
        middle = [f"{location.postcode} {town}".strip(), region]
    country = country_name(location.country)
    parts = [location.name, location.street, *middle, country]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def region_name(place: Place | None) -> str:
    """The first-level region that a place is or lies in."""
    while place is not None and place.kind != "region":
        place = place.parent
    return place.name if place else ""


def precision_note(location: PublicLocation) -> str:
    """That less than the address is shown, if so."""
    return {
        Precision.STREET: _("Only the street is shown, without the number."),
        Precision.POSTCODE: _("Only the postcode area is shown."),
        Precision.TOWN: _("Only the town is shown."),
        Precision.REGION: _("Only the region is shown."),
    }.get(location.precision, "")


def step_free(location: PublicLocation) -> str:
    """What is known of the way in; "" where nothing is."""
    words = {
        Wheelchair.YES: _("Step-free way in"),
        Wheelchair.LIMITED: _("Way in is partly step-free"),
        Wheelchair.NO: _("Way in has steps"),
    }.get(location.wheelchair, "")
    if location.accessibility_note:
        pair = {"way_in": words, "note": location.accessibility_note}
        return _("%(way_in)s: %(note)s") % pair if words else location.accessibility_note
    return words


def directions_url(location: PublicLocation) -> str:
    """The way there on OpenStreetMap; "" where only an area is known."""
    if location.has_own_point:
        route = f";{location.latitude},{location.longitude}"
        return f"{OPENSTREETMAP}/directions?{urlencode({'route': route})}"
    if location.precision == Precision.EXACT and location.street:
        return f"{OPENSTREETMAP}/search?{urlencode({'query': in_words(location)})}"
    return ""
