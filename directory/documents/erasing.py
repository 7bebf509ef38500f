"""Taking data about a person out of a document, wherever it stands."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

from directory.documents.difference import is_empty

Document = dict[str, Any]

BLANK = "[…]"  # Stands where words were taken out of a text.
# Fields that hold a whole thing or nothing: part of an address or a number is no use.
WHOLE = set("email phone website url evidence_url value external_id opening_hours".split())
# Codes and days: they name no person, and must stay readable.
CODES = set(
    "language further_languages lifecycle founded closed governance scheme code source place "
    "country kind precision wheelchair asserted_by checked_on valid_until fetched_on fields".split()
)
# Parts of a list that say nothing without this.
NEEDED = {"links": "url", "identifiers": "value"}
# What can be emptied as a whole, and the members of the document that this means.
FIELDS = {
    "email": ("email",),
    "phone": ("phone",),
    "website": ("website",),
    "links": ("links",),
    "legal_name": ("legal_name",),
    "other_names": ("other_names",),
    "summary": ("summary",),
    "description": ("description",),
    "translations": ("translations",),
    "identifiers": ("identifiers",),
}
ADDRESS = {"street": "", "postcode": "", "latitude": None, "longitude": None}


def without(document: Document, *, words: Iterable[str], fields: Iterable[str] = ()) -> Document:
    """A copy without the words, in any field and any case, and with the given fields emptied.

    `fields` are names of FIELDS, "addresses" (streets and points of locations) or "statements"
    (what claims say in words).
    """
    fields = set(fields)
    emptied = {name for field in fields for name in FIELDS.get(field, ())}
    cleared = {
        name: type(value)() if name in emptied and value is not None else value
        for name, value in document.items()
    }
    if "addresses" in fields:
        cleared["locations"] = [part | ADDRESS for part in cleared.get("locations", [])]
    if "statements" in fields:
        cleared["claims"] = [part | {"statement": ""} for part in cleared.get("claims", [])]
    pattern = pattern_of(words)
    return _clean(cleared, pattern) if pattern else cleared


def members_of(fields: Iterable[str]) -> set[str]:
    """The members of the document that these names of fields to empty mean."""
    further = {"addresses": ("locations",), "statements": ("claims",)}
    return {name for field in fields for name in (FIELDS | further).get(field, ())}


def pattern_of(words: Iterable[str]) -> re.Pattern | None:
    """What finds any of the words, also without their accents, the longest first; None for none."""
    given = {word.strip() for word in words if word.strip()}
    plain = {slugify(word).replace("-", " ") for word in given} - {""}
    ordered = sorted(given | plain, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, ordered)), re.IGNORECASE) if ordered else None


def where_it_stands(before: Document, after: Document) -> list[str]:
    """Names of the top-level fields that differ: all that a tombstone may say."""
    return [name for name in before if before[name] != after.get(name)]


def texts_without(value: Any, pattern: re.Pattern | None) -> Any:
    """A text, list or object that is no document, without what the pattern finds."""
    return _clean(value, pattern) if pattern else value


def _clean(value: Any, pattern: re.Pattern, name: str = "") -> Any:
    if name in CODES:
        return value
    match value:
        case str():
            return _clean_text(value, pattern, name)
        case list():
            parts = [_clean(part, pattern, name) for part in value]
            return [part for part in parts if _says_something(part, name)]
        case dict():
            return {key: _clean(part, pattern, str(key)) for key, part in value.items()}
    return value


def _clean_text(text: str, pattern: re.Pattern, name: str) -> str:
    if name == "slug":
        return "" if pattern.search(text.replace("-", " ")) else text
    if not pattern.search(text):
        return text
    return "" if name in WHOLE else pattern.sub(BLANK, text)


def _says_something(part: Any, name: str) -> bool:
    if isinstance(part, dict):
        return name not in NEEDED or bool(part[NEEDED[name]])
    return not is_empty(part) and part != BLANK
