"""The map of one listing: its published points, a broken ring where only the area is told."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.models import Organization, Precision
from directory.web import distances
from directory.web.addresses import Address
from directory.web.boxes import Box
from directory.web.maps import DrawnMap, Mark, Place, draw
from directory.web.results_map import around, towns_in
from directory.web.whereabouts import full_place

# Kilometres around a lone point: enough to know the neighbourhood, the town, the region.
KILOMETRES = {
    Precision.EXACT: 6,
    Precision.STREET: 6,
    Precision.POSTCODE: 10,
    Precision.TOWN: 15,
    Precision.REGION: 150,
}
LEAST_DEGREES = 0.1
# A map without a single name helps nobody: it is drawn wider, at most so many times.
WIDER, WIDER_STEPS = 2.5, 3
SIZE = {"width": 400, "height": 294}


@dataclass(frozen=True)
class ListingMap:
    """All that the template needs; `is_about` if a point stands for an area."""

    drawn: DrawnMap
    title: str
    in_miles: bool
    is_about: bool


def listing_map(organization: Organization, addresses: list[Address]) -> ListingMap | None:
    """The map, or None where no point is published."""
    pointed = [address for address in addresses if address.location.has_point]
    if not pointed:
        return None
    box, towns = view_of(pointed)
    marks = [mark_of(address, is_alone=len(addresses) == 1) for address in pointed]
    where = full_place(pointed[0].location)
    return ListingMap(
        drawn=draw(box, marks, towns, **SIZE),
        title=_("Map: %(name)s is in %(place)s") % {"name": organization.name, "place": where},
        in_miles=distances.is_in_miles(pointed[0].location.country),
        is_about=any(mark.kind == "about" for mark in marks),
    )


def view_of(addresses: list[Address]) -> tuple[Box, list[Place]]:
    """The box to show and the towns in it: wide enough to hold one, where there is one."""
    box = box_of(addresses).padded(0.0).fitted(SIZE["width"] / SIZE["height"])
    towns = towns_in(box)
    for _step in range(WIDER_STEPS):
        if towns:
            break
        box = box.zoomed(WIDER)
        towns = towns_in(box)
    return box, towns


def box_of(addresses: list[Address]) -> Box:
    """Around all points; around a lone one, as much as its precision calls for."""
    if len(addresses) == 1:
        location = addresses[0].location
        kilometres = KILOMETRES[Precision(location.precision)]
        return around(location.latitude, location.longitude, kilometres)
    box = Box.around((a.location.latitude, a.location.longitude) for a in addresses)
    width, height = max(box.width, LEAST_DEGREES), max(box.height, LEAST_DEGREES)
    return box.resized(width, height).padded(0.15)


def mark_of(address: Address, *, is_alone: bool) -> Mark:
    location = address.location
    is_own = location.has_own_point
    name = address.words if is_own else _("About here: %(place)s") % {"place": address.words}
    return Mark(
        latitude=location.latitude,
        longitude=location.longitude,
        label="" if is_alone else str(address.number),
        url=f"#place-{address.number}",
        name=name,
        kind="point" if is_own else "about",
    )
