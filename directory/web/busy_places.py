"""The places where listings are, with live counts: countries, regions, towns."""

from directory.search.query import Choice, FacetValue, Query
from directory.web.searching import search


def counted_places(language: str, *, most: int | None = None) -> dict[str, list[FacetValue]]:
    """Countries, regions and towns with listings, those with most first.

    The facet of places opens one level at a time, so this asks three times; the answers are kept
    by the engine. `most` bounds how many countries and regions are opened; None opens all.
    """
    countries = _within((), 0, language)
    regions = _within(_codes(countries, most), 1, language)
    towns = _within(_codes(regions, most), 2, language)
    return {"countries": countries, "regions": regions, "towns": towns}


def _codes(values: list[FacetValue], most: int | None) -> tuple[str, ...]:
    return tuple(value.code for value in values[:most])


def _within(paths: tuple[str, ...], depth: int, language: str) -> list[FacetValue]:
    """The places right below these, with counts that this choice does not narrow."""
    if depth and not paths:
        return []
    facets = {"place": Choice(paths)} if paths else {}
    found = search(Query(facets=facets, page_size=1, language=language))
    values = [v for v in found.facets.get("place", ()) if v.count and v.depth == depth]
    return sorted(values, key=lambda value: (-value.count, value.label, value.code))
