"""Listings as GeoJSON (RFC 7946), a feature at a time."""

from collections.abc import Iterable, Iterator
from typing import Any

from directory.exchange.listed import Listed
from directory.exchange.rows import Rows, as_json, codes_of, first_with_point
from directory.models import Precision

FEATURES_AT_ONCE = 200


def feature_collection(listings: Iterable[Listed], rows: Rows) -> Iterator[bytes]:
    """One FeatureCollection; licence and credit lines are members of its own, at its end."""
    yield b'{"type":"FeatureCollection","features":['
    held: list[str] = []
    before = ""
    for listed in listings:
        held.append(as_json(feature(listed, rows)))
        if len(held) == FEATURES_AT_ONCE:
            yield (before + ",\n".join(held)).encode()
            held, before = [], ",\n"
    yield (before + ",\n".join(held) if held else "").encode()
    licence, licence_url = rows.licences.of_file
    about = {
        "licence": licence,
        "licence_url": licence_url,
        "attribution": rows.licences.all_lines,
    }
    yield f"],{as_json(about)[1:]}\n".encode()


def feature(listed: Listed, rows: Rows) -> dict[str, Any]:
    """A listing as a feature: the API's, with credit lines; no geometry where no point is told."""
    place = first_with_point(listed)
    point = listed.points[place] if listed.points else None
    codes = codes_of(listed.document)
    return {
        "type": "Feature",
        "id": listed.uid,
        "geometry": geometry(point) if point else None,
        "properties": {
            "name": listed.document["name"],
            "url": rows.address(listed),
            "types": codes["type"],
            "values": codes["value"],
            "sectors": codes["sector"],
            "verification": listed.verification,
            "location_precision": _precision(listed, point),
            "updated": listed.updated_at,
            "attribution": rows.licences.attribution(listed.document),
        },
    }


def geometry(point: tuple[float, float, str]) -> dict[str, Any]:
    """A point, longitude first, to six decimals (10 cm)."""
    latitude, longitude, _precision_told = point
    return {"type": "Point", "coordinates": [round(longitude, 6), round(latitude, 6)]}


def _precision(listed: Listed, point: tuple[float, float, str] | None) -> str:
    if point:
        return point[2]
    return Precision.HIDDEN.value if listed.hides_a_location else ""
