"""The results page: what was found, why, where; how to narrow it down, and how to widen it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.actions import gaps
from directory.models import Scheme
from directory.search.advice import LITTLE
from directory.search.engine import search
from directory.search.filters import OrganizationFilter
from directory.search.here import asks_here
from directory.search.origin import near_value
from directory.search.query import Found, Query
from directory.search.rebuilding import SearchIsBeingBuilt
from directory.web import distances, headings
from directory.web.advice import advice_of, way_to_suggest
from directory.web.browsing import browsed
from directory.web.cards import Card, cards_of
from directory.web.choices import choices_of
from directory.web.downloads import downloads_of
from directory.web.limits import address_of
from directory.web.links import API_ONLY, Question
from directory.web.panels import LEGENDS, Panel, panels
from directory.web.results_map import results_map
from directory.web.terms import Browsable, to_browse
from directory.web.understood import at_place, offered, understood
from directory.web.visitors import is_by_a_visitor
from directory.web.whereabouts import place_in_full

IGNORED = {"lang", *API_ONLY}


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    """Results for the parameters of DESIGN.md 5; all listings by name while there is no index."""
    try:
        return results(request)
    except SearchIsBeingBuilt:
        return browsed(request, Question.of(request.GET))


def results(request: HttpRequest) -> HttpResponse:
    """The answer of the index, or what is wrong with the question."""
    asked = without_near_me(request.GET)
    filters = OrganizationFilter(asked, ignored=IGNORED)
    question = Question.of(asked)
    if set(filters.errors) == {"page"}:
        return redirect(question.without().url())
    if not filters.is_valid():
        return refused(request, filters, question)
    found = search(filters.query)
    if filters.query.page > max(found.pages, 1):
        return redirect(question.without().url())
    if not found.total and is_by_a_visitor(request):
        gaps.count(filters.query, address=address_of(request))
    context = {**form_of(filters, question), **answer(request, filters, found, question)}
    context["asks_here"] = filters.asks_here or asked is not request.GET
    if filters.asks_here:
        context["as_words_url"] = question.having(words_only="1").url()
    return render(request, "directory/organization_list.html", context)


def without_near_me(asked: QueryDict) -> QueryDict:
    """The parameters without a Where that says "near me": that is asked back, and no mistake."""
    if not asks_here(asked.get("near", "")):
        return asked
    kept = asked.copy()
    del kept["near"]
    return kept


def refused(request: HttpRequest, filters: OrganizationFilter, question: Question) -> HttpResponse:
    """The form again, with what was typed, each fault at its field, and no results."""
    fields = {name: messages for name, messages in filters.errors.items() if name in SHOWN}
    others = {name: messages for name, messages in filters.errors.items() if name not in SHOWN}
    context = {
        **form_of(filters, question),
        "faults": filters.errors,
        "field_faults": fields,
        "other_faults": [(name, named(name), messages) for name, messages in others.items()],
        "clean_url": question.without(*filters.errors).url(),
    }
    return render(request, "directory/organization_list_refused.html", context, status=400)


SHOWN = ("q", "near", "radius")  # Parameters with a field of their own at the top of the page.


def named(parameter: str) -> str:
    """What a parameter is called on the page; itself where the page does not know it."""
    names = {
        **LEGENDS,
        "words_only": _("All words as words"),
        "verified_only": _("Checked by someone else"),
        "confirmed_after": _("Confirmed since"),
        "open_now": _("Open now"),
        "bbox": _("Part of the map"),
        "serves": _("Serves"),
        "sort": _("Order"),
    }
    return str(names.get(parameter, parameter))


def form_of(filters: OrganizationFilter, question: Question) -> dict[str, Any]:
    """The search form as it was filled in."""
    asked = filters.query if filters.is_valid() else None
    near = asked.near if asked else None
    country = near.country_code if near else ""
    typed = question.values("radius")
    kilometres = asked.radius_km if asked else settings.RADIUS_DEFAULT_KM
    return {
        "asked_words": " ".join(question.values("q")[:1]),
        "asked_near": near_in_words(filters, question),
        # In a region or country no radius counts.
        "radii": [] if near and near.is_wide else distances.radius_choices(kilometres, country),
        "wrong_radius": typed[0] if typed and "radius" in filters.errors else "",
        "carried": question.hidden("q", "words_only", "near", "radius", "bbox"),
    }


def near_in_words(filters: OrganizationFilter, question: Question) -> str:
    """What stands in the field Where: what was typed; for a path, the place it means."""
    typed = " ".join(question.values("near")[:1])
    place = filters.near_place
    return place_in_full(place) if place and near_value(place) == typed else typed


def answer(
    request: HttpRequest, filters: OrganizationFilter, found: Found, typed: Question
) -> dict[str, Any]:
    """Everything under the form; links lead on from the question as it was understood."""
    query, reading, untaken = filters.query, filters.reading, filters.offered_reading
    question = at_place(reading, request.GET) if reading else typed
    first = (query.page - 1) * query.page_size + 1
    cards = cards_of(found.hits, query, first=first)
    front, behind = panels(found, question)
    chips = chips_of(filters, question)
    return {
        "title": headings.page_title(found, query),
        "heading": headings.heading(found.total, query),
        "scope": headings.scope(query),
        "orders": headings.orders(found, query, question),
        "found": found,
        "query": query,
        "cards": cards,
        "panels": front,
        "more_panels": behind,
        "switches": switches_of(query),
        "filters_carried": carried_by_filters(question, [*front, *behind]),
        "chips": chips,
        "clear_url": question.cleared().url(),
        "understood": understood(reading, typed) if reading else None,
        "offered": offered(untaken, request.GET) if untaken else None,
        "choices": choices_of(filters.origin, question),
        "advice": advice_of(found, query, question),
        "is_little": found.total < LITTLE,
        "suggest_url": way_to_suggest(),
        "to_browse": to_browse_instead(found),
        "pages": pages_of(found, query.page, first, len(cards), question),
        "map": results_map(found, cards, query, question) if cards else None,
        "canonical_url": request.build_absolute_uri(typed.url()),
        "json_url": question.url("api:organization-list"),
        "geojson_url": question.url("api:organization-geojson"),
        "downloads": downloads_of(found.total, question),
        "listed": listed(request, cards),
    }


def to_browse_instead(found: Found) -> list[Browsable]:
    """Types and sectors to go on from, where nothing was found and nothing comes close."""
    if found.total or found.advice.nearest or found.advice.serving:
        return []
    return [each for each in map(to_browse, (Scheme.TYPE, Scheme.SECTOR)) if each.terms]


def switches_of(query: Query) -> list[dict[str, Any]]:
    """Yes-or-no filters of the form, each a tick."""
    since = query.confirmed_after or timezone.localdate() - datetime.timedelta(days=365)
    if query.confirmed_after:
        confirmed = _("Confirmed since %(day)s") % {"day": date_format(since)}
    else:
        confirmed = _("Confirmed in the past year")
    switches = [
        ("verified_only", "1", _("Checked by someone else"), query.verified_only),
        ("confirmed_after", since.isoformat(), confirmed, query.confirmed_after is not None),
        ("open_now", "1", _("Open now"), query.open_now),
    ]
    return [
        {"name": name, "value": value, "label": label, "is_on": is_on}
        for name, value, label, is_on in switches
    ]


def carried_by_filters(question: Question, shown: list[Panel]) -> list[tuple[str, str]]:
    """What the filter form carries along unseen: all that it has no tick for."""
    ticks = {(panel.name, row.code) for panel in shown for row in [*panel.rows, *panel.more]}
    switched = {"verified_only", "confirmed_after", "open_now"}
    return [pair for pair in question.hidden(*switched) if pair not in ticks]


def chips_of(filters: OrganizationFilter, question: Question) -> list[dict[str, str]]:
    """What is chosen besides words and place, each with the address without it."""
    return [
        {"label": label, "url": question.lacking(parameter, value).url()}
        for parameter, value, label in filters.chips
        if parameter not in SHOWN
    ]


def pages_of(found: Found, page: int, first: int, count: int, question: Question) -> dict[str, Any]:
    """Which results these are, and the links to the other pages."""
    return {
        "first": first,
        "last": first + count - 1,
        "total": found.total,
        "page": page,
        "pages": found.pages,
        "first_url": question.at_page(1).url() if page > 2 else "",
        "previous_url": question.at_page(page - 1).url() if page > 1 else "",
        "next_url": question.at_page(page + 1).url() if page < found.pages else "",
        "last_url": question.at_page(found.pages).url() if page < found.pages - 1 else "",
    }


def listed(request: HttpRequest, cards: Sequence[Card]) -> dict[str, Any]:
    """The list as linked data: schema.org ItemList."""
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": card.number,
                "url": request.build_absolute_uri(card.url),
            }
            for card in cards
        ],
    }
