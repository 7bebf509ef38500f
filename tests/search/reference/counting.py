"""Counts behind facet values, and clusters of a map."""

import math
from collections import Counter

from django.conf import settings

from directory.search.query import FACETS, Box, Choice
from tests.search.reference.conditions import SCHEMES, Conditions, codes_of, is_checked
from tests.search.reference.places import is_in
from tests.search.reference.world import Entry

MERCATOR_END = 85.05112878  # "Poles": what lies beyond belongs to the last row of the map.
Cell = tuple[int, int]


def counts_of(conditions: Conditions) -> dict[str, Counter]:
    """ "Disjunctive: a facet's own choice does not narrow its own counts" (SEARCH.md 1).

    With `verified_only` a term counts where the claim to it was checked.
    """
    found: dict[str, Counter] = {}
    for facet in FACETS:
        counts = found[facet] = Counter()
        for entry in conditions.world.entries:
            if conditions.meets(entry, without=facet):
                codes = codes_of(entry, facet)
                if conditions.query.verified_only and facet in SCHEMES:
                    codes = {code for code in codes if is_checked(entry, (facet, code))}
                counts.update(codes)
    return found


def shown_of(conditions: Conditions) -> dict[str, dict[str, int]]:
    """The facet values that a page shows, with their counts: those with listings and those chosen
    (terms with their siblings), with the terms above them; of places the countries, and what lies below a chosen place."""
    counts = counts_of(conditions)
    found = {}
    for facet in FACETS:
        choice = conditions.query.facets.get(facet, Choice())
        kept = {*choice.include, *choice.exclude}
        shown = {code for code, count in counts[facet].items() if count}
        if facet == "place":
            opened = {"", *_ways_down(choice.include)}
            shown = {path for path in shown if path.rpartition("/")[0] in opened}
        if facet in SCHEMES:
            kept = {code for code in kept if (facet, code) in conditions.world.terms}
            kept |= {
                code for picked in choice.include for code in _siblings(conditions, facet, picked)
            }
            for code in shown | kept:
                kept |= {above for _scheme, above in conditions.world.broader((facet, code))}
        found[facet] = {code: counts[facet][code] for code in shown | kept}
    return found


def _siblings(conditions: Conditions, scheme: str, code: str) -> set[str]:
    """Terms with the same broader term."""
    terms = conditions.world.terms
    if (scheme, code) not in terms:
        return set()
    parent = terms[scheme, code].parent_id
    return {other for of, other in terms if of == scheme and terms[of, other].parent_id == parent}


def _ways_down(paths: tuple[str, ...]) -> set[str]:
    return {"/".join(p.split("/")[:end]) for p in paths for end in range(1, p.count("/") + 2)}


def clusters_of(conditions: Conditions, box: Box, zoom: int) -> list[tuple]:
    """ "Clusters at every zoom, exact counts, a bounding box for each" (issue of the search).

    A tile of the zoom has four by four cells, up to level 24; where there would be too many
    clusters the cells are coarser. A listing is counted once a cell, however many branches it has.
    """
    points = [
        (spot.point, entry)
        for entry in conditions.found()
        for spot in entry.spots
        if spot.point and is_in(box, spot.point)
    ]
    level = min(max(zoom, 0) + 2, 24)
    cells = _cells(points, level)
    while level > 0 and len(cells) > settings.CLUSTERS_MAX:
        level -= 1
        cells = _cells(points, level)
    return sorted((_cluster(members) for members in cells.values()), key=repr)


def _cells(points: list[tuple], level: int) -> dict[Cell, list[tuple]]:
    cells: dict[Cell, list[tuple]] = {}
    for point, entry in points:
        cells.setdefault(_cell(point, level), []).append((point, entry))
    return cells


def _cell(point: tuple[float, float], level: int) -> Cell:
    """Column and row on the square Web Mercator map of 2^level by 2^level cells."""
    latitude = max(-MERCATOR_END, min(MERCATOR_END, point[0]))
    height = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    width = (point[1] + 180) / 360
    last = 2**24 - 1
    column, row = (min(max(math.floor(part * 2**24), 0), last) for part in (width, height))
    return column >> (24 - level), row >> (24 - level)


def _cluster(members: list[tuple[tuple[float, float], Entry]]) -> tuple:
    """Listings, the only one if it is alone, southern and northern edge, and the mean point."""
    latitudes = [latitude for (latitude, _longitude), _entry in members]
    longitudes = [longitude for (_latitude, longitude), _entry in members]
    listings = {entry.pk for _point, entry in members}
    alone = min(listings) if len(listings) == 1 else None
    middle = (sum(latitudes) / len(latitudes), sum(longitudes) / len(longitudes))
    return (len(listings), alone, min(latitudes), max(latitudes), middle)
