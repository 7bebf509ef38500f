"""A hit as a card of the list: everything the template shows, in words."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.safestring import SafeString

from directory.models import (
    Organization,
    PublicLocation,
    ShortListing,
    Vocabulary,
    short_listings,
    vocabulary,
)
from directory.search.query import Hit, Query
from directory.web.reasons import reasons_of
from directory.web.stitches import Stitch, ended, stitch_of
from directory.web.texts import active_language
from directory.web.whereabouts import Whereabouts, nearest, whereabouts


@dataclass(frozen=True)
class Card:
    """One listing in a list. `number` counts through all pages."""

    number: int
    organization: ShortListing
    url: str
    family: str
    types: list[str]
    where: Whereabouts | None
    summary: str
    summary_language: str  # "" if it is the language of the page
    stitch: Stitch
    ended: Stitch | None
    why: list[SafeString]
    location: PublicLocation | None  # the one the map shows


def cards_of(hits: Sequence[Hit], query: Query, *, first: int = 1) -> list[Card]:
    """Cards for hits, in their order; the rows are loaded in a fixed number of queries.

    A listing that was withdrawn a moment ago is left out.
    """
    rows = short_listings(hit.organization_id for hit in hits)
    page = Page(query, vocabulary(), timezone.localdate())
    return [
        card_of(hit, rows[hit.organization_id], number, page)
        for number, hit in enumerate(hits, start=first)
        if hit.organization_id in rows
    ]


@dataclass(frozen=True)
class Page:
    """What is the same for all cards."""

    query: Query
    terms: Vocabulary
    today: datetime.date


def card_of(hit: Hit, organization: ShortListing, number: int, page: Page) -> Card:
    query, terms = page.query, page.terms
    summary, language = summary_of(organization)
    return Card(
        number=number,
        organization=organization,
        url=organization.get_absolute_url(),
        family=family_of(organization, terms),
        types=types_of(organization),
        where=whereabouts(hit, organization, query.near),
        summary=summary,
        summary_language=language,
        stitch=stitch_of(organization, page.today),
        ended=ended(organization),
        why=reasons_of(hit, organization, query, terms),
        location=shown_location(organization, query),
    )


def types_of(organization: Organization | ShortListing) -> list[str]:
    """Labels of its types, the first one first, each once."""
    return list(dict.fromkeys(term.label for term in organization.terms if term.scheme == "type"))


def family_of(organization: Organization | ShortListing, terms: Vocabulary) -> str:
    """The code of the family its first type belongs to; "" where it has no known type."""
    for term in organization.terms:
        if term.scheme == "type" and terms.get("type", term.code):
            return terms.family("type", term.code).code
    return ""


def summary_of(organization: ShortListing) -> tuple[str, str]:
    """The one sentence in the visitor's language if there is one, and its language if another."""
    active = active_language()
    if organization.language.split("-")[0] == active:
        return organization.summary, ""
    translated = organization.translations.get(active, {}).get("summary", "")
    return (translated, "") if translated else (organization.summary, organization.language)


def shown_location(organization: ShortListing, query: Query) -> PublicLocation | None:
    """The published location with a point that stands for it on the map."""
    if query.near:
        found = nearest(organization, query.near)
        return found if found and found.has_point else None
    pointed = (location for location in organization.public_locations if location.has_point)
    return next(pointed, None)
