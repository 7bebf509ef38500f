"""Documents of earlier times, as anyone may read them now.

A location that was hidden or blurred later stays so in every earlier document: what the public may
no longer learn, the history must not tell either (DESIGN.md idea 5).
"""

from collections.abc import Iterable
from typing import Any

from directory.documents.reading import public_document
from directory.models import Precision

# From the most to the least that is told.
ORDER = [precision.value for precision in Precision]
ADDRESS = ("street", "postcode", "locality", "latitude", "longitude", "place")


def public_past(document: dict[str, Any], later: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The public document of an earlier time; `later` are all documents after it, public or not."""
    documents = list(later)
    locations = [
        location | {"precision": _precision_now(location, documents)}
        for location in document["locations"]
    ]
    return public_document(document | {"locations": locations})


def _precision_now(location: dict[str, Any], later: list[dict[str, Any]]) -> str:
    """The least that any later document tells of this location."""
    told = [location["precision"]]
    for document in later:
        others = document["locations"]
        same = [other for other in others if _is_same(location, other)]
        told.extend(other["precision"] for other in same or _around(location, others))
    return max(told, key=ORDER.index)


def _is_same(location: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(location.get(column) == other.get(column) for column in ADDRESS)


def _around(location: dict[str, Any], others: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Locations that may be the same one with other words: in the same place or country."""
    if location["place"]:
        inside = [other for other in others if other["place"] == location["place"]]
        if inside:
            return inside
    return [other for other in others if _country(other) == _country(location)]


def _country(location: dict[str, Any]) -> str:
    return location["country"] or location["place"][:2].upper()
