"""Kilometres between points on Earth."""

import numpy as np

from directory.search.query import Box

EARTH_RADIUS_KM = 6371.0088
KM_PER_DEGREE = EARTH_RADIUS_KM * np.pi / 180.0
MARGIN_KM = 0.001  # So that two formulas need not agree in their last digits.


def distances_km(
    latitude: float, longitude: float, latitudes: np.ndarray, longitudes: np.ndarray
) -> np.ndarray:
    """Great-circle kilometres from one point to many; also over the poles and over 180°."""
    here, there = np.radians(latitude), np.radians(latitudes)
    half_north = np.sin((there - here) / 2.0) ** 2
    half_east = np.sin(np.radians(longitudes - longitude) / 2.0) ** 2
    chord = half_north + np.cos(here) * np.cos(there) * half_east
    return 2.0 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))


def rows_within(
    latitude: float,
    longitude: float,
    latitudes: np.ndarray,
    longitudes: np.ndarray,
    radii_km: np.ndarray | float,
) -> tuple[np.ndarray, np.ndarray]:
    """Which of many points have this one within their radius, and their kilometres to it.

    Most lie too far north or south, which is told without any sine.
    """
    degrees = np.abs(latitudes - latitude)
    rows = np.flatnonzero(degrees * KM_PER_DEGREE <= radii_km + MARGIN_KM)
    distances = distances_km(latitude, longitude, latitudes[rows], longitudes[rows])
    radii = radii_km[rows] if isinstance(radii_km, np.ndarray) else radii_km
    is_within = distances <= radii
    return rows[is_within], distances[is_within]


def box_around(latitude: float, longitude: float, radius_km: float) -> Box:
    """A box that holds the circle; over a pole it goes all the way round."""
    margin = radius_km / KM_PER_DEGREE * 1.0001 + 1e-9
    south, north = latitude - margin, latitude + margin
    if south <= -90.0 or north >= 90.0:
        return Box(-180.0, max(south, -90.0), 180.0, min(north, 90.0))
    sine = np.sin(np.radians(margin)) / np.cos(np.radians(latitude))
    if sine >= 1.0:
        return Box(-180.0, south, 180.0, north)
    width = float(np.degrees(np.arcsin(sine))) * 1.0001 + 1e-9
    west, east = longitude - width, longitude + width
    if width >= 180.0:
        return Box(-180.0, south, 180.0, north)
    return Box(
        west + 360.0 if west < -180.0 else west,
        south,
        east - 360.0 if east > 180.0 else east,
        north,
    )


def within(box: Box, latitudes: np.ndarray, longitudes: np.ndarray) -> np.ndarray:
    """Which points lie in the box, edges included."""
    in_height = (latitudes >= box.south) & (latitudes <= box.north)
    if box.west <= box.east:
        return in_height & (longitudes >= box.west) & (longitudes <= box.east)
    return in_height & ((longitudes >= box.west) | (longitudes <= box.east))
