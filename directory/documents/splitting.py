"""One document made two: each part stays, goes to the new one, or stands in both."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from directory.documents.difference import is_empty
from directory.documents.merging import LISTS, Document
from directory.documents.origins import with_origins_of
from directory.documents.uniting import TOGETHER

# Single fields that belong to one of two enterprises, or to both.
SINGLE = (
    "legal_name summary description website email phone founded closed members_count workers_count "
    "governance translations"
).split()
# A number belongs to one listing, or nobody could tell to which it leads.
NEVER_BOTH = frozenset({"identifiers", "sources"})
# What the new listing begins with.
SHARED = ("language", "further_languages", "lifecycle")


class Where(StrEnum):
    """What becomes of a piece."""

    STAYS = "stays"
    GOES = "goes"
    BOTH = "both"


@dataclass(frozen=True)
class SplitPiece:
    """A piece that can go: `code` names it in this version of the document."""

    code: str
    field: str
    value: Any

    @property
    def places(self) -> tuple[Where, ...]:
        """What may become of it."""
        return (Where.STAYS, Where.GOES) if self.field in NEVER_BOTH else tuple(Where)


def split_pieces(document: Document) -> list[SplitPiece]:
    """All pieces of a document that can go, in its order."""
    found = []
    for name, value in document.items():
        if name in (*LISTS, "other_names"):
            found += [SplitPiece(f"{name}-{i}", name, part) for i, part in enumerate(value)]
        elif name in SINGLE and not is_empty(value):
            found.append(SplitPiece(name, name, value))
    return found


def parted(document: Document, name: str, where: Mapping[str, str]) -> tuple[Document, Document]:
    """What is left of the document, and the new one of this name.

    `where` has a Where by code of a piece; what is not in it stays. The new document names every
    source of the old one, or it could not say where its facts come from; numbers that a source
    gave go only where they are sent.
    """
    rest = deepcopy(document)
    new: Document = {"name": name} | {field: deepcopy(document[field]) for field in SHARED}
    for field in (*LISTS, "other_names"):
        here = [Where(where.get(f"{field}-{i}", Where.STAYS)) for i in range(len(document[field]))]
        parts = list(zip(deepcopy(document[field]), here, strict=True))
        rest[field] = [part for part, place in parts if place != Where.GOES]
        goes = {Where.GOES} if field in NEVER_BOTH else {Where.GOES, Where.BOTH}
        new[field] = [part for part, place in parts if place in goes]
    for field in SINGLE:
        place = Where(where.get(field, Where.STAYS))
        for each in TOGETHER.get(field, (field,)):
            if place != Where.STAYS:
                new[each] = deepcopy(document[each])
            if place == Where.GOES:
                rest[each] = _nothing_like(document[each])
    new["sources"] = [
        record | {"fields": [n for n in record.get("fields") or [] if not is_empty(new.get(n))]}
        for record in _with_origins(new["sources"], document["sources"])
    ]
    return with_origins_of(document, rest), new


def _nothing_like(value: Any) -> Any:
    match value:
        case bool():
            return False
        case str():
            return ""
        case dict() | list():
            return type(value)()
    return None


def _with_origins(own: list[dict], all_of_them: list[dict]) -> list[dict]:
    """The new listing's records, and of each other source that it was read there."""
    known = {record["source"] for record in own}
    origins = {r["source"]: r | {"external_id": "", "url": ""} for r in all_of_them}
    return [*own, *(record for source, record in origins.items() if source not in known)]
