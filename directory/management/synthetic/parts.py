"""The parts of an invented listing, each as a document holds it."""

from random import Random
from typing import Any

from directory.management.synthetic.chance import an_early_one, around_zero, one_of
from directory.management.synthetic.ground import Ground, Town

SOURCE = {
    "code": "invented-examples",
    "name": "Invented examples",
    "licence": "public-domain",
    "licence_name": "CC0 1.0",
    "note": "Made by `manage.py generate_organizations` for measuring. None of them exists.",
}
PRECISIONS = ("exact",) * 14 + ("street",) * 2 + ("town",) * 2 + ("postcode", "hidden")
HOURS = (
    "Mo-Fr 09:00-17:00",
    "Mo-Sa 08:00-18:00",
    "Mo-Fr 10:00-18:00; Sa 10:00-14:00",
    "Tu-Su 11:00-20:00",
    "Mo-Su 07:00-22:00",
    "Th 16:00-19:00; Sa 09:00-12:00",
    "24/7",
    "We-Fr 12:00-18:00",
)
DEGREES_AROUND_A_TOWN = 0.04  # About four kilometres: most of a town.
YEAR_OF_CHECKS = 2025
ASSERTIONS = ("import",) * 12 + ("organization",) * 5 + ("editor",) * 2 + ("peer",)


def location(town: Town, number: int, chance: Random) -> dict[str, Any]:
    """An address in a town, with a point of its own unless only the town is told."""
    precision = one_of(PRECISIONS, chance)
    has_point = precision != "town"
    return {
        "name": "",
        "street": f"Example Street {number % 200 + 1}" if has_point else "",
        "postcode": f"{number % 100_000:05d}" if has_point else "",
        "locality": town.name[:120],
        "region": town.region[:120],
        "country": town.country,
        "place": town.path,
        "latitude": _near(town.latitude, 90.0, chance) if has_point else None,
        "longitude": _near(town.longitude, 180.0, chance) if has_point else None,
        "precision": precision,
        "opening_hours": an_early_one(HOURS, chance) if chance.random() < 0.3 else "",
        "wheelchair": one_of(("", "", "", "yes", "limited", "no"), chance),
        "accessibility_note": "",
    }


def _near(degrees: float, most: float, chance: Random) -> float:
    moved = degrees + DEGREES_AROUND_A_TOWN * around_zero(chance)
    return round(min(max(moved, -most), most), 6)


def service_area(town: Town, chance: Random) -> dict[str, Any]:
    """An area around a town: the town, its region, its country, a circle, or online."""
    area = {"kind": "place", "place": "", "country": ""}
    area |= {"latitude": None, "longitude": None, "radius_km": None}
    drawn = chance.random()
    if drawn < 0.35:
        return area | {"place": town.path}
    if drawn < 0.65:
        return area | {"place": town.path.rpartition("/")[0]}
    if drawn < 0.80:
        point = {"latitude": round(town.latitude, 1), "longitude": round(town.longitude, 1)}
        return area | point | {"kind": "radius", "radius_km": one_of((10, 25, 50, 100), chance)}
    return area | (
        {"kind": "country", "country": town.country} if drawn < 0.92 else {"kind": "online"}
    )


def claims(ground: Ground, chance: Random) -> list[dict[str, Any]]:
    """One type or two, one sector or two, none to three values; the first of a scheme first."""
    counts = {
        "type": 1 + (chance.random() < 0.1),
        "sector": 1 + (chance.random() < 0.3),
        "value": int(chance.random() ** 2 * 4),
    }
    found = []
    for scheme, count in counts.items():
        codes = dict.fromkeys(an_early_one(ground.codes[scheme], chance) for _ in range(count))
        found += [_claim(scheme, code, place == 0, chance) for place, code in enumerate(codes)]
    return sorted(found, key=lambda claim: not claim["is_primary"])


def _claim(scheme: str, code: str, is_primary: bool, chance: Random) -> dict[str, Any]:
    asserted_by = one_of(ASSERTIONS, chance)
    is_checked = asserted_by in {"editor", "peer"}
    return {
        "scheme": scheme,
        "code": code,
        "is_primary": is_primary,
        "statement": "",
        "evidence_url": "https://evidence.example/" if is_checked else "",
        "evidence_title": "Example bylaws" if is_checked else "",
        "asserted_by": asserted_by,
        "asserted_by_name": "Example Network" if asserted_by == "peer" else "",
        "source": SOURCE["code"] if asserted_by == "import" else "",
        "checked_on": a_day(YEAR_OF_CHECKS, chance) if is_checked else "",
        "valid_until": a_day(YEAR_OF_CHECKS + 2, chance) if is_checked else "",
    }


def identifiers(town: Town, serial: int, chance: Random) -> list[dict[str, Any]]:
    """A number in a register for two of five; in forms that no register has given out."""
    if chance.random() > 0.4:
        return []
    if town.country == "US" and serial < 10_000_000:
        scheme, value = "US-EIN", f"00-{serial:07d}"
    elif town.country == "GB":
        scheme, value = "GB-COH", f"ZZ{serial % 1_000_000:06d}"
    else:
        scheme, value = "XX-EXAMPLE", f"EX{serial:08d}"
    return [{"scheme": scheme, "value": value, "checked_on": ""}]


def a_day(year: int, chance: Random) -> str:
    """A day of that year, as 2025-03-17."""
    return f"{year}-{1 + int(chance.random() * 12):02d}-{1 + int(chance.random() * 28):02d}"
