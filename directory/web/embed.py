"""Results for a frame on somebody else's page: the list and the map, with its question fixed."""

from dataclasses import replace

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from directory.search.engine import search
from directory.search.filters import OrganizationFilter
from directory.search.rebuilding import SearchIsBeingBuilt
from directory.web import headings
from directory.web.advice import advice_of
from directory.web.browsing import first_page
from directory.web.cards import Card, cards_of
from directory.web.links import Question
from directory.web.marks import Mark
from directory.web.results import IGNORED, named, without_near_me
from directory.web.results_map import MapPanel, results_map
from directory.web.understood import at_place, understood


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request: HttpRequest) -> HttpResponse:
    """The first page of results of a question; every link leaves the frame."""
    try:
        return results(request)
    except SearchIsBeingBuilt:
        return browsed(request, Question.of(request.GET))


def results(request: HttpRequest) -> HttpResponse:
    """The answer of the index, or what is wrong with the question."""
    asked = without_near_me(request.GET)
    filters = OrganizationFilter(asked, ignored=IGNORED)
    question = Question.of(asked)
    if not filters.is_valid():
        faults = [
            f"{named(name)}: {message}"
            for name, messages in filters.errors.items()
            for message in messages
        ]
        return render(request, "directory/embed.html", {"faults": faults}, status=400)
    found = search(filters.query)
    cards = cards_of(found.hits, filters.query, first=1)
    reading = filters.reading
    placed = at_place(reading, asked) if reading else question
    context = {
        "heading": headings.heading(found.total, filters.query),
        "understood": understood(reading, question) if reading else None,
        "advice": advice_of(found, filters.query, placed),
        "found": found,
        "cards": cards,
        "map": None,
        "results_url": question.url(),
        "asks_here": filters.asks_here or asked is not request.GET,
    }
    if cards:
        panel = results_map(found, cards, filters.query, question)
        context["map"] = out_of_frame(panel, cards, question.url())
    return render(request, "directory/embed.html", context)


def browsed(request: HttpRequest, question: Question) -> HttpResponse:
    """The first listings by name, and why they are no answer to the question."""
    found, query = first_page(question)
    context = {
        "heading": _("All listings by name"),
        "found": found,
        "cards": cards_of(found.hits, query),
        "map": None,
        "results_url": question.url(),
    }
    return render(request, "directory/embed.html", context)


def is_group_in_list(mark: Mark) -> bool:
    return mark.kind == "group" and mark.url.startswith("#")


def out_of_frame(panel: MapPanel, cards: list[Card], results_url: str) -> MapPanel:
    """The map with marks that lead to the listings themselves, not to a place in the frame."""
    urls = {f"#hit-{card.number}": card.organization.get_absolute_url() for card in cards}
    marks = [
        # A group at one point leads to the list: outside the frame that is the page of results.
        replace(mark, url=results_url if is_group_in_list(mark) else urls.get(mark.url, mark.url))
        for mark in panel.drawn.marks
    ]
    return replace(panel, drawn=replace(panel.drawn, marks=marks))
