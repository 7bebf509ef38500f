"""The areas an enterprise serves, as people write them: places by name, one a line."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from directory.models import AreaKind, Place, PlaceKind
from directory.search.names import country_name
from directory.search.places import find_places
from directory.search.texts import shown
from directory.search.words import fold_name
from directory.web.plain_fields import Lines
from directory.web.whereabouts import place_in_full

LINES_MAX = 20
NAMED_MAX = 4  # Places of one name that a message lists.


class AreasField(Lines):
    """Cleans into parts of a document: places, and countries as a whole."""

    def clean(self, value: Any) -> list[dict[str, str]]:
        lines = super().clean(value)
        if len(lines) > LINES_MAX:
            raise forms.ValidationError(_("At most %(most)s lines fit.") % {"most": LINES_MAX})
        areas, faults = [], []
        for line in lines:
            try:
                areas.append(area_named(line))
            except forms.ValidationError as fault:
                faults.append(fault)
        if faults:
            raise forms.ValidationError(faults)
        return [area for i, area in enumerate(areas) if area not in areas[:i]]


def area_named(line: str) -> dict[str, str]:
    """The area of a document that a line means; ValidationError where that is not plain."""
    places = find_places(line)
    if not places:
        raise forms.ValidationError(_("We do not know the place %(name)s.") % {"name": shown(line)})
    same = [place for place in places if fold_name(line) in _names_of(place)]
    if len(same or places) > 1:
        names = "; ".join(place_in_full(place) for place in (same or places)[:NAMED_MAX])
        raise forms.ValidationError(
            _("Several places may be meant by %(name)s. Write one of: %(places)s.")
            % {"name": shown(line), "places": names}
        )
    return area_of((same or places)[0])


def area_of(place: Place) -> dict[str, str]:
    """The area of a document for a place of the gazetteer."""
    if place.kind == PlaceKind.COUNTRY:
        return {"kind": AreaKind.COUNTRY.value, "country": place.country_code}
    return {"kind": AreaKind.PLACE.value, "place": place.path}


def area_line(area: dict[str, Any], places: dict[str, Place]) -> str:
    """A document's area as a line that means it again; "" for what is not written so."""
    match area["kind"]:
        case AreaKind.COUNTRY:
            return country_name(area["country"])
        case AreaKind.PLACE if area["place"] in places:
            return place_in_full(places[area["place"]])
    return ""


def _names_of(place: Place) -> set[str]:
    """What of a place's names is unmistakable: its own, and that with region and country."""
    own = country_name(place.country_code) if place.kind == PlaceKind.COUNTRY else place.name
    return {fold_name(own), fold_name(place.name), fold_name(place_in_full(place))}
