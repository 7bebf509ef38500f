"""Places of the gazetteer for the towns, regions and points that rows name.

The names of a country are read once, so that a row costs no query.
"""

from functools import lru_cache

import numpy as np

from directory.models import Place, PlaceKind, PlaceName
from directory.search.distances import distances_km
from directory.search.places import nearest_town, spellings

NEAR_KM = 50.0  # A town of the name further from the row's point is another of the name.
IN_TOWN_KM = 8.0  # A point this near to a town is in it, where no town is named.
AROUND_KM = 100.0  # The nearest town within this tells the region.
FAR_LARGER = 5  # Times the people: then the town is meant though others have its name.
MARGIN = 1.0  # Degrees: the boxes of the gazetteer span towns, not borders.

Point = tuple[float, float]


class CountryPlaces:
    """The gazetteer of one country: regions and towns by folded name, towns by point."""

    def __init__(self, code: str) -> None:
        rows = Place.objects.filter(country_code=code).order_by("pk")
        columns = "pk path kind name latitude longitude population bbox".split()
        self.path = code.lower()
        self.bbox: list[float] | None = None
        self.is_known = False
        self.own_names: dict[str, str] = {}
        self.people: dict[str, int] = {}
        self.points: dict[str, Point] = {}
        paths: dict[int, tuple[str, str]] = {}
        for pk, path, kind, name, *point, people, bbox in rows.values_list(*columns):
            paths[pk] = (path, kind)
            self.own_names[path] = name
            if kind == PlaceKind.COUNTRY:
                self.bbox, self.is_known = bbox, True
            elif kind == PlaceKind.TOWN:
                self.people[path], self.points[path] = people, (point[0], point[1])
        self._towns = list(self.points)
        self._latitudes = np.array([self.points[path][0] for path in self._towns])
        self._longitudes = np.array([self.points[path][1] for path in self._towns])
        self._read_names(code, paths)

    def _read_names(self, code: str, paths: dict[int, tuple[str, str]]) -> None:
        self._names: dict[str, dict[str, tuple[str, ...]]] = {kind: {} for kind in PlaceKind.values}
        # One for all names of a place.
        alone = {pk: (path,) for pk, (path, _kind) in paths.items()}
        rows = PlaceName.objects.filter(place__country_code=code)
        for pk, folded in rows.values_list("place_id", "folded").iterator():
            names = self._names[paths[pk][1]]
            names[folded] = names.get(folded, ()) + alone[pk]

    def towns_named(self, name: str) -> list[str]:
        """Paths of the towns of this name, the largest first."""
        found = self._named(name, PlaceKind.TOWN)
        return sorted(found, key=lambda path: (-self.people[path], path))

    def region_named(self, text: str) -> str:
        """The path of the region that a text names, in any part between commas; "" if none."""
        for part in [text, *reversed(text.split(","))]:
            if found := self._named(part, PlaceKind.REGION):
                return min(found)
        return ""

    def _named(self, name: str, kind: PlaceKind) -> set[str]:
        names = self._names[kind]
        return {path for form in _spellings(name.strip()) for path in names.get(form, ())}

    def nearest(self, point: Point, within_km: float) -> str:
        """The path of the town nearest to a point; "" where none is near enough."""
        if not self._towns:
            return ""
        kilometres = distances_km(*point, self._latitudes, self._longitudes)
        row = int(np.argmin(kilometres))
        return self._towns[row] if kilometres[row] <= within_km else ""

    def holds(self, point: Point) -> bool:
        """Whether the point lies in the country's box, or about."""
        if self.bbox is None:
            return True
        west, south, east, north = self.bbox
        latitude, longitude = point
        if not south - MARGIN <= latitude <= north + MARGIN:
            return False
        if west <= east:
            return west - MARGIN <= longitude <= east + MARGIN
        return longitude >= west - MARGIN or longitude <= east + MARGIN


class PlaceFinder:
    """Finds the place that a row's town, region, country and point name together."""

    def __init__(self) -> None:
        self._countries: dict[str, CountryPlaces] = {}
        self._found: dict[tuple[str, str, str], str] = {}

    def country(self, code: str) -> CountryPlaces:
        """The gazetteer of a country, read at the first use."""
        if code not in self._countries:
            self._countries[code] = CountryPlaces(code)
        return self._countries[code]

    def place(self, code: str, region: str, town: str, point: Point | None) -> str:
        """The path of the town; else of the region; else of the country; "" where all fail."""
        if point is not None:
            return self._look_up(code, region, town, point)
        key = (code, region, town)
        if key not in self._found:
            self._found[key] = self._look_up(code, region, town, None)
        return self._found[key]

    def country_at(self, point: Point) -> str:
        """The country of the nearest town, as two letters; "" far from all."""
        found = nearest_town(*point)
        return found.country_code.upper() if found else ""

    def _look_up(self, code: str, region: str, town: str, point: Point | None) -> str:
        places = self.country(code)
        region_path = places.region_named(region) if region else ""
        candidates = places.towns_named(town) if town else []
        if path := _meant(places, candidates, region_path, point):
            return path
        if region_path:
            return region_path
        if point is not None:
            near = places.nearest(point, AROUND_KM)
            if near and not town and places.nearest(point, IN_TOWN_KM) == near:
                return near
            if near:
                return near.rpartition("/")[0]
        if town and (path := places.region_named(town)):
            return path
        return places.path if places.is_known else ""


def _meant(places: CountryPlaces, candidates: list[str], region: str, point: Point | None) -> str:
    """Which of the towns of a name is meant; "" where that cannot be told."""
    if region:
        candidates = [path for path in candidates if path.startswith(f"{region}/")]
    if not candidates:
        return ""
    if point is not None:
        latitudes, longitudes = np.array([places.points[path] for path in candidates]).T
        kilometres = distances_km(*point, latitudes, longitudes)
        nearest = int(np.argmin(kilometres))
        return candidates[nearest] if kilometres[nearest] <= NEAR_KM else ""
    first, *others = candidates
    is_clear = not others or places.people[first] >= FAR_LARGER * places.people[others[0]]
    return first if region or is_clear else ""


@lru_cache(maxsize=8_192)
def _spellings(name: str) -> frozenset[str]:
    return frozenset(spellings(name))
