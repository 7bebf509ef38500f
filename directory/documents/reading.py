"""Documents made from rows, and what of a document the public may read."""

from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any

from directory.models import Location, Organization, PlaceKind
from directory.models.location import Telling
from directory.models.service_area import public_centre

TEXT_COLUMNS = (
    "name slug legal_name other_names language further_languages summary description translations "
    "lifecycle founded closed website email email_is_public phone phone_is_public links governance "
    "members_count workers_count"
).split()
LOCATION_COLUMNS = (
    "name street postcode locality region country latitude longitude precision opening_hours "
    "wheelchair accessibility_note"
).split()
LOCATION_VALUES = attrgetter(*LOCATION_COLUMNS)


def document_of(organization: Organization) -> dict[str, Any]:
    """The whole document, hidden addresses included, from rows loaded `with_parts()`."""
    document = {column: getattr(organization, column) for column in TEXT_COLUMNS}
    document["locations"] = [location_of(row) for row in organization.locations.all()]
    document["service_areas"] = [_service_area(row) for row in organization.service_areas.all()]
    document["claims"] = [_claim(row) for row in organization.claims.all()]
    document["identifiers"] = [
        {"scheme": row.scheme, "value": row.value, "checked_on": _day(row.checked_on)}
        for row in sorted(organization.identifiers.all(), key=lambda row: (row.position, row.pk))
    ]
    document["sources"] = [
        {
            "source": row.source.code,
            "external_id": row.external_id,
            "url": row.url,
            "fetched_on": _day(row.fetched_on),
            "fields": row.fields,
        }
        for row in organization.source_records.all()
    ]
    return document


def public_document(document: dict[str, Any]) -> dict[str, Any]:
    """The document as anyone may read it: locations only at their published precision, and
    contact details only where it was chosen that they are public."""
    contact = {
        name: document[name] if document.get(f"{name}_is_public") else ""
        for name in ("email", "phone")
    }
    return (
        document
        | contact
        | {
            "service_areas": [_public_area(area) for area in document["service_areas"]],
            "locations": [
                public
                for location in document["locations"]
                if (public := public_location(location)) is not None
            ],
        }
    )


def public_location(location: dict[str, Any]) -> dict[str, Any] | None:
    """A document's location as anyone may read it; None where it is hidden, or where nothing is left
    to be told, as of a point alone of which only the region may be known."""
    public = _Part(location).public
    if public is None:
        return None
    shown = dict(zip(LOCATION_COLUMNS, LOCATION_VALUES(public), strict=True))
    shown["place"] = public.place.path if public.place else ""
    told = (value for name, value in shown.items() if name != "precision")
    return shown if any(value not in ("", None) for value in told) else None


def _public_area(area: dict[str, Any]) -> dict[str, Any]:
    latitude, longitude = public_centre(area["latitude"], area["longitude"])
    return area | {"latitude": latitude, "longitude": longitude}


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place as far as its path tells: its kind and what holds it, without coordinates."""

    path: str
    kind: str
    country_code: str
    parent: "NamedPlace | None"
    latitude: None = None
    longitude: None = None
    timezone: str = ""


class _Part(Telling):
    """A location of a document."""

    def __init__(self, location: dict[str, Any]) -> None:
        self.__dict__.update(location, place=_place_at(location["place"]))


@lru_cache(maxsize=40_000)  # A history asks for few, a file of all listings for every town.
def _place_at(path: str) -> NamedPlace | None:
    if not path:
        return None
    kind = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.TOWN)[path.count("/")]
    return NamedPlace(path, kind, path[:2].upper(), _place_at(path.rpartition("/")[0]))


def location_of(row: Location) -> dict[str, Any]:
    """A document's location, with all that is known of it, from a row loaded `with_place()`."""
    found = dict(zip(LOCATION_COLUMNS, LOCATION_VALUES(row), strict=True))
    return found | {"place": row.place.path if row.place else ""}


def _service_area(row: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "place": row.place.path if row.place else "",
        "country": row.country,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "radius_km": row.radius_km,
    }


def _claim(row: Any) -> dict[str, Any]:
    return {
        "scheme": row.term.scheme,
        "code": row.term.code,
        "is_primary": row.is_primary,
        "statement": row.statement,
        "evidence_url": row.evidence_url,
        "evidence_title": row.evidence_title,
        "asserted_by": row.asserted_by,
        "asserted_by_name": row.asserted_by_name,
        "source": row.source.code if row.source else "",
        "checked_on": _day(row.checked_on),
        "valid_until": _day(row.valid_until),
    }


def _day(day: Any) -> str:
    return day.isoformat() if day else ""
