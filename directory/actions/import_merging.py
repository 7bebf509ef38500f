"""What an import makes of a listing: last import, this import and the listing, side by side.

What the source changed since the last import is put into the listing. What somebody else changed
there since is a conflict, and stays as it is. Nothing here writes.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from directory.documents import Choice, choices, fields_given, merged, with_origins_of
from directory.documents.difference import is_empty

Document = dict[str, Any]
OWN = ("slug", "sources")
# Lists that a further source may add to; of the others a listing that has one keeps its own.
ADDED_TO = ("claims", "identifiers", "links", "other_names")


@dataclass(frozen=True)
class Result:
    """The listing as it would be; what it keeps although the source says otherwise."""

    document: Document
    conflicts: list[Choice] = field(default_factory=list)


def first_document(given: Document, *, source: str, external_id: str, on: str) -> Document:
    """The document of a listing that no one knew before, with the record of its source."""
    return given | {"sources": _records(given, given, source, external_id, on)}


def with_import(
    present: Document,
    given: Document,
    base: Document | None,
    *,
    source: str,
    external_id: str,
    on: str,
    held: Collection[str] = (),
) -> Result:
    """The listing with what a source says now, where it said `base` before (None: not known).

    `on` is the day of the import; fields that are `held` are not the source's business any more.
    If nothing but that day would change, the document is the present one.
    """
    is_compared = base is not None
    base = _told_by(present, source, external_id) if base is None else base
    # On neither side: a source that is not heard has not taken its word back either.
    given, base = _without(given, held), _without(base, held)
    if not is_compared:
        given = _fitting(present, given, base)
    changed = choices(_facts(base), _facts(given), _facts(present))
    # Whoever gives a listing a further source has not changed what that source said.
    conflicts = [choice for choice in changed if choice.is_conflict and is_compared]
    document = merged(present, [choice for choice in changed if not choice.is_conflict])
    if document == present and _record_of(present, source, external_id):
        return Result(present, conflicts)
    document = with_origins_of(present, document)
    document["sources"] = _records(document, given, source, external_id, on)
    return Result(document, conflicts)


def says_the_same(given: Document, base: Document) -> bool:
    """Whether a source says what it said before; the day it was read does not count."""
    return _undated(given) == _undated(base)


def _undated(document: Document) -> Document:
    records = [r | {"fetched_on": "", "fields": []} for r in document.get("sources") or []]
    claims = [claim | {"checked_on": ""} for claim in document.get("claims") or []]
    told = {name: value for name, value in document.items() if not is_empty(value)}
    return told | {"sources": records, "claims": claims}


def _facts(document: Document) -> Document:
    return _without(document, OWN)


def _without(document: Document, names: Collection[str]) -> Document:
    return {name: value for name, value in document.items() if name not in names}


def _told_by(present: Document, source: str, external_id: str) -> Document:
    """What the source had said, as far as the listing tells: the fields it names as from there."""
    record = _record_of(present, source, external_id)
    names = (record or {}).get("fields") or []
    return {name: present[name] for name in names if name in present}


def _fitting(present: Document, given: Document, base: Document) -> Document:
    """What a source may say of a listing that was not its own: it fills gaps and adds to lists."""
    return {
        name: value
        if name in base or name in ADDED_TO or is_empty(present.get(name))
        else present[name]
        for name, value in given.items()
    }


def _record_of(document: Document, source: str, external_id: str) -> Document | None:
    for record in document.get("sources") or []:
        if (record["source"], record["external_id"]) == (source, external_id):
            return record
    return None


def _records(
    document: Document, given: Document, source: str, external_id: str, on: str
) -> list[Document]:
    """The document's records of sources, that of this source brought up to date or added."""
    said = _record_of(given, source, external_id) or {}
    record = {
        "source": source,
        "external_id": external_id,
        "url": said.get("url") or "",
        "fetched_on": said.get("fetched_on") or on,
        "fields": fields_given(given, document),
    }
    records = document.get("sources") or []
    if _record_of(document, source, external_id) is None:
        return [*records, record]
    return [
        record if (r["source"], r["external_id"]) == (source, external_id) else r for r in records
    ]
