"""A listing as one flat row: the columns of CSV and of workbooks.

Columns that can be read back have the names of the document's fields. Several values stand in one
cell with "; " between them. The first location stands in columns of its own; `locations` says how
many there are, and the column `document` of the machine flavour has all of them.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from directory.exchange.licences import Licences
from directory.exchange.listed import Listed

SEVERAL = "; "
TEXTS = "name legal_name".split()
FACTS = "summary description lifecycle founded closed website email phone".split()
NUMBERS = "members_count workers_count".split()
ADDRESS = "street postcode locality region country place".split()
WAY_IN = "opening_hours wheelchair accessibility_note".split()
COLUMNS = (
    "uid",
    "url",
    *TEXTS,
    "other_names",
    "language",
    "further_languages",
    *FACTS,
    "links",
    *NUMBERS,
    "type",
    "value",
    "sector",
    "identifier",
    "locations",
    "location_name",
    *ADDRESS,
    "latitude",
    "longitude",
    "precision",
    *WAY_IN,
    "serves",
    "verification",
    "verified_on",
    "last_confirmed_at",
    "published_at",
    "updated_at",
    "version",
    "source",
    "reusable",
    "attribution",
)
WHOLE = "document"  # The last column of the machine flavour.
SOMEWHERE = dict.fromkeys(("name", *ADDRESS, *WAY_IN), "")
NOWHERE = [0, *SOMEWHERE.values(), "", "", ""]

Document = dict[str, Any]


class Rows:
    """Makes rows. `site` is the address of the directory, without a slash at its end."""

    def __init__(self, licences: Licences, site: str) -> None:
        self.licences = licences
        self._address = site + reverse("permanent-id", args=["-"])[:-1]

    def address(self, listed: Listed) -> str:
        """The permanent address of a listing."""
        return self._address + listed.uid

    def row(self, listed: Listed) -> list[Any]:
        """The cells of a listing in the order of COLUMNS: texts, numbers, "" for nothing."""
        document = listed.document
        codes = codes_of(document)
        return [
            listed.uid,
            self.address(listed),
            *[document[name] for name in TEXTS],
            joined(document["other_names"]),
            document["language"],
            joined(document["further_languages"]),
            *[document[name] for name in FACTS],
            joined([link["url"] for link in document["links"]]),
            *[_number(document[name]) for name in NUMBERS],
            *[joined(codes[scheme]) for scheme in ("type", "value", "sector")],
            joined([f"{part['scheme']}:{part['value']}" for part in document["identifiers"]]),
            *_location(listed),
            joined([served(area) for area in document["service_areas"]]),
            listed.verification,
            listed.verified_on,
            listed.last_confirmed_at,
            listed.published_at,
            listed.updated_at,
            listed.version,
            joined([record["source"] for record in document["sources"]]),
            "true" if listed.is_reusable else "false",
            joined(self.licences.attribution(document)),
        ]


def joined(values: Iterable[str]) -> str:
    """Several values in one cell; the sign between them is taken out of each."""
    if not (text := "\0".join(values)):
        return ""
    return text.replace(";", ",").replace("\0", SEVERAL)


def codes_of(document: Document) -> dict[str, list[str]]:
    """Codes of the terms that are claimed, by scheme, each once, the first of a scheme first."""
    found: dict[str, dict[str, None]] = {"type": {}, "value": {}, "sector": {}}
    for claim in document["claims"]:
        found[claim["scheme"]][claim["code"]] = None
    return {scheme: [*codes] for scheme, codes in found.items()}


def served(area: Document) -> str:
    """An area in one word: a place's path, a country's code, "online", or a circle in kilometres."""
    match area["kind"]:
        case "radius":
            return f"{area['radius_km']:g} km around {area['latitude']:g},{area['longitude']:g}"
        case "online":
            return "online"
    return area["place"] or area["country"]


def as_json(value: Any) -> str:
    """JSON on one line, as short as it can be."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


def _location(listed: Listed) -> list[Any]:
    """How many locations there are, and the first one that has a point, else the first."""
    locations = listed.document["locations"]
    if not locations:
        return NOWHERE
    first = first_with_point(listed)
    location, point = locations[first], listed.points[first]
    return [
        len(locations),
        location["name"],
        *[location[name] for name in ADDRESS],
        *(point or ("", "", location["precision"])),
        *[location[name] for name in WAY_IN],
    ]


def first_with_point(listed: Listed) -> int:
    """The place of the first location with a point among the locations; 0 where none has one."""
    return next((place for place, point in enumerate(listed.points) if point), 0)


def _number(value: Any) -> Any:
    return "" if value is None else value
