"""Search for pages: while the index is being built they show what plain rows can tell."""

from dataclasses import replace

from directory.models import CLAIMABLE_SCHEMES
from directory.search import engine
from directory.search.browsing import browse
from directory.search.query import Box, Cluster, Found, Query
from directory.search.rebuilding import SearchIsBeingBuilt


def search(query: Query) -> Found:
    """What the query finds; a page of listings without counts while there is no index."""
    try:
        return engine.search(query)
    except SearchIsBeingBuilt:
        narrowed = query.near or query.facets.keys() - {*CLAIMABLE_SCHEMES, "network"}
        found = browse(query)
        return found if not narrowed else replace(found, total=0, hits=(), pages=1)


def clusters(query: Query, box: Box, zoom: int) -> list[Cluster]:
    """The listings that a query finds, counted by cells of the map; none without an index."""
    try:
        return engine.clusters(query, box, zoom)
    except SearchIsBeingBuilt:
        return []
