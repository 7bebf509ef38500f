"""Who serves an area from afar or online, where little in it was found."""

from pyroaring import BitMap

from directory.search.conditions import Conditions
from directory.search.hits import hits_of
from directory.search.nearby import serving_place
from directory.search.places import nearest_town
from directory.search.query import Hit
from directory.search.sorting import by_static

OFFERED = 5


def serving_from_afar(conditions: Conditions, documents: BitMap) -> tuple[Hit, ...]:
    """Listings that reach the area asked for and meet the filters; if none does, whatever the words.

    `documents` are those found, which are not offered again.
    """
    area = next((name for name in ("near", "place", "bbox") if name in conditions.parts), "")
    reaching = _reaching(conditions, area) - documents
    if not reaching:
        return ()
    found = conditions.all(area) & reaching or conditions.all(area, "q") & reaching
    return hits_of(conditions, by_static(conditions.index, found, OFFERED)) if found else ()


def _reaching(conditions: Conditions, area: str) -> BitMap:
    index, query = conditions.index, conditions.query
    match area:
        case "near":
            return (conditions.near.serving | conditions.near.online) - conditions.near.located
        case "place":
            paths = query.facets["place"].include
            return BitMap.union(BitMap(), *(serving_place(index, path) for path in paths))
        case "bbox":
            town = nearest_town(*query.box.middle)
            return serving_place(index, town.path) if town else index.postings.get("online", "")
    return BitMap()
