"""What a whole document lacks, and what in it can hardly be right; for editors, not for the public."""

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from directory.models import FindingKind, Precision

Document = dict[str, Any]
Box = tuple[float, float, float, float]  # West, south, east, north in degrees.

MARGIN = 1.0  # Degrees: the boxes of the gazetteer span towns, and villages lie beyond them.


@dataclass(frozen=True)
class Surroundings:
    """What a document is held against: today, the boxes of countries, and what many share.

    `shared`: by kind, marks (see `mark_of`) of websites, addresses and points.
    """

    today: datetime.date
    boxes: Mapping[str, Box] = field(default_factory=dict)
    shared: Mapping[str, frozenset[str]] = field(default_factory=dict)


def findings(document: Document, around: Surroundings) -> dict[FindingKind, str]:
    """What was found, each with its mark where many share it, else ""."""
    found = dict.fromkeys([*lacks(document), *doubts(document, around)], "")
    for kind, things in things_of(document).items():
        marks = [mark_of(thing) for thing in things]
        if mark := next((m for m in marks if m in around.shared.get(kind, ())), ""):
            found[kind] = mark
    return found


def lacks(document: Document) -> Iterator[FindingKind]:
    """What is missing."""
    locations = document["locations"]
    schemes = {claim["scheme"] for claim in document["claims"]}
    given = {
        FindingKind.NO_SUMMARY: document["summary"],
        FindingKind.NO_DESCRIPTION: document["description"],
        FindingKind.NO_WEBSITE: document["website"],
        FindingKind.NO_CONTACT: document["email"] or document["phone"],
        FindingKind.NO_POINT: not locations or any(map(has_point, locations)),
        FindingKind.NO_HOURS: not locations or any(each["opening_hours"] for each in locations),
        FindingKind.NO_FOUNDED: document["founded"],
        FindingKind.NO_VALUE: "value" in schemes,
        FindingKind.NO_SECTOR: "sector" in schemes,
        FindingKind.NO_IDENTIFIER: document["identifiers"],
        FindingKind.NO_GOVERNANCE: document["governance"],
    }
    return (kind for kind, value in given.items() if not value)


def doubts(document: Document, around: Surroundings) -> Iterator[FindingKind]:
    """What can hardly be right by itself."""
    founded, closed = document["founded"], document["closed"]
    if founded > around.today.isoformat():
        yield FindingKind.FOUNDED_IN_FUTURE
    if founded and closed and closed < founded[: len(closed)]:
        yield FindingKind.CLOSED_TOO_EARLY
    if any(is_outside(location, around.boxes) for location in document["locations"]):
        yield FindingKind.OUTSIDE_COUNTRY


def has_point(location: Document) -> bool:
    """Whether it has coordinates, or is not shown so exactly that it would need any."""
    told_by_place = {Precision.TOWN, Precision.REGION, Precision.HIDDEN}
    return location["latitude"] is not None or location["precision"] in told_by_place


def is_outside(location: Document, boxes: Mapping[str, Box]) -> bool:
    """Whether its point lies outside the box around its country."""
    country = location["country"] or location["place"][:2].upper()
    box = boxes.get(country)
    if box is None or location["latitude"] is None:
        return False
    west, south, east, north = box
    width = (east - west) % 360.0 or 360.0
    east_of_west = (location["longitude"] - west + MARGIN) % 360.0
    is_beside = east_of_west > width + 2 * MARGIN
    return is_beside or not south - MARGIN <= location["latitude"] <= north + MARGIN


def things_of(document: Document) -> dict[FindingKind, list[Any]]:
    """What of a document others may share, by the kind of finding that it would be."""
    return {
        FindingKind.SITE_SHARED: [site_of(document["website"])] if document["website"] else [],
        FindingKind.EMAIL_SHARED: [document["email"].lower()] if document["email"] else [],
        FindingKind.POINT_SHARED: [
            (each["latitude"], each["longitude"])
            for each in document["locations"]
            if each["latitude"] is not None and each["precision"] == Precision.EXACT
        ],
    }


def site_of(website: str) -> str:
    """An address without what makes no other site of it: http or https, www., a slash at the end."""
    parts = urlsplit(website)
    host = parts.netloc.lower().removeprefix("www.")
    return host + parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")


def mark_of(thing: Any) -> str:
    """The same for the same thing, and never the thing itself."""
    return hashlib.blake2b(repr(thing).encode(), digest_size=12).hexdigest()
