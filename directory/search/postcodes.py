"""Postcodes that listings publish, as points."""

import numpy as np

from directory.search.index import Index, country_letters, postcode_hash


def postcode_point(index: Index, postcode: str) -> tuple[float, float, str] | None:
    """(latitude, longitude, country) amid the published listings of a postcode; None if unknown.

    Only locations that publish their postcode count. Where two countries have it, the one with
    more listings is taken.
    """
    wanted = postcode_hash(postcode)
    if not wanted:
        return None
    rows = np.flatnonzero((index.points["postcode"] == wanted) & (index.points["is_wide"] == 0))
    rows = np.array([row for row in rows if index.points["document"][row] in index.live], np.int64)
    if not len(rows):
        return None
    countries, counts = np.unique(index.points["country"][rows], return_counts=True)
    country = int(countries[np.argmax(counts)])
    rows = rows[index.points["country"][rows] == country]
    latitude = float(np.median(index.points["latitude"][rows]))
    longitude = float(np.median(index.points["longitude"][rows]))
    return round(latitude, 6), round(longitude, 6), country_letters(country)
