"""In which order the listings found are shown."""

import numpy as np
from pyroaring import BitMap

from directory.search.conditions import Conditions
from directory.search.index import Index
from directory.search.nearby import distances_to
from directory.search.query import Query
from directory.search.ranking import by_relevance
from directory.search.sorting import by_confirmation, by_distance, by_name, by_static
from directory.search.tables import numbers_in


def sort_of(query: Query) -> str:
    """The order that is used: the one asked for if it can be, else the one that fits."""
    has_distances = query.near is not None and not query.near.is_wide
    if query.sort and not (query.sort == "distance" and not has_distances):
        return query.sort
    if query.words or (query.near and not has_distances):
        return "relevance"
    return "distance" if has_distances else "name"


def ordered(conditions: Conditions, documents: BitMap, sort: str, most: int) -> np.ndarray:
    """The first `most` listings, as numbers, in the order of `sort`.

    Near a point, those who are there come before those who only reach it: by distance first all
    who are located, then who serves less than a country around it, the nearest of each first; then
    who serves the country, and who is online only, since it is no matter how far they are. By
    relevance, those come first who lie in the place that was named or name it as what they serve,
    and who is online only last.
    """
    index = conditions.index
    if sort == "name":
        return by_name(index, documents, most)
    if sort == "confirmed":
        return by_confirmation(index, documents, most)
    groups = [documents]
    if conditions.near:
        near = conditions.near
        located, serving = documents & near.located, (documents & near.serving) - near.located
        online = documents - located - serving
        if sort == "distance":
            at_hand = (documents & near.at_hand) - located
            nearest = [_nearest(conditions, located, most)]
            if len(nearest[0]) < most:
                nearest.append(_nearest(conditions, at_hand, most - len(nearest[0])))
            return _one_after_another(conditions, [serving - at_hand, online], most, nearest)
        there = documents & _there(index, conditions.query.near.place_path)
        groups = [there, (located | serving) - there, online - there]
    return _one_after_another(conditions, groups, most, [])


def _nearest(conditions: Conditions, documents: BitMap, most: int) -> np.ndarray:
    numbers = numbers_in(documents)
    distances = distances_to(conditions.index, numbers, conditions.query.near)
    return by_distance(conditions.index, numbers, distances, most)


def _there(index: Index, path: str) -> BitMap:
    """Listings in a place, and those that name it as what they serve."""
    if not path:
        return BitMap()
    return index.postings.get("located", path) | index.postings.get("serves", path)


def _one_after_another(
    conditions: Conditions, groups: list[BitMap], most: int, begun: list[np.ndarray]
) -> np.ndarray:
    found = [*begun]
    for group in groups:
        missing = most - sum(len(part) for part in found)
        if group and missing > 0:
            found.append(_ranked(conditions, group, missing))
    return np.concatenate(found) if found else np.zeros(0, np.int64)


def _ranked(conditions: Conditions, group: BitMap, most: int) -> np.ndarray:
    if conditions.match and conditions.match.slots:
        return by_relevance(conditions.index, conditions.match, group, most)
    return by_static(conditions.index, group, most)
