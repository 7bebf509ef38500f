"""Listings that may be the one somebody is about to add."""

from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language

from directory.models import Organization
from directory.search.engine import search
from directory.search.matching.hosts import host_of
from directory.search.query import Query
from directory.search.rebuilding import SearchIsBeingBuilt
from directory.search.words import fold_name, is_stop_word, words_of

LIKE_ENOUGH = 0.84  # Of two names elsewhere: "Example Bakery Co-op", "Example Bakery Cooperative".
LIKE_ENOUGH_IN_PLACE = 0.66  # The same, where both are in the same town.
NAMES_COMPARED = 20


@dataclass(frozen=True)
class Candidate:
    """A listing that looks alike; `reason` is number, website, contact or name."""

    organization: Organization
    reason: str


def candidates(document: dict[str, Any]) -> list[Candidate]:
    """Published listings that may be the same enterprise, the surest first.

    The document need not be valid yet. Compares register numbers, the website's host, e-mail and
    telephone, then names: at most DUPLICATES_SHOWN are told.
    """
    found: dict[int, str] = {}
    for reason, condition in _conditions(document):
        rows = Organization.objects.published().filter(condition).order_by("pk")
        for key in rows.values_list("pk", flat=True)[: settings.DUPLICATES_SHOWN]:
            found.setdefault(key, reason)
    if len(found) < settings.DUPLICATES_SHOWN:
        for key in _of_like_name(document):
            found.setdefault(key, "name")
    keys = list(found)[: settings.DUPLICATES_SHOWN]
    rows = Organization.objects.published().cards(keys)
    return [Candidate(rows[key], found[key]) for key in keys if key in rows]


def _conditions(document: dict[str, Any]) -> list[tuple[str, Q]]:
    conditions = []
    numbers = [
        Q(identifiers__scheme=part["scheme"], identifiers__value=part["value"])
        for part in document.get("identifiers") or []
    ]
    for number in numbers:
        conditions.append(("number", number))
    if host := host_of(document.get("website") or ""):
        addresses = [
            f"{scheme}://{www}{host}" for scheme in ("https", "http") for www in ("", "www.")
        ]
        starts = [
            Q(website=address) | Q(website__startswith=f"{address}/") for address in addresses
        ]
        conditions.append(("website", starts[0] | starts[1] | starts[2] | starts[3]))
    if email := document.get("email"):
        conditions.append(("contact", Q(email__iexact=email)))
    if phone := document.get("phone"):
        conditions.append(("contact", Q(phone=phone)))
    return conditions


def _of_like_name(document: dict[str, Any]) -> list[int]:
    """Listings of a like name, the likest first."""
    name = (document.get("name") or "")[: settings.QUERY_LENGTH_MAX]
    telling = [word for word in words_of(name) if not is_stop_word(word)]
    if not telling:
        return []
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    # Each telling word by itself: one that is spelled otherwise must not hide the listing.
    questions = dict.fromkeys([" ".join(telling), *sorted(telling, key=len, reverse=True)[:2]])
    keys: dict[int, None] = {}
    # While the index is being built, names wait: the other signs are told all the same.
    with suppress(SearchIsBeingBuilt):
        for text in questions:
            query = Query(words=text, page_size=NAMES_COMPARED, language=language)
            keys |= dict.fromkeys(hit.organization_id for hit in search(query).hits)
    places = {part.get("place") for part in document.get("locations") or []} - {"", None}
    rows = Organization.objects.published().cards(keys)
    alike = [(_likeness(name, row), _is_in(row, places), key) for key, row in rows.items()]
    enough = [
        (likeness, key)
        for likeness, is_near, key in alike
        if likeness >= (LIKE_ENOUGH_IN_PLACE if is_near else LIKE_ENOUGH)
    ]
    return [key for _likeness, key in sorted(enough, reverse=True)]


def _likeness(name: str, row: Organization) -> float:
    """From 0 to 1, the best of all names the listing goes by."""
    return max(_name_likeness(name, n) for n in [row.name, row.legal_name, *row.other_names])


def _name_likeness(one: str, other: str) -> float:
    """Of two names; one that only says more than the other ("… Co-op") is as good as like."""
    words, more = ({*words_of(name)} for name in (one, other))
    if min(len(words), len(more)) > 1 and (words <= more or more <= words):
        return LIKE_ENOUGH
    return SequenceMatcher(None, fold_name(one), fold_name(other)).ratio()


def _is_in(row: Organization, places: set[str]) -> bool:
    """Whether it is, as far as the public knows, in one of the places."""
    known = {location.place.path for location in row.public_locations if location.place}
    return bool(known & places)
