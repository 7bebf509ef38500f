"""The pieces of a proposal as an editor reads them: what was, what is, what is proposed."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from directory.admin.values import (
    answer_in_words,
    claim_in_words,
    claim_label,
    label_of_path,
    term_label,
    value_in_words,
)
from directory.documents import Choice
from directory.documents.merging import ADDRESS
from directory.models import (
    Claim,
    Identifier,
    Location,
    ServiceArea,
    SourceRecord,
)

LISTS = {
    "locations": Location,
    "service_areas": ServiceArea,
    "claims": Claim,
    "identifiers": Identifier,
    "sources": SourceRecord,
}
# Of a proposed part what goes without saying.
SILENT = {"scheme", "asserted_by", "source", "is_primary", "latitude", "longitude"}


@dataclass(frozen=True)
class Piece:
    """One piece with its values in words; `is_chosen` is True, False, or None if undecided."""

    code: str
    label: str
    base: str
    present: str
    theirs: str
    is_conflict: bool
    is_done: bool
    is_chosen: bool | None


def pieces_of(found: list[Choice], chosen: dict[str, bool] | None = None) -> list[Piece]:
    """The pieces in words. All are undecided but those that `chosen` (by code) has."""
    chosen = chosen or {}
    return [
        Piece(
            code=choice.code,
            label=piece_label(choice),
            base=words_of(choice, choice.base),
            present=words_of(choice, choice.present),
            theirs=words_of(choice, choice.theirs),
            is_conflict=choice.is_conflict,
            is_done=choice.is_done,
            is_chosen=chosen.get(choice.code),
        )
        for choice in found
    ]


def piece_label(choice: Choice) -> str:
    """What the piece is called, with the part of a list it stands in."""
    model = LISTS.get(choice.field)
    if model is None:
        return label_of_path(choice.path)
    name = capfirst(str(model._meta.verbose_name))
    if choice.field == "claims":
        name = claim_label(choice.part)
    if len(choice.members) != 1:
        return name
    if choice.field == "claims":
        name = f"{name}, {term_label(choice.part)}"
    return f"{name}: {model._meta.get_field(choice.members[0]).verbose_name}"


def words_of(choice: Choice, value: Any) -> str:
    """A value of the piece as one line; "" for nothing."""
    if isinstance(value, dict):
        if choice.field == "claims" and "code" in value:
            return claim_in_words(value)
        if {*value} <= {*ADDRESS}:
            return _address(value)
        silent = SILENT | ({"place"} if value.get("locality") else set())
        said = {n: v for n, v in value.items() if n not in silent and v not in ("", None, False)}
        return ", ".join(value_in_words(name, each) for name, each in said.items())
    if choice.field == "governance":
        return answer_in_words(str(choice.path[-1]), value)
    return value_in_words(str(choice.path[-1]), value)


def lines_of(field: str, value: Any) -> list[str]:
    """A whole field of a document as lines: one for each part of a list."""
    if value in (None, "", [], {}):
        return []
    if field == "governance":
        return [f"{label_of_path((field, c))}: {answer_in_words(c, a)}" for c, a in value.items()]
    if not isinstance(value, list):
        return [value_in_words(field, value)]
    return [line for part in value if (line := _part(field, part))]


def _part(field: str, part: Any) -> str:
    if field == "claims":
        return claim_in_words(part)
    if field == "locations":
        return ", ".join(filter(None, [part["name"], _address(part)]))
    if isinstance(part, dict):
        said = {n: v for n, v in part.items() if v not in (None, "", False, [], {})}
        return ", ".join(value_in_words(name, each) for name, each in said.items())
    return value_in_words(field, part)


def _address(address: dict[str, Any]) -> str:
    """Street to country, and whether it has a point of its own; the place where no town says it."""
    order = ["street", "postcode", "locality", "region", "country"]
    town, place = address.get("locality") or "", address.get("place") or ""
    if place and slugify(town) != place.rpartition("/")[2]:
        order = [*order[:3], "place"] if town else [*order[:2], "place"]
    words = ", ".join(value_in_words(name, address[name]) for name in order if address.get(name))
    has_point = address.get("latitude") is not None
    return _("%(address)s (with a point)") % {"address": words} if has_point else words
