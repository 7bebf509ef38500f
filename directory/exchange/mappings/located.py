"""Where an enterprise is, out of the cells that speak of it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.documents.references import References
from directory.exchange.mappings.countries import country_code
from directory.exchange.mappings.draft import Draft
from directory.exchange.mappings.gathering import Piece
from directory.exchange.mappings.places import PlaceFinder, Point
from directory.exchange.mappings.points import LATITUDE, LONGITUDE, read_degrees, read_point
from directory.exchange.mappings.staged import ProblemKind
from directory.exchange.mappings.understood import NotUnderstood
from directory.models import Precision

PLAIN = {"location_name": "name", "street": "street", "postcode": "postcode"}
PLAIN |= {name: name for name in "locality region place precision".split()}
PLAIN |= {name: name for name in "opening_hours wheelchair accessibility_note".split()}
TOWN_DEPTH = 2  # Steps of a path of the gazetteer before its town: country and region.
CODE_LONGEST = 3  # Letters of a region's code, such as NSW.
# Files of the United States give these as states; they are countries of ISO 3166 and the gazetteer.
US_TERRITORIES = {"PR", "VI", "GU", "AS", "MP"}
US_POSTCODE = 5  # Digits; spreadsheets take it for a number and lose the zeros in front.


@dataclass
class Locator:
    """Composes the location of a draft; knows the gazetteer."""

    places: PlaceFinder
    references: References

    def locate(self, draft: Draft) -> None:
        """Put the row's location into the draft, with its place in the gazetteer."""
        location = _written(draft)
        location["country"] = self._country(draft)
        self._take_address_apart(draft, location)
        point = self._point(draft, location)
        if not location["country"] and point:
            location["country"] = self.places.country_at(point)
        if location["country"] == "US" and location.get("region") in US_TERRITORIES:
            location["country"] = location.pop("region")
        if point:
            location |= {"latitude": round(point[0], 6), "longitude": round(point[1], 6)}
        if location["country"] and not location.get("place"):
            location["place"] = self._place(location, point)
            if not point:
                self._warn_of_unknown_town(draft, location)
            self._spell_out(location)
        _restore_zeros(draft, location)
        location = {name: value for name, value in location.items() if value not in ("", None)}
        if location.keys() & {"place", "country", "latitude"}:
            draft.document["locations"] = [_no_more_exact_than_known(location)]
        elif told := draft.first("locality") or draft.first("street") or draft.first("region"):
            reason = _("No country, point or known place tells where this is.")
            draft.remark(told, reason, ProblemKind.LEFT_OUT)

    def _country(self, draft: Draft) -> str:
        piece = draft.first("country")
        if piece is None:
            return ""
        code = country_code(piece.value)
        if not code:
            draft.leave_out(piece, _("There is no country of this name or code."))
        return code

    def _take_address_apart(self, draft: Draft, location: dict[str, Any]) -> None:
        """`Siegen, NRW, Germany` as town, region and country; parts that are none are passed."""
        piece = draft.first("address")
        if piece is None or location.get("locality"):
            return
        parts = [part.strip() for part in piece.value.split(",") if part.strip()]
        if len(parts) > 1 and (code := country_code(parts[-1])):
            location["country"] = code
            parts.pop()
        elif len(parts) == 1 and country_code(parts[0]) == location["country"] != "":
            return
        known = self.places.country(location["country"]) if location["country"] else None
        is_no_town = len(parts) == 1 and known and not known.towns_named(parts[0])
        if is_no_town and known.region_named(parts[0]):
            location["region"] = parts[0]
            return
        if parts:
            location["locality"] = parts[0]
            location.setdefault("region", ", ".join(parts[1:]))
            draft.origins["/locations/0/locality"] = piece

    def _point(self, draft: Draft, location: dict[str, Any]) -> Point | None:
        """The row's point, put right where latitude and longitude are swapped."""
        pieces = [draft.first("latitude"), draft.first("longitude")]
        piece = draft.first("point") or pieces[0] or pieces[1]
        if piece is None:
            return None
        try:
            if draft.first("point"):
                point = read_point(piece.value)
            elif None in pieces:
                raise NotUnderstood(_("Give both latitude and longitude, or neither."))
            else:
                point = _of_two(draft, *pieces)
            return self._the_right_way_round(draft, piece, point, location)
        except NotUnderstood as reason:
            draft.leave_out(piece, reason)
            return None

    def _the_right_way_round(
        self, draft: Draft, piece: Piece, point: Point, location: dict[str, Any]
    ) -> Point:
        if point == (0.0, 0.0):
            raise NotUnderstood(_("0, 0 lies in the sea and stands for a point that is not known."))
        country = self.places.country(location["country"]) if location["country"] else None
        turned = (point[1], point[0])
        fits, turned_fits = (
            abs(one[0]) <= 90 and (country is None or country.holds(one)) for one in (point, turned)
        )
        if fits:
            return point
        if turned_fits:
            note = _("Latitude and longitude were swapped.")
            draft.remark(piece, note, ProblemKind.UNDERSTOOD)
            return turned
        raise NotUnderstood(_("The point lies outside of the country."))

    def _spell_out(self, location: dict[str, Any]) -> None:
        """The region's name for its code, and the names that only the gazetteer tells."""
        names = self.places.country(location["country"]).own_names
        region, *_town = location["place"].split("/")[1:] or [""]
        name = names.get("/".join(location["place"].split("/")[:2]), "") if region else ""
        written = location.get("region", "")
        if name and (not written or (written.isupper() and len(written) <= CODE_LONGEST)):
            location["region"] = name
        if location["place"].count("/") == TOWN_DEPTH and not location.get("locality"):
            location["locality"] = names.get(location["place"], "")

    def _warn_of_unknown_town(self, draft: Draft, location: dict[str, Any]) -> None:
        """Say that only the region or the country tells where it is, and why."""
        town, place = location.get("locality", ""), location["place"]
        if not town or not place or place.count("/") == TOWN_DEPTH:
            return
        country = self.places.country(location["country"])
        if len(country.towns_named(town)) > 1 and "/" not in place:
            reason = _("Several towns have this name: a region or a point would tell which.")
        else:
            reason = _("No town of this name is known in %(place)s: a point would tell where.")
            reason %= {"place": country.own_names.get(place, place)}
        draft.remark(draft.origins["/locations/0/locality"], reason, ProblemKind.UNKNOWN_TOWN)

    def _place(self, location: dict[str, Any], point: Point | None) -> str:
        region, town = location.get("region", ""), location.get("locality", "")
        if found := self.places.place(location["country"], region, town, point):
            self.references.learn("place", found)
        return found


