"""Coordinates as files write them: decimal, with commas, in degrees and minutes, as WKT."""

import re
from typing import Any

from django.utils.translation import gettext as _

from directory.exchange.mappings.understood import NotUnderstood, of_one_value

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""

_WKT = re.compile(
    r"(?:SRID=4326;\s*)?POINT\s*(?:Z|M|ZM)?\s*\(\s*(-?[0-9.eE+-]+)\s+(-?[0-9.eE+-]+)[^()]*\)", re.I
)
_NUMBER = r"[0-9]{1,3}(?:[.,][0-9]+)?"
_DEGREES = re.compile(
    rf"(?P<before>[NSEWO])?\s*(?P<sign>[+-])?\s*(?P<degrees>{_NUMBER})"
    rf"(?:\s*[°º]\s*|\s+(?=[0-9])|\s*$|\s*(?=[NSEWO]))"
    rf"(?:(?P<minutes>{_NUMBER})\s*['’′]?\s*)?"
    rf"(?:(?P<seconds>{_NUMBER})\s*(?:[\"”″]|''|’’)?\s*)?"
    rf"(?P<after>[NSEWO])?",
    re.I,
)
_PAIR_CUTS = [
    re.compile(r"\s*[;|]\s*|\s+/\s+"),
    re.compile(r",\s+|\s+,"),
    re.compile(r","),
    re.compile(r"(?<=[NSEWOnsewo])[\s,;]*(?=[0-9+-])"),
    re.compile(r"[\s,;]+(?=[NSEWO]\s*[0-9])", re.I),
    re.compile(r"\s+"),
]
_IN_ADDRESS = re.compile(r"(?:geo:|@|[?&](?:q|ll|query)=)(-?[0-9.]+),(-?[0-9.]+)")
LATITUDE, LONGITUDE = "latitude", "longitude"
_AXES = {"N": LATITUDE, "S": LATITUDE, "E": LONGITUDE, "W": LONGITUDE, "O": LONGITUDE}


@of_one_value
def read_degrees(text: str) -> tuple[float, str]:
    """Degrees and the axis that a letter names ("" where none does).

    Decimal point or comma, minutes and seconds, letters of the winds; O is west (oeste, ouest).
    Raises NotUnderstood.
    """
    found = _DEGREES.fullmatch(" ".join(text.split()).strip("()[] "))
    if found is None or (found["before"] and found["after"]):
        raise NotUnderstood(_("Write degrees like 38.9779 or -77.0075."))
    parts = [float((found[n] or "0").replace(",", ".")) for n in ("degrees", "minutes", "seconds")]
    if parts[1] >= 60 or parts[2] >= 60:
        raise NotUnderstood(_("Minutes and seconds go up to 59."))
    letter = (found["before"] or found["after"] or "").upper()
    sign = -1 if found["sign"] == "-" or letter in {"S", "W", "O"} else 1
    return sign * (parts[0] + parts[1] / 60 + parts[2] / 3600), _AXES.get(letter, "")


@of_one_value
def read_point(value: Any) -> Point:
    """Latitude and longitude out of one cell; raises NotUnderstood.

    WKT and GeoJSON give longitude first, as their standards say; everything else latitude first
    unless letters of the winds say otherwise.
    """
    if isinstance(value, dict | list):
        return _of_geojson(value)
    text = value.strip()
    if found := _WKT.fullmatch(text):
        return _on_earth(_number(found[2]), _number(found[1]))
    if found := _IN_ADDRESS.search(text):
        return _on_earth(_number(found[1]), _number(found[2]))
    for cut in _PAIR_CUTS:
        parts = [part for part in cut.split(text.strip("()[] ")) if part]
        if len(parts) == 2:
            try:
                return _pair(*map(read_degrees, parts))
            except NotUnderstood:
                continue
    raise NotUnderstood(_("Write a point like 38.9779, -77.0075 or POINT (-77.0075 38.9779)."))


def _pair(first: tuple[float, str], second: tuple[float, str]) -> Point:
    if first[1] == LONGITUDE or second[1] == LATITUDE:
        first, second = second, first
    return _on_earth(first[0], second[0])


def _of_geojson(value: Any) -> Point:
    if isinstance(value, dict) and value.get("type") == "Point":
        pair = value.get("coordinates")
    else:
        pair = value
    is_pair = isinstance(pair, list) and len(pair) >= 2
    if not is_pair or not all(isinstance(n, int | float) for n in pair[:2]):
        raise NotUnderstood(_("Only points can be read, no lines or areas."))
    return _on_earth(float(pair[1]), float(pair[0]))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise NotUnderstood(_("Write degrees like 38.9779 or -77.0075.")) from error


def _on_earth(latitude: float, longitude: float) -> Point:
    """Pairs that only make sense the other way round pass: they are turned later, and said so."""
    if not (abs(latitude) <= 180 and abs(longitude) <= 180):
        raise NotUnderstood(_("These are no degrees. Other grids cannot be read."))
    return latitude, longitude
