"""All towns in memory by their people, for the names on maps: sorting those of a view takes a
database longer than all else on a page."""

import numpy as np
from django.db import connection

from directory.models import Place, PlaceKind
from directory.search.query import Box

Town = tuple[str, float, float, int]
"""Name, latitude, longitude, people."""


_kept: tuple[tuple, "Towns"] | None = None


def largest_towns(box: Box, most: int) -> list[Town]:
    """The largest towns of a box, the largest first, also across the antimeridian.

    They are read again once places were added; new facts of old places count from the next start.
    """
    global _kept
    stamp = (str(connection.settings_dict["NAME"]), _last_place())
    if _kept is None or _kept[0] != stamp:
        _kept = (stamp, Towns())
    return _kept[1].largest_in(box, most)


def _last_place() -> tuple | None:
    # Written out, since every page with a map asks.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, path, latitude, longitude FROM directory_place ORDER BY id DESC LIMIT 1"
        )
        return cursor.fetchone()


class Towns:
    """The towns of the gazetteer, the largest first."""

    def __init__(self) -> None:
        rows = Place.objects.filter(kind=PlaceKind.TOWN).largest_first()
        self._rows = list(rows.values_list("name", "latitude", "longitude", "population"))
        self._latitudes = np.array([row[1] for row in self._rows], np.float64)
        self._longitudes = np.array([row[2] for row in self._rows], np.float64)

    def largest_in(self, box: Box, most: int) -> list[Town]:
        """The first so many towns inside."""
        east, longitudes = box.east, self._longitudes
        inside = (longitudes >= box.west) & (longitudes <= east)
        if box.west > east:
            inside = (longitudes >= box.west) | (longitudes <= east)
        inside &= (self._latitudes >= box.south) & (self._latitudes <= box.north)
        return [self._rows[row] for row in np.flatnonzero(inside)[:most].tolist()]
