"""The results page: what was found, why, where; how to narrow it down, and how to widen it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
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
from directory.search.query import Found, Query
from directory.search.rebuilding import SearchIsBeingBuilt
from directory.web import distances, headings
from directory.web.advice import advice_of, way_to_suggest
from directory.web.browsing import browsed
from directory.web.cards import Card, cards_of
from directory.web.downloads import downloads_of
from directory.web.limits import address_of
from directory.web.links import API_ONLY, Question
from directory.web.panels import LEGENDS, Panel, panels
from directory.web.results_map import results_map
from directory.web.terms import Browsable, to_browse
from directory.web.understood import understood
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
    filters = OrganizationFilter(request.GET, ignored=IGNORED)
    question = Question.of(request.GET)
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
    return render(request, "directory/organization_list.html", context)


def as_understood(request: HttpRequest, filters: OrganizationFilter) -> Question:
    """The question that links on the page lead on from: a place among the words is at Where."""
    reading = filters.reading
    if reading is None:
        return Question.of(request.GET)
    return Question.of(request.GET, q=reading.words, near=reading.origin.place.path)


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
        "radii": distances.radius_choices(kilometres, country),
        "wrong_radius": typed[0] if typed and "radius" in filters.errors else "",
        "carried": question.hidden("q", "words_only", "near", "radius", "bbox"),
    }


def near_in_words(filters: OrganizationFilter, question: Question) -> str:
    """What stands in the field Where: what was typed; for a path, the place it means."""
    typed = " ".join(question.values("near")[:1])
    place = filters.near_place
    return place_in_full(place) if place and place.path == typed else typed


def answer(
    request: HttpRequest, filters: OrganizationFilter, found: Found, typed: Question
) -> dict[str, Any]:
    """Everything under the form; links lead on from the question as it was understood."""
    query, question = filters.query, as_understood(request, filters)
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
        "understood": understood(filters.reading, typed) if filters.reading else None,
        "choices": choices_of(filters, question),
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


def choices_of(filters: OrganizationFilter, question: Question) -> list[dict[str, str]]:
    """Other places of the same name, each with the address that means it."""
    return [
        {"label": place_in_full(place), "url": question.having(near=place.path).url()}
        for place in filters.near_choices
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
