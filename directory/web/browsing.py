"""Results while there is no index: all listings by name, narrowed by terms and networks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from directory.models import CLAIMABLE_SCHEMES, Network, vocabulary
from directory.search.browsing import browse
from directory.search.query import Choice, Found, Query
from directory.web import distances
from directory.web.cards import cards_of
from directory.web.links import Question
from directory.web.texts import active_language

Labels = dict[tuple[str, str], str]
"""By facet and code."""


def browsed(request: HttpRequest, question: Question) -> HttpResponse:
    """A page of listings by name, and why it is no answer to the question."""
    labels = labels_of(question)
    query = query_of(question, labels, page_number(question))
    found = browse(query)
    first = (query.page - 1) * query.page_size + 1
    context = {
        **form(question),
        "found": found,
        "cards": cards_of(found.hits, query, first=first),
        "first": first,
        "chips": chips(query, question, labels),
        "clear_url": question.cleared().url(),
        "pages": pages(query, found, question),
    }
    return render(request, "directory/organization_list_browsed.html", context)


def first_page(question: Question) -> tuple[Found, Query]:
    """The first listings by name, and the part of the question that narrows them."""
    query = query_of(question, labels_of(question), 1)
    return browse(query), query


def query_of(question: Question, labels: Labels, page: int) -> Query:
    """What is known of the question without an index."""
    return Query(
        facets=choices(question, labels),
        page=page,
        page_size=settings.PAGE_SIZE,
        language=active_language(),
    )


def labels_of(question: Question) -> Labels:
    """The terms and networks chosen; codes that nobody knows are left aside."""
    terms, found = vocabulary(), {}
    for scheme in CLAIMABLE_SCHEMES:
        for code in codes_in(question, scheme):
            if term := terms.get(scheme, code):
                found[scheme.value, code] = term.label
    if slugs := codes_in(question, "network"):
        for network in Network.objects.published().filter(slug__in=slugs):
            found["network", network.slug] = network.name
    return found


def codes_in(question: Question, facet: str) -> set[str]:
    """What is chosen or left out."""
    return {value.removeprefix("-") for value in question.values(facet)}


def choices(question: Question, labels: Labels) -> dict[str, Choice]:
    """What is chosen and left out, by facet."""
    found = {}
    for facet in dict.fromkeys(facet for facet, _code in labels):
        values = question.values(facet)
        include = tuple(code for code in values if (facet, code) in labels)
        exclude = tuple(
            value[1:] for value in values if value[:1] == "-" and (facet, value[1:]) in labels
        )
        found[facet] = Choice(include, exclude)
    return found


def page_number(question: Question) -> int:
    """The page asked for; the first where that is none."""
    typed = next(iter(question.values("page")), "1")
    last = settings.RESULT_WINDOW // settings.PAGE_SIZE
    return min(max(int(typed), 1), last) if typed.isascii() and typed.isdigit() else 1


def form(question: Question) -> dict[str, Any]:
    """The search form as it was filled in."""
    return {
        "asked_words": " ".join(question.values("q")[:1]),
        "asked_near": " ".join(question.values("near")[:1]),
        "radii": distances.radius_choices(settings.RADIUS_DEFAULT_KM, ""),
        "carried": question.hidden("q", "near", "radius", "bbox"),
    }


def chips(query: Query, question: Question, labels: Labels) -> list[dict[str, str]]:
    """The terms and networks chosen, each with the address without it."""
    found = []
    for facet, choice in query.facets.items():
        for code in choice.include:
            url = question.lacking(facet, code).url()
            found.append({"label": labels[facet, code], "url": url})
        for code in choice.exclude:
            label = _("Not: %(label)s") % {"label": labels[facet, code]}
            found.append({"label": label, "url": question.lacking(facet, f"-{code}").url()})
    return found


def pages(query: Query, found: Found, question: Question) -> dict[str, str]:
    """The links to the pages before and after."""
    return {
        "previous_url": question.at_page(query.page - 1).url() if query.page > 1 else "",
        "next_url": question.at_page(query.page + 1).url() if found.pages > query.page else "",
    }
