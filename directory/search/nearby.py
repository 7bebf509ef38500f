"""Near a point: who is located there, and who serves it from elsewhere.

Located comes first: a listing that is both counts as located. A location known by its region or
country only has no distance. In a region or country everything in it is located there, and nothing
else; no distance is told, since one from its middle says nothing.
"""

from dataclasses import dataclass, field

import numpy as np
from pyroaring import BitMap

from directory.search.distances import box_around, distances_km, rows_within, within
from directory.search.gazetteer import ancestor_paths
from directory.search.index import Index
from directory.search.morton import cell_edges
from directory.search.query import Box, Point
from directory.search.tables import bitmap_of, numbers_in

WIDE_FROM = 0.9  # Of all points: so many are in a box that nearly all listings are.


@dataclass
class Nearby:
    """Listings near a point. `online` serves everywhere, and is asked last."""

    located: BitMap
    areas: dict[str, BitMap] = field(default_factory=dict)  # path served → listings
    circles: dict[int, float] = field(default_factory=dict)  # listing → km of its circle
    online: BitMap = field(default_factory=BitMap)
    distances: dict[int, float] = field(default_factory=dict)  # of located listings, in km

    @property
    def serving(self) -> BitMap:
        """Listings that serve an area which holds the point; without those online only."""
        return BitMap.union(BitMap(self.circles), *self.areas.values())

    @property
    def at_hand(self) -> BitMap:
        """Listings that are there, or serve less than a country: not those from afar."""
        narrow = [found for path, found in self.areas.items() if "/" in path]
        return BitMap.union(self.located, BitMap(self.circles), *narrow)

    @property
    def all(self) -> BitMap:
        """Everyone for whom the point is near."""
        return self.located | self.serving | self.online


def nearby(index: Index, point: Point, radius_km: float) -> Nearby:
    """Who is located within the radius (or in the region or country), or serves the point."""
    if point.is_wide:
        found = Nearby(index.postings.get("located", point.place_path) & index.live)
    else:
        numbers, distances = located_within(index, point, radius_km)
        found = Nearby(bitmap_of(numbers) & index.live)
        found.distances = dict(zip(numbers.tolist(), distances.tolist(), strict=True))
    found.areas = _areas(index, point, radius_km)
    found.circles = _circles(index, point)
    found.online = index.postings.get("online", "") & index.live
    return found


def located_within(index: Index, point: Point, radius_km: float) -> tuple[np.ndarray, np.ndarray]:
    """Listings with a public point within the radius, in order, and kilometres to the nearest."""
    box = box_around(point.latitude, point.longitude, radius_km)
    rows = np.flatnonzero(are_in(index, box, is_exact=False))
    rows = rows[index.points["is_wide"][rows] == 0]
    distances = distances_km(
        point.latitude,
        point.longitude,
        index.points["latitude"][rows],
        index.points["longitude"][rows],
    )
    is_within = distances <= radius_km
    return nearest_of_each(index.points["document"][rows[is_within]], distances[is_within])


def distances_to(index: Index, numbers: np.ndarray, point: Point) -> np.ndarray:
    """Kilometres to the nearest point of each of some listings, given in order; without end where
    it has none to tell.
    """
    rows = index.rows_of(numbers)
    rows = rows[index.points["is_wide"][rows] == 0]
    latitudes, longitudes = index.points["latitude"][rows], index.points["longitude"][rows]
    distances = distances_km(point.latitude, point.longitude, latitudes, longitudes)
    found = np.full(len(numbers), np.inf)
    known, nearest = nearest_of_each(index.points["document"][rows], distances)
    found[np.searchsorted(numbers, known)] = nearest
    return found


