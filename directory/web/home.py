"""The first page: What and Where, and what there is by type, value and place."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directory.models import Organization, Scheme, VerificationLevel, vocabulary
from directory.search.query import FacetValue, Found, Hit, Query
from directory.web.busy_places import counted_places
from directory.web.cards import Card, cards_of
from directory.web.home_map import home_map
from directory.web.links import Question
from directory.web.searching import search
from directory.web.texts import active_language

LATEST = 4
MOST_COUNTRIES = 60  # The list holds all that the map shows.
MOST_TOWNS = 16
MOST_OPENED = 40  # Countries, and regions, whose towns compete for a place in the list.
MOST_EXAMPLES = 3
CHECKED_FROM = VerificationLevel.EDITOR_CHECKED  # The first level that somebody else stands for.


@dataclass(frozen=True)
class Counted:
    """A term or place to browse, and how many listings it has."""

    code: str
    label: str
    count: int
    url: str
    question: str = ""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What there is, counted by one search."""
    language = active_language()
    query = Query(sort="confirmed", page_size=LATEST, language=language)
    found = search(query)
    places = counted_places(language, most=MOST_OPENED)
    checked, latest = checked_and_latest(found, query)
    context = {
        "total": found.total,
        "found": found,
        "families": counted_terms(Scheme.TYPE, found),
        "values": counted_terms(Scheme.VALUE, found),
        "countries": in_list(places["countries"], MOST_COUNTRIES),
        "regions": in_list(places["regions"], MOST_COUNTRIES),
        "towns": in_list(places["towns"], MOST_TOWNS),
        "examples": examples(found),
        "checked": checked,
        "latest": latest,
        "ledger": ledger(found),
        "map": home_map(query),
        "without_point": found.without_point,
        "linked": linked(request),
    }
    return render(request, "directory/home.html", context)


def checked_and_latest(found: Found, query: Query) -> tuple[list[Card], list[Card]]:
    """The listings last checked or confirmed, and the newest ones; loaded together."""
    newest = Organization.objects.published().newest_first().values_list("pk", flat=True)[:LATEST]
    confirmed = [hit.organization_id for hit in found.hits if found.is_counted]
    keys = list(dict.fromkeys([*confirmed, *newest]))
    cards = {card.organization.pk: card for card in cards_of([Hit(key) for key in keys], query)}
    checked = [cards[key] for key in confirmed if key in cards]
    return (
        [card for card in checked if card.organization.verified_on],
        [cards[key] for key in newest if key in cards],
    )


def counted_terms(scheme: str, found: Found) -> list[Counted]:
    """The broadest terms of a scheme, in their order, with live counts."""
    counts = {value.code: value.count for value in found.facets.get(scheme, ())}
    return [
        Counted(
            code=term.code,
            label=term.label,
            count=counts.get(term.code, 0),
            url=term.get_absolute_url(),
            question=term.evidence_question,
        )
        for term in vocabulary().roots(scheme)
    ]


def in_list(places: list[FacetValue], most: int) -> list[Counted]:
    """The places with most listings, by name."""
    return [
        Counted(value.code, value.label, value.count, results_for("place", value.code))
        for value in sorted(places[:most], key=lambda value: value.label.casefold())
    ]


def examples(found: Found) -> list[Counted]:
    """Searches to begin with that find something: the commonest narrow types, near busy towns."""
    types = [v for v in found.facets.get("type", ()) if v.count and v.parent]
    common = sorted(types, key=lambda value: (-value.count, value.code))[:MOST_EXAMPLES]
    return [
        Counted(value.code, value.label, value.count, results_for("type", value.code))
        for value in common
    ]


def results_for(name: str, value: str) -> str:
    return Question.made([(name, value)]).url()


def ledger(found: Found) -> dict[str, int]:
    """How well the listings are known, in four numbers."""
    counts = {value.code: value.count for value in found.facets.get("verification", ())}
    checked = [level.code for level in VerificationLevel if level >= CHECKED_FROM]
    return {
        "total": found.total,
        "checked": sum(counts.get(code, 0) for code in checked),
        "documented": counts.get(VerificationLevel.DOCUMENTED.code, 0),
        "unchecked": counts.get(VerificationLevel.UNVERIFIED.code, 0),
    }


def linked(request: HttpRequest) -> dict[str, Any]:
    """The directory itself as linked data."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": request.build_absolute_uri("/"),
        "license": settings.SITE_LICENCE_URL,
        "inLanguage": [code for code, _name in settings.LANGUAGES],
    }