def _written(draft: Draft) -> dict[str, Any]:
    """What the row says in words; the lines of an address in one."""
    location: dict[str, Any] = {}
    for target, name in PLAIN.items():
        if piece := draft.first(target):
            location[name] = ", ".join(filter(None, map(str.strip, piece.value.split("\n"))))
            draft.origins[f"/locations/0/{name}"] = piece
    return location


def _no_more_exact_than_known(location: dict[str, Any]) -> dict[str, Any]:
    """The location with a precision of its own where it has neither street nor point."""
    if location.keys() & {"precision", "street", "latitude"}:
        return location
    is_in_town = location.keys() & {"locality", "postcode"}
    return location | {"precision": (Precision.TOWN if is_in_town else Precision.REGION).value}


def _of_two(draft: Draft, first: Piece, second: Piece) -> Point:
    """The point of two cells, whichever axis their letters name."""
    latitude, longitude = read_degrees(str(first.value)), read_degrees(str(second.value))
    if latitude[1] == LONGITUDE and longitude[1] == LATITUDE:
        draft.remark(first, _("Latitude and longitude were swapped."), ProblemKind.UNDERSTOOD)
        latitude, longitude = longitude, latitude
    return latitude[0], longitude[0]


def _restore_zeros(draft: Draft, location: dict[str, Any]) -> None:
    """06510 in Connecticut comes out of a spreadsheet as 6510."""
    postcode = location.get("postcode", "")
    if location["country"] not in {"US", *US_TERRITORIES} or not postcode.isdigit():
        return
    if 3 <= len(postcode) < US_POSTCODE:
        location["postcode"] = postcode.zfill(US_POSTCODE)
        note = _("Taken as %(postcode)s.") % {"postcode": location["postcode"]}
        draft.remark(draft.origins["/locations/0/postcode"], note, ProblemKind.UNDERSTOOD)
