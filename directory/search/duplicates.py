"""Listings that may be the one somebody is about to add."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language

from directory.models import Organization
from directory.search.engine import search
from directory.search.live import current
from directory.search.matching import Profile, Verdict, compare, profile_of
from directory.search.matching.hosts import host_of
from directory.search.matching.names import rarity
from directory.search.matching.profiles import profile_from, spot_from
from directory.search.query import Query
from directory.search.rebuilding import SearchIsBeingBuilt
from directory.search.words import is_stop_word, words_of

NAMES_COMPARED = 20
TWO_IN_ONE = re.compile(r"(.+?)\s*\((.+)\)")  # `TPSS Co-op (Takoma Park Silver Spring Co-op)`


@dataclass(frozen=True)
class Candidate:
    """A listing that looks alike; `reason` is number, website, contact or name."""

    organization: Organization
    reason: str


def candidates(document: dict[str, Any]) -> list[Candidate]:
    """Published listings that may be the same enterprise, the surest first.

    The document need not be valid yet. Compares register numbers, the website's host, e-mail and
    telephone, then names: at most DUPLICATES_SHOWN are told. Contact details count only where the
    listing shows them, or whoever asks would learn whose hidden address it is.
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
        conditions.append(("contact", Q(email__iexact=email, email_is_public=True)))
    if phone := document.get("phone"):
        conditions.append(("contact", Q(phone=phone, phone_is_public=True)))
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
    rows = Organization.objects.published().cards(keys)
    return _alike(document, rows) if rows else []


def _alike(document: dict[str, Any], rows: dict[int, Organization]) -> list[int]:
    """Those of the listings that the evidence speaks for, the surest first."""
    with current() as (index, _sequence):
        counts, listings = index.lexicon, len(index)
        given = profile_of(document)
        found = {
            key: compare(given, _shown(row), lambda word: rarity(counts.count(word), listings))
            for key, row in rows.items()
        }
    enough = [key for key, each in found.items() if each.verdict != Verdict.DIFFERENT]
    return sorted(enough, key=lambda key: (-found[key].score, key))


def _shown(row: Organization) -> Profile:
    """A listing as far as anyone may know it."""
    spots = [
        spot_from(
            country=spot.country,
            region=spot.region,
            locality=spot.locality,
            place=spot.place.path if spot.place else "",
            postcode=spot.postcode,
            street=spot.street,
            latitude=spot.latitude,
            longitude=spot.longitude,
        )
        for spot in row.public_locations
    ]
    return profile_from(
        names=_names_of(row),
        website=row.website,
        email=row.public_email,
        phone=row.public_phone,
        identifiers=[],
        spots=spots,
        founded=row.founded,
        is_verified=False,
    )


def _names_of(row: Organization) -> Iterator[str]:
    """All its names; one with another behind it in brackets also as two.

    Only here, where people look: what stands in brackets may be a town or a branch, and says too
    little for two to be taken for one without anybody's word.
    """
    for name in filter(None, [row.name, row.legal_name, *row.other_names]):
        yield name
        if two := TWO_IN_ONE.fullmatch(name):
            yield from two.groups()
