"""How well the places of two listings agree."""

from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from rapidfuzz import fuzz

from directory.search.matching.evidence import Evidence, EvidenceKind
from directory.search.matching.profiles import Spot

EARTH_RADIUS_KM = 6371.0088
TOWNS_ALIKE = 85  # Of 100: "Grand Jct", "Grand Junction"; "St Louis", "Saint Louis".
STREETS_ALIKE = 75  # Of 100: "Minories 42-47", "42-47 Minories, 3rd floor".
SAME_HOUSE_KM = 0.15
SAME_QUARTER_KM = 1.0
SAME_TOWN_KM = 12.0
FAR_KM = 60.0
# Such a postcode is a handful of houses (UK, Netherlands, Ireland); others are a whole town.
FINE_POSTCODES = {"GB", "NL", "IE", "CA"}

ADDRESS, FINE_POSTCODE, POSTCODE = 3.5, 3.0, 2.6
NEAR, QUARTER, TOWN, SURROUNDINGS, NEIGHBOURS = 3.0, 2.5, 2.3, 1.0, 0.3
OTHER_TOWN, OTHER_REGION, OTHER_COUNTRY, FAR = -1.9, -4.0, -6.0, -4.5


class Agreement(NamedTuple):
    """The evidence of places, and whether they agree to about a town."""

    evidence: Evidence | None
    is_local: bool = False


UNKNOWN = Agreement(None)


def agreement(here: tuple[Spot, ...], there: tuple[Spot, ...]) -> Agreement:
    """Of all pairs of locations, the one that agrees best; nothing where either has none."""
    best = UNKNOWN
    for spot in here:
        for other in there:
            found = _agreement(spot, other)
            if found.evidence is None:
                continue
            if best.evidence is None or found.evidence.weight > best.evidence.weight:
                best = found
    return best


def _agreement(here: Spot, there: Spot) -> Agreement:
    if here.country and there.country and here.country != there.country:
        return Agreement(Evidence(EvidenceKind.COUNTRY, OTHER_COUNTRY))
    km = _kilometres(here, there)
    towns = _towns_agree(here, there)
    near = _near(here, there, km, towns)
    if near:
        return Agreement(near, is_local=near.weight >= TOWN)
    return Agreement(_apart(here, there, km, towns))


def _near(here: Spot, there: Spot, km: float | None, towns: bool | None) -> Evidence | None:
    """What speaks for one place, the firmest; None where nothing does."""
    postcodes = here.postcode and here.postcode == there.postcode
    if here.street and _same_street(here, there) and (postcodes or towns):
        return Evidence(EvidenceKind.ADDRESS, ADDRESS)
    if postcodes:
        fine = here.country in FINE_POSTCODES and len(here.postcode) > 4
        return Evidence(EvidenceKind.POSTCODE, FINE_POSTCODE if fine else POSTCODE)
    if km == 0.0 and not (here.street and there.street):
        # The middle of a town stands for many addresses.
        return Evidence(EvidenceKind.TOWN, TOWN) if towns else None
    if km is not None and km <= SAME_HOUSE_KM:
        return Evidence(EvidenceKind.DISTANCE, NEAR, f"{km:.1f}")
    if km is not None and km <= SAME_QUARTER_KM:
        weight = SURROUNDINGS if towns is False else QUARTER
        return Evidence(EvidenceKind.DISTANCE, weight, f"{km:.1f}")
    if towns and (km is None or km < FAR_KM):
        return Evidence(EvidenceKind.TOWN, TOWN)
    if km is not None and km <= SAME_TOWN_KM:
        weight = SURROUNDINGS if towns is None else NEIGHBOURS
        return Evidence(EvidenceKind.DISTANCE, weight, f"{km:.0f}")
    return None


def _apart(here: Spot, there: Spot, km: float | None, towns: bool | None) -> Evidence | None:
    if km is not None and km > FAR_KM:
        return Evidence(EvidenceKind.DISTANCE, FAR, f"{km:.0f}")
    if here.region and there.region and _comparable(here.region, there.region):
        if here.region != there.region:
            return Evidence(EvidenceKind.REGION, OTHER_REGION)
        if towns is None:
            return Evidence(EvidenceKind.REGION, 0.5)
    if towns is False:
        return Evidence(EvidenceKind.TOWN, OTHER_TOWN)
    if here.country and here.country == there.country:
        return Evidence(EvidenceKind.COUNTRY, 0.1)
    return None


def _comparable(region: str, other: str) -> bool:
    """Both paths of the gazetteer, both abbreviations, or both words."""
    return ("/" in region) == ("/" in other) and (len(region) <= 3) == (len(other) <= 3)


def _towns_agree(here: Spot, there: Spot) -> bool | None:
    """None where either's town is not known."""
    if here.town_path and here.town_path == there.town_path:
        return True
    if not (here.town and there.town):
        return None
    paths = {here.region, there.region}
    if len(paths) == 2 and all("/" in path for path in paths):
        return False
    return here.town == there.town or fuzz.ratio(here.town, there.town) >= TOWNS_ALIKE


def _same_street(here: Spot, there: Spot) -> bool:
    return here.street == there.street or (
        fuzz.token_sort_ratio(here.street, there.street) >= 90
        and _numbers(here.street) == _numbers(there.street)
    )


def addresses_differ(here: tuple[Spot, ...], there: tuple[Spot, ...]) -> bool:
    """Whether streets are known on both sides and no two are alike; a post box is none."""
    streets, others = ([s.street for s in spots if _is_street(s.street)] for spots in (here, there))
    return bool(streets and others) and not any(
        fuzz.token_set_ratio(street, other) >= STREETS_ALIKE
        for street in streets
        for other in others
    )


def _is_street(street: str) -> bool:
    return bool(street) and " box " not in f" {street} "


def _numbers(street: str) -> set[str]:
    return {word for word in street.split() if word[:1].isdigit()}


def _kilometres(here: Spot, there: Spot) -> float | None:
    """Great-circle distance; None without both points."""
    if here.latitude is None or there.latitude is None:
        return None
    north, other_north = radians(here.latitude), radians(there.latitude)
    half = sin((other_north - north) / 2) ** 2
    east = sin(radians(there.longitude - here.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half + cos(north) * cos(other_north) * east)))
