"""Our own search, asked as the doors ask it, without the answers that it keeps."""

from typing import Any

from pyroaring import BitMap

from directory.management.benchmarks.asking import Asked
from directory.search import engine
from directory.search.keeping import MOST
from directory.search.live import current
from directory.search.query import FACETS

NAME = "bitmap"
KIND_OF_FACET = {"place": "located"}


def forget_answers() -> None:
    """Drop what is kept for the same question: each is answered anew."""
    with current() as (index, _sequence):
        for shelf in MOST:
            index.cache.pop(shelf, None)


def answer(asked: Asked) -> Any:
    """All that a page of results shows: total, hits with reasons, facets, advice, clusters."""
    if asked.typed:
        return engine.suggest(asked.typed, "en")
    found = engine.search(asked.query)
    return found.total, engine.clusters(asked.query, asked.view, asked.zoom)


def facet_bytes() -> int:
    """Bytes of all postings that facets are counted from."""
    with current() as (index, _sequence):
        return sum(
            _bytes(index.postings.get(kind, value))
            for kind in (KIND_OF_FACET.get(facet, facet) for facet in FACETS)
            for value in index.postings.values(kind)
        )


def _bytes(listings: BitMap) -> int:
    told = listings.get_statistics()
    return sum(told[f"n_bytes_{kind}_containers"] for kind in ("array", "run", "bitset"))
