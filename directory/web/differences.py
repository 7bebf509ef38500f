"""What changed from one document to the next, field by field, in words with marks."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from directory.documents import Change, difference
from directory.models import Place, Source, vocabulary
from directory.web.fields import Readable
from directory.web.whereabouts import place_in_full

LONGEST = 2_000  # Words of a text compared one by one; beyond, whole texts stand side by side.


@dataclass(frozen=True)
class Piece:
    """A run of words: kept, or marked as taken out or put in."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class FieldChange:
    """One field: its name, and its words before and after ([] for nothing)."""

    name: str
    before: list[Piece]
    after: list[Piece]


def changes_between(
    before: dict[str, Any], after: dict[str, Any], readable: Readable
) -> list[FieldChange]:
    """The differences of two public documents, in the order of their fields."""
    return [
        change_in_words(change, before if change.after is None else after, readable)
        for change in difference(without_centres(before), without_centres(after))
    ]


def change_in_words(change: Change, document: dict[str, Any], readable: Readable) -> FieldChange:
    old = readable.value(change.path, change.before)
    new = readable.value(change.path, change.after)
    name = readable.field_name(change.path, document)
    taken, put = marked(old, new)
    return FieldChange(name[:1].upper() + name[1:], taken, put)


def marked(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, with the words that differ marked."""
    before, after = re.findall(r"\s*\S+", old), re.findall(r"\s*\S+", new)
    if not before or not after or len(before) + len(after) > LONGEST:
        return _whole(old), _whole(new)
    taken: list[Piece] = []
    put: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        _add(taken, "".join(before[start:end]), kind != "equal")
        _add(put, "".join(after[new_start:new_end]), kind != "equal")
    return taken, put


def _whole(text: str) -> list[Piece]:
    return [Piece(text, True)] if text else []


def _add(pieces: list[Piece], text: str, is_marked: bool) -> None:
    if text:
        pieces.append(Piece(text, is_marked))


def readable_for(*documents: dict[str, Any]) -> Readable:
    """Words for the values of these documents: three queries, for terms, places and sources."""
    paths = {
        part["place"]
        for document in documents
        for name in ("locations", "service_areas")
        for part in document[name]
        if part["place"]
    }
    codes = {
        part["source"]
        for document in documents
        for name in ("claims", "sources")
        for part in document[name]
        if part["source"]
    }
    places = Place.objects.with_parents().filter(path__in=paths)
    sources = Source.objects.filter(code__in=codes)
    return Readable(
        vocabulary(),
        {place.path: place_in_full(place) for place in places},
        {source.code: source.shown_name for source in sources},
    )


def without_centres(document: dict[str, Any]) -> dict[str, Any]:
    """The middle of a circle that is served may be a home: only its radius is told."""
    areas = [area | {"latitude": None, "longitude": None} for area in document["service_areas"]]
    return document | {"service_areas": areas}
