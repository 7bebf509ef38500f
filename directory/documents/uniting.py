"""Two documents made one, field by field: what is kept, what is taken over, what is put together."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from directory.documents.difference import KEYS, is_empty
from directory.documents.merging import LISTS, MAPS, SETS, Document
from directory.documents.origins import with_origins_of
from directory.models import Precision

# Fields that only make sense together, under the name of the first.
TOGETHER = {"email": ("email", "email_is_public"), "phone": ("phone", "phone_is_public")}
FOLLOWERS = frozenset(name for names in TOGETHER.values() for name in names[1:])
# Of these each listing keeps its own: an address word goes on answering for its listing.
NOT_CHOSEN = frozenset({"slug"})
# What goes over in any case, lest a source or a number be lost or known of two listings.
ALWAYS_BOTH = frozenset({"identifiers", "sources"})
# From the widest open to what nobody is told.
PRECISIONS = [precision.value for precision in Precision]


class Take(StrEnum):
    """What becomes of a field."""

    KEEP = "keep"
    """As it is in the listing that stays."""
    TAKE = "take"
    """As it is in the other."""
    BOTH = "both"
    """Put together; lists and maps only."""


@dataclass(frozen=True)
class Field:
    """A field in which two documents differ, with what may be chosen and what is proposed."""

    name: str
    kept: Any
    other: Any
    takes: tuple[Take, ...]
    proposed: Take


def fields_to_choose(kept: Document, other: Document) -> list[Field]:
    """The fields in which the two differ, in the order of the document."""
    names = [n for n in kept if n not in NOT_CHOSEN | FOLLOWERS | ALWAYS_BOTH]
    return [_field(name, kept, other) for name in names if _differ(name, kept, other)]


def united(kept: Document, other: Document, takes: Mapping[str, str] | None = None) -> Document:
    """A copy of the kept document with what is taken over from the other.

    `takes` has a Take by field; fields that are not in it go as `fields_to_choose` proposes. The
    other's name stays findable as a further name, whatever is chosen.
    """
    document = deepcopy(kept)
    chosen = takes or {}
    for field in fields_to_choose(kept, other):
        take = Take(chosen.get(field.name, field.proposed))
        _put(document, field, take if take in field.takes else field.proposed, other)
    document["identifiers"] = _both("identifiers", kept["identifiers"], other["identifiers"])
    for name in (kept["name"], other["name"]):
        _remember(document, name)
    told = with_origins_of(kept, document)["sources"]
    document["sources"] = _both(
        "sources", told, [_taken(r, other, document) for r in other["sources"]]
    )
    return document


def _differ(name: str, kept: Document, other: Document) -> bool:
    if is_empty(kept[name]) and is_empty(other[name]):
        return False
    return kept[name] != other[name]


def _field(name: str, kept: Document, other: Document) -> Field:
    is_many = name in (*LISTS, *MAPS, *SETS)
    takes = (Take.KEEP, Take.TAKE, Take.BOTH) if is_many else (Take.KEEP, Take.TAKE)
    proposed = Take.BOTH if is_many else Take.KEEP
    if not is_many and is_empty(kept[name]):
        proposed = Take.TAKE
    if name == "locations" and kept[name] and _hides_a_place(kept, other):
        proposed = Take.KEEP
    return Field(name, kept[name], other[name], takes, proposed)


def _hides_a_place(*documents: Document) -> bool:
    places = [place for document in documents for place in document["locations"]]
    return any(place["precision"] == Precision.HIDDEN for place in places)


def _put(document: Document, field: Field, take: Take, other: Document) -> None:
    if take == Take.KEEP:
        return
    if take == Take.BOTH:
        document[field.name] = _both(field.name, field.kept, field.other)
        return
    for name in TOGETHER.get(field.name, (field.name,)):
        document[name] = deepcopy(other[name])
    if field.name == "locations":
        document["locations"] = _as_closely(document["locations"], field.kept)


def _both(name: str, kept: Any, other: Any) -> Any:
    """All of both; where one says the same as the other it is there once, as the kept one says."""
    if name in MAPS:
        return deepcopy(other) | deepcopy(kept)
    if name == "locations":
        new = [place for place in other if not _is_told(place, kept)]
        return [*_guarded(kept, other), *_as_closely(new, kept)]
    if name in KEYS:
        known = {tuple(part.get(column) for column in KEYS[name]) for part in kept}
        new = [p for p in other if tuple(p.get(column) for column in KEYS[name]) not in known]
        return [*deepcopy(kept), *_without_firsts(name, deepcopy(new), kept)]
    return [*deepcopy(kept), *(deepcopy(value) for value in other if value not in kept)]


def _is_told(place: dict[str, Any], kept: list[dict[str, Any]]) -> bool:
    """Whether a location says nothing that one of the kept ones does not say."""
    return any(_says_as_much(here, place) for here in kept)


def _says_as_much(here: dict[str, Any], place: dict[str, Any]) -> bool:
    told = [name for name in place if name != "precision" and not is_empty(place[name])]
    return all(place[name] == here.get(name) for name in told)


def _as_closely(places: list[dict[str, Any]], kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Locations taken over, told no more exactly than any of the kept ones: the same address may
    be written otherwise, and what was hidden stays so until an editor shows it."""
    return [place | {"precision": _narrowest([place, *kept])} for place in deepcopy(places)]


def _guarded(kept: list[dict[str, Any]], other: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The kept locations, each told no more exactly than the other tells the same one."""
    return [
        here | {"precision": _narrowest([here, *(p for p in other if _says_as_much(here, p))])}
        for here in deepcopy(kept)
    ]


def _narrowest(places: list[dict[str, Any]]) -> str:
    return max((place["precision"] for place in places), key=PRECISIONS.index)


def _without_firsts(name: str, claims: list[dict], kept: list[dict]) -> list[dict]:
    """A scheme has one first claim: that of the listing that stays."""
    if name == "claims":
        firsts = {claim["scheme"] for claim in kept if claim["is_primary"]}
        for claim in claims:
            claim["is_primary"] = claim["is_primary"] and claim["scheme"] not in firsts
    return claims


def _taken(record: dict[str, Any], other: Document, document: Document) -> dict[str, Any]:
    """A record of the other's source: it names those fields alone that were taken over."""
    told = record.get("fields") or []
    fields = [name for name in told if _came_over(name, other, document)]
    if "name" in told and other["name"] in document["other_names"]:
        fields = [*fields, *({"other_names"} - {*fields})]
    return record | {"fields": fields}


def _came_over(name: str, other: Document, document: Document) -> bool:
    if isinstance(other[name], list):
        return any(entry in document[name] for entry in other[name])
    return not is_empty(other[name]) and other[name] == document[name]


def _remember(document: Document, name: str) -> None:
    known = {document["name"], document["legal_name"], *document["other_names"]}
    if name and name not in known:
        document["other_names"] = [*document["other_names"], name]
