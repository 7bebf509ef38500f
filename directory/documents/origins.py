"""Which source each field of a document came from: `sources[].fields` says so."""

from collections.abc import Callable
from typing import Any

from directory.documents.difference import KEYS, is_empty

Document = dict[str, Any]
RECORD_KEY = KEYS["sources"]
# Of a list, what a source gave is there still while anything of one of its entries is.
LISTS = ("locations", "service_areas", "claims", "identifiers", "links", "other_names")
# Lists of which it is not known which entry is from where; claims name their source themselves.
WHOLE_LISTS = tuple(name for name in LISTS if name != "claims")
# Members of entries that are choices among few: that two are alike says nothing of their origin.
CHOICES = ("precision", "kind", "scheme")
# A listing's address word is its own, and a record of a source is no fact of the enterprise.
NO_FACTS = ("slug", "sources")


def with_origins_of(present: Document, edited: Document) -> Document:
    """The edited document with the origins that the present one tells, as far as they still hold.

    Whoever changes a value takes it from its source: the record no longer names the field. A record
    that is new keeps what is said of it.
    """
    told = {_key(record): record.get("fields") or [] for record in present.get("sources") or []}
    records = [
        record | {"fields": [n for n in told[_key(record)] if _stands(n, present, edited)]}
        if _key(record) in told
        else record
        for record in edited["sources"]
    ]
    return edited | {"sources": records}


def origins_of(document: Document) -> dict[str, list[str]]:
    """By field, the codes of the sources that its present value came from."""
    found: dict[str, list[str]] = {}
    for record in document.get("sources") or []:
        for name in record.get("fields") or []:
            found.setdefault(name, []).append(record["source"])
    return found


def fields_given(given: Document, document: Document) -> list[str]:
    """The fields of a document whose value is what a source gave, in the order of the document."""
    return [
        name
        for name, value in given.items()
        if name not in NO_FACTS and not is_empty(value) and _is_held(name, value, document)
    ]


def carried_part(document: Document, is_reusable: Callable[[str], bool]) -> Document | None:
    """What of a document may be passed on: the rest is emptied, field by field.

    A field is held back where none of its sources is reusable; a list already where one is not,
    for it is not known which entries are from there. Claims go by their own source too.
    `is_reusable` is asked for each source's code. None where the name, or what the record of a
    source does not tell field by field, may not be passed on.
    """
    records = document.get("sources") or []
    narrow = [record for record in records if not is_reusable(record["source"])]
    told = _told_claims(document, is_reusable)
    if not narrow:
        return document if len(told) == len(document["claims"]) else document | {"claims": told}
    if any(not record.get("fields") for record in narrow):
        return None
    origins = origins_of(document)
    held = {
        name
        for name, codes in origins.items()
        if not (all if name in WHOLE_LISTS else any)(map(is_reusable, codes))
    }
    if "name" in held:
        return None
    kept = {name: _emptied(value) if name in held else value for name, value in document.items()}
    if "claims" not in held:
        kept["claims"] = told
    return kept | {"sources": [record for record in records if is_reusable(record["source"])]}


def _told_claims(document: Document, is_reusable: Callable[[str], bool]) -> list[Document]:
    return [
        claim
        for claim in document["claims"]
        if not claim.get("source") or is_reusable(claim["source"])
    ]


def _key(record: Document) -> tuple:
    return tuple(record.get(name) or "" for name in RECORD_KEY)


def _is_held(name: str, value: Any, document: Document) -> bool:
    held = document.get(name)
    if name in LISTS:
        return any(entry in (held or []) for entry in value)
    return held == value


def _stands(name: str, present: Document, edited: Document) -> bool:
    before, after = present.get(name), edited.get(name)
    if is_empty(before) or is_empty(after):
        return is_empty(before) and is_empty(after)
    if name in WHOLE_LISTS:
        return any(_share(old, new) for old in before for new in after)
    if name in LISTS:
        return any(entry in after for entry in before)
    return before == after


def _share(old: Any, new: Any) -> bool:
    """Whether an entry of a list has anything of another: an edited address is still an address."""
    if old == new or not isinstance(old, dict):
        return old == new
    return any(
        value == new.get(name)
        for name, value in old.items()
        if name not in CHOICES and not is_empty(value)
    )


def _emptied(value: Any) -> Any:
    match value:
        case str():
            return ""
        case list():
            return []
        case dict():
            return {}
        case bool():
            return False
        case _:
            return None
