"""Types, values and sectors: pages that list the terms, and pages that explain one."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.exchange import schema_org
from directory.models import Scheme, Term, Vocabulary, vocabulary
from directory.search.query import Choice, FacetValue, Found, Query
from directory.web.cards import cards_of
from directory.web.crumbs import crumbs_to_term, home
from directory.web.knowledge import knowledge
from directory.web.links import Question
from directory.web.searching import search
from directory.web.term_words import list_words, other_labels, synonyms
from directory.web.texts import active_language

SHOWN = 6  # Listings on a term's page; the rest are one link away.
MOST_RELATED = 6
MOST_PLACES = 8
MOST_TO_BROWSE = 8  # Of a scheme, where nothing was found.
# Schemes whose terms often go together with those of another.
TOGETHER = {
    Scheme.TYPE: (Scheme.VALUE, Scheme.SECTOR),
    Scheme.VALUE: (Scheme.TYPE, Scheme.SECTOR),
    Scheme.SECTOR: (Scheme.TYPE, Scheme.VALUE),
}


@dataclass(frozen=True)
class CountedTerm:
    """A term with the number of listings that carry it or a narrower one."""

    term: Term
    count: int
    url: str
    narrower: list["CountedTerm"] = field(default_factory=list)


@dataclass(frozen=True)
class Browsable:
    """A scheme to browse: its name, its page, and the terms most listings carry, with results."""

    title: str
    url: str
    terms: list[CountedTerm]


@require_safe
def type_list(request: HttpRequest) -> HttpResponse:
    return term_list(request, Scheme.TYPE)


@require_safe
def value_list(request: HttpRequest) -> HttpResponse:
    return term_list(request, Scheme.VALUE)


@require_safe
def sector_list(request: HttpRequest) -> HttpResponse:
    return term_list(request, Scheme.SECTOR)


@require_safe
def type_detail(request: HttpRequest, code: str) -> HttpResponse:
    return term_detail(request, Scheme.TYPE, code)


@require_safe
def value_detail(request: HttpRequest, code: str) -> HttpResponse:
    return term_detail(request, Scheme.VALUE, code)


@require_safe
def sector_detail(request: HttpRequest, code: str) -> HttpResponse:
    return term_detail(request, Scheme.SECTOR, code)


def term_list(request: HttpRequest, scheme: Scheme) -> HttpResponse:
    """The tree of a scheme with live counts, from one search."""
    found = search(Query(page_size=1, language=active_language()))
    counts = counts_in(found, scheme)
    terms = vocabulary()
    context = {
        "scheme": scheme,
        "found": found,
        "words": list_words(scheme),
        "roots": [tree(term, counts, terms) for term in terms.roots(scheme)],
        "crumbs": [home()],
        "machine_url": reverse("vocabulary-data", args=[scheme]),
    }
    return render(request, "directory/term_list.html", context)


def term_detail(request: HttpRequest, scheme: Scheme, code: str) -> HttpResponse:
    """One term: what it means, how to tell, who carries it, what lies around it."""
    terms = vocabulary()
    term = terms.get(scheme, code)
    if term is None:
        raise Http404
    if not term.is_active and term.replaced_by_id:
        return redirect(term.replaced_by, permanent=True)
    query = Query(facets={scheme: Choice((code,))}, page_size=SHOWN, language=active_language())
    found = search(query)
    origin = request.build_absolute_uri("/").rstrip("/")
    context = term_context(term, terms, query, found)
    here = (term.label, term.get_absolute_url())
    context["crumbs_ld"] = schema_org.breadcrumbs([*context["crumbs"], here], origin)
    return render(request, "directory/term_detail.html", context)


def term_context(term: Term, terms: Vocabulary, query: Query, found: Found) -> dict[str, Any]:
    counts = counts_in(found, term.scheme)
    ancestors = terms.ancestors(term.scheme, term.code)
    siblings = terms.narrower(ancestors[0]) if ancestors else terms.roots(term.scheme)
    return {
        "term": term,
        "words": list_words(term.scheme),
        "family": terms.family(term.scheme, term.code).code,
        "broader": ancestors[0] if ancestors else None,
        "found": found,
        "results_url": Question.made([(term.scheme, term.code)]).url(),
        "cards": cards_of(found.hits, query),
        "knowledge": knowledge(found),
        "narrower": [counted(child, counts) for child in terms.narrower(term)],
        "near_in_meaning": [
            counted(other, counts) for other in siblings if other.code != term.code
        ][:MOST_RELATED],
        "together": together(term, terms, found),
        "places": places_of(term, found),
        "synonyms": synonyms(term),
        "other_labels": other_labels(term),
        "permanent_path": reverse("vocabulary-term", args=[term.scheme, term.code]),
        "crumbs": crumbs_to_term(term, terms),
    }


def together(term: Term, terms: Vocabulary, found: Found) -> list[tuple[str, list[CountedTerm]]]:
    """Terms of the other schemes that the same listings often carry, with headings."""
    headings = {
        Scheme.TYPE: _("Often are"),
        Scheme.VALUE: _("Often stand for"),
        Scheme.SECTOR: _("Often work in"),
    }
    groups = []
    for scheme in TOGETHER[Scheme(term.scheme)]:
        counts = counts_in(found, scheme)
        common = sorted((-count, code) for code, count in counts.items() if count)
        others = [terms.get(scheme, code) for _count, code in common[:MOST_RELATED]]
        rows = [counted(other, counts) for other in others if other]
        if rows:
            groups.append((headings[scheme], rows))
    return groups


def places_of(term: Term, found: Found) -> list[tuple[str, int, str]]:
    """Where they are: label, count and results; regions where all lie in one country."""
    shown = [value for value in found.facets.get("place", ()) if value.count]
    if len(shown) == 1:
        shown = _regions(term, shown[0].code) or shown
    shown = sorted(shown, key=lambda value: (-value.count, value.label))[:MOST_PLACES]
    return [
        (
            value.label,
            value.count,
            Question.made([(term.scheme, term.code), ("place", value.code)]).url(),
        )
        for value in shown
    ]


def _regions(term: Term, country: str) -> list[FacetValue]:
    """The regions of a country that have listings with this term."""
    facets = {term.scheme: Choice((term.code,)), "place": Choice((country,))}
    found = search(Query(facets=facets, page_size=1, language=active_language()))
    values = found.facets.get("place", ())
    return [value for value in values if value.count and value.code.count("/") == 1]


def tree(term: Term, counts: dict[str, int], terms: Vocabulary) -> CountedTerm:
    narrower = [tree(child, counts, terms) for child in terms.narrower(term)]
    return CountedTerm(term, counts.get(term.code, 0), term.get_absolute_url(), narrower)


def counted(term: Term, counts: dict[str, int]) -> CountedTerm:
    return CountedTerm(term, counts.get(term.code, 0), term.get_absolute_url())


def to_browse(scheme: Scheme) -> Browsable:
    """The way on to the terms of a scheme: one search, whose answer the index keeps."""
    counts = counts_in(search(Query(page_size=1, language=active_language())), scheme)
    terms = [
        CountedTerm(term, counts[term.code], Question.made([(scheme, term.code)]).url())
        for term in vocabulary().roots(scheme)
        if counts.get(term.code)
    ]
    terms.sort(key=lambda each: (-each.count, each.term.label))
    title, url = list_words(scheme).title, reverse(f"{scheme}-list")
    return Browsable(title, url, terms[:MOST_TO_BROWSE])


def counts_in(found: Found, scheme: str) -> dict[str, int]:
    """Listings by code of a scheme."""
    return {value.code: value.count for value in found.facets.get(scheme, ())}