def nearest_of_each(documents: np.ndarray, distances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every listing once, in order, with the smallest of its distances."""
    order = np.lexsort((distances, documents))
    documents, distances = documents[order], distances[order]
    is_first = np.ones(len(documents), bool)
    is_first[1:] = documents[1:] != documents[:-1]
    return documents[is_first].astype(np.int64), distances[is_first]


def are_in(index: Index, box: Box, *, is_exact: bool = True) -> np.ndarray:
    """Which rows of `points` are in a box: by cells of the map, then (if exact) one by one."""
    inner, edge = _ranges(index, box)
    rows = np.concatenate([np.arange(a, b) for a, b in edge])
    if is_exact:
        rows = rows[within(box, index.points["latitude"][rows], index.points["longitude"][rows])]
    is_in = np.zeros(index.points.count, bool)
    for start, end in inner:
        is_in[start:end] = True
    is_in[rows] = True  # Wide cells on both sides of 180° may be the same ones.
    return is_in


def _ranges(index: Index, box: Box) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Rows of `points` from and to: those that are in a box for sure, and those that may be."""
    codes = index.points["code"][: index.points.base_count]
    firsts, ends, is_inside = cell_edges(box)
    starts = np.searchsorted(codes, firsts).tolist()
    stops = np.searchsorted(codes, ends).tolist()
    inner, edge = [], [(index.points.base_count, index.points.count)]
    for start, stop, is_sure in zip(starts, stops, is_inside.tolist(), strict=True):
        if stop > start:
            (inner if is_sure else edge).append((start, stop))
    return inner, edge


def in_box(index: Index, box: Box) -> BitMap:
    """Listings with a public point in the box."""
    inner, edge = _ranges(index, box)
    documents = index.points["document"]
    if sum(b - a for a, b in inner) < WIDE_FROM * len(documents):
        rows = np.concatenate([np.arange(a, b) for a, b in edge])
        rows = rows[within(box, index.points["latitude"][rows], index.points["longitude"][rows])]
        found = np.concatenate([*(documents[a:b] for a, b in inner), documents[rows]])
        return bitmap_of(found) & index.live
    is_in = are_in(index, box)
    away = bitmap_of(documents[np.flatnonzero(~is_in)])
    # Those without a point inside are told sooner.
    rows = index.rows_of(numbers_in(away))
    away -= bitmap_of(documents[rows[is_in[rows]]])
    return (index.postings.get("point", "") & index.live) - away


def distance_to(index: Index, number: int, point: Point) -> float | None:
    """Kilometres to the nearest public point of a listing; None if it has none to tell."""
    rows = index.points_of(number)
    rows = rows[index.points["is_wide"][rows] == 0]
    if not len(rows):
        return None
    latitudes, longitudes = index.points["latitude"][rows], index.points["longitude"][rows]
    return float(distances_km(point.latitude, point.longitude, latitudes, longitudes).min())


def serving_place(index: Index, path: str) -> BitMap:
    """Listings that serve a place: it or a place that holds it, a circle around it, or online."""
    areas = [index.postings.get("serves", above) for above in ancestor_paths(path)]
    index.gazetteer.load_facts([path])
    fact = index.gazetteer.facts.get(path)
    if fact is not None and fact.kind == "town":
        point = Point(fact.latitude, fact.longitude, fact.name, path)
        areas.append(BitMap(_circles(index, point)))
    return BitMap.union(index.postings.get("online", ""), *areas) & index.live


def _areas(index: Index, point: Point, radius_km: float) -> dict[str, BitMap]:
    """Areas that hold the point, and towns served within the radius; the narrowest first."""
    paths = ancestor_paths(point.place_path) or ancestor_paths(point.country_code.lower())
    near = _towns_served(index, point, radius_km)
    if near:
        paths = [*paths[:2], *(path for path in near if path not in paths), *paths[2:]]
    areas = {path: index.postings.get("serves", path) & index.live for path in reversed(paths)}
    return {path: listings for path, listings in areas.items() if listings}


def _towns_served(index: Index, point: Point, radius_km: float) -> list[str]:
    """Paths of the towns within the radius that any listing serves, the nearest last."""
    if "towns served" not in index.lasting:
        stored = index.postings.values("serves").difference(index.postings.added_values("serves"))
        index.lasting["towns served"] = _towns(index, sorted(stored))
    found: list[tuple[float, str]] = []
    for paths, latitudes, longitudes in (
        index.lasting["towns served"],
        _towns(index, sorted(index.postings.added_values("serves"))),
    ):
        here = point.latitude, point.longitude
        rows, distances = rows_within(*here, latitudes, longitudes, radius_km)
        towns = zip(rows.tolist(), distances.tolist(), strict=True)
        found += [(-distance, paths[row]) for row, distance in towns]
    return [path for _distance, path in sorted(found)]


def _towns(index: Index, paths: list[str]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Those of the paths that are towns, with their latitudes and longitudes."""
    towns = [path for path in paths if path.count("/") == 2]
    points = [index.gazetteer.facts.point(path) for path in towns]
    columns = np.array(points, np.float64).reshape(-1, 2)
    return towns, columns[:, 0], columns[:, 1]


def _circles(index: Index, point: Point) -> dict[int, float]:
    """Listings whose circle holds the point, with the radius of the narrowest such circle."""
    if not index.circles.count:
        return {}
    columns = (index.circles[name] for name in ("latitude", "longitude", "radius_km"))
    rows, _distances = rows_within(point.latitude, point.longitude, *columns)
    found: dict[int, float] = {}
    for row in rows.tolist():
        number, radius_km = (
            int(index.circles["document"][row]),
            float(index.circles["radius_km"][row]),
        )
        if number in index.live:
            found[number] = min(radius_km, found.get(number, radius_km))
    return found
