"""The doors of search: find, count on a map, complete, and count all."""

from directory.models import Organization
from directory.search.query import Advice, Box, Cluster, Found, Hit, Query, Suggestion


def search(query: Query) -> Found:
    """The listings that a query finds: one page of hits, live counts and advice."""
    ids = list(Organization.objects.published().order_by("name", "pk").values_list("pk", flat=True))
    start = (query.page - 1) * query.page_size
    hits = tuple(Hit(pk) for pk in ids[start : start + query.page_size])
    pages = max(1, -(-len(ids) // query.page_size))
    return Found(len(ids), hits, {}, Advice(), 0, sort="name", pages=pages)


def clusters(query: Query, box: Box, zoom: int) -> list[Cluster]:
    """The listings that a query finds within the box, counted by cells of the zoom (0 to 22)."""
    return []


def suggest(
    text: str,
    language: str,
    limit: int = 8,
    kinds: tuple[str, ...] = ("organization", "term", "place"),
) -> list[Suggestion]:
    """Completions of what is being typed: listings, terms and places."""
    return []


def total() -> int:
    """How many listings are published."""
    return Organization.objects.published().count()
