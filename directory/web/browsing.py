"""The results page while there is no index: all listings by name, narrowed by terms."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from directory.models import CLAIMABLE_SCHEMES, vocabulary
from directory.search.browsing import browse
from directory.search.query import Choice, Found, Query
from directory.web import distances
from directory.web.cards import cards_of
from directory.web.links import Question
from directory.web.texts import active_language


def browsed(request: HttpRequest, question: Question) -> HttpResponse:
    """A page of listings by name, and why it is no answer to the question."""
    query = Query(
        facets=choices(question),
        page=page_number(question),
        page_size=settings.PAGE_SIZE,
        language=active_language(),
    )
    found = browse(query)
    first = (query.page - 1) * query.page_size + 1
    context = {
        **form(question),
        "found": found,
        "cards": cards_of(found.hits, query, first=first),
        "first": first,
        "chips": chips(query, question),
        "clear_url": question.cleared().url(),
        "pages": pages(query, found, question),
    }
    return render(request, "directory/organization_list_browsed.html", context)


def choices(question: Question) -> dict[str, Choice]:
    """The terms chosen; codes that nobody knows are left aside."""
    terms, found = vocabulary(), {}
    for scheme in CLAIMABLE_SCHEMES:
        codes = [code for code in question.values(scheme) if terms.get(scheme, code.lstrip("-"))]
        include = tuple(code for code in codes if not code.startswith("-"))
        exclude = tuple(code[1:] for code in codes if code.startswith("-"))
        if include or exclude:
            found[scheme.value] = Choice(include, exclude)
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


def chips(query: Query, question: Question) -> list[dict[str, str]]:
    """The terms chosen, each with the address without it."""
    terms, found = vocabulary(), []
    for scheme, choice in query.facets.items():
        for code in choice.include:
            url = question.lacking(scheme, code).url()
            found.append({"label": terms.get(scheme, code).label, "url": url})
        for code in choice.exclude:
            label = _("Not: %(label)s") % {"label": terms.get(scheme, code).label}
            found.append({"label": label, "url": question.lacking(scheme, f"-{code}").url()})
    return found


def pages(query: Query, found: Found, question: Question) -> dict[str, str]:
    """The links to the pages before and after."""
    return {
        "previous_url": question.at_page(query.page - 1).url() if query.page > 1 else "",
        "next_url": question.at_page(query.page + 1).url() if found.pages > query.page else "",
    }
