"""The doors of search: find, count on a map, complete, and count all."""

from dataclasses import replace
from functools import partial

from django.conf import settings
from django.utils import translation

from directory.search.advice import advice_for
from directory.search.clusters import clusters_of
from directory.search.conditions import conditions_of
from directory.search.facets import facets_of
from directory.search.hits import box_of, hits_of
from directory.search.index import Index
from directory.search.keeping import ANSWERS, SUGGESTIONS, kept
from directory.search.live import current
from directory.search.ordering import ordered, sort_of
from directory.search.query import Box, Cluster, Found, FoundIds, Query, Suggestion
from directory.search.readings import Readings, readings_of
from directory.search.suggest import suggestions


def search(query: Query) -> Found:
    """The listings that a query finds: one page of hits, live counts and advice."""
    with current() as (index, sequence), translation.override(query.language):
        return kept(
            index, ANSWERS, ("search", repr(query)), lambda: _search(index, query, sequence)
        )


def clusters(query: Query, box: Box, zoom: int, most: int = 0) -> list[Cluster]:
    """The listings that a query finds within the box, counted by cells of the zoom (0 to 22).

    Cells grow until there are at most `most` (else CLUSTERS_MAX) of them; every listing is counted.
    """
    most = most or settings.CLUSTERS_MAX
    with current() as (index, _sequence):
        key = ("clusters", repr(query), box, zoom, most)
        answer = partial(_clusters, index, query, box, zoom, most)
        return list(kept(index, ANSWERS, key, answer))


def suggest(
    text: str,
    language: str,
    limit: int = 8,
    kinds: tuple[str, ...] = ("organization", "term", "place"),
) -> list[Suggestion]:
    """Completions of what is being typed: listings, terms and places."""
    with current() as (index, _sequence):
        typed = " ".join(text[: settings.QUERY_LENGTH_MAX].split())
        key = (typed, language, limit, kinds)
        answer = partial(suggestions, index, typed, language, limit, kinds)
        return list(kept(index, SUGGESTIONS, key, answer))


def understand(query: Query) -> Readings:
    """The query with a place that its words name taken out of them, or offered to be."""
    if not query.words:
        return Readings()
    with current() as (index, _sequence):
        key = ("understood", repr(replace(query, page=1, page_size=1, sort="")))
        return kept(index, ANSWERS, key, lambda: readings_of(index, query))


def found_ids(query: Query) -> FoundIds:
    """All listings that a query finds, whatever its page, in its order."""
    with current() as (index, sequence), translation.override(query.language):
        conditions = conditions_of(index, query)
        documents = conditions.all()
        numbers = ordered(conditions, documents, sort_of(query), len(documents))
        return FoundIds(index.organization_ids(numbers), sequence)


def total() -> int:
    """How many listings are published."""
    with current() as (index, _sequence):
        return len(index)


def _clusters(index: Index, query: Query, box: Box, zoom: int, most: int) -> list[Cluster]:
    return clusters_of(conditions_of(index, query), box, zoom, most)


def _search(index: Index, query: Query, sequence: int) -> Found:
    conditions = conditions_of(index, query)
    documents = conditions.all()
    sort = sort_of(query)
    end = min(query.page * query.page_size, settings.RESULT_WINDOW)
    start = (query.page - 1) * query.page_size
    page = ordered(conditions, documents, sort, end)[start:]
    with_point = documents.intersection_cardinality(index.postings.get("point", ""))
    shown = min(len(documents), settings.RESULT_WINDOW)
    return Found(
        total=len(documents),
        hits=hits_of(conditions, page),
        facets=facets_of(conditions),
        advice=advice_for(conditions, documents),
        sequence=sequence,
        without_point=len(documents) - with_point,
        sort=sort,
        box=box_of(conditions, page),
        pages=max(1, -(-shown // query.page_size)),
    )
