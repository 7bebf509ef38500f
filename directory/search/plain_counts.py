"""Everything that an index counts, counted from plain rows: for holding the index against."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from directory.models import Organization, VerificationLevel
from directory.models.confirmation import is_stale
from directory.search.entries import CHECKED_FROM, key_number, keys_of
from directory.search.facet_rows import KIND_OF_FACET, has_column
from directory.search.gazetteer import Gazetteer, ancestor_paths
from directory.search.listings import Area, Listing
from directory.search.morton import cells_at, codes_of
from directory.search.phrases import Phrases
from directory.search.reading import all_listings
from directory.search.words import all_words

ZOOMS = (1, 4, 8, 14)
FIELDS = ("name", "other_name", "text")  # Those of places and terms follow from their facets.
KEY_SHIFT = 52  # Exact keys are millions: counted in 4,096 groups, by the first of their 64 bits.

Counts = Counter  # by (kind, value)


def database_counts(
    phrases: Phrases, today: datetime.date, progress: Callable[[int], Any]
) -> Counts:
    """Everything counted from plain rows."""
    found: Counts = Counter({("listings", ""): Organization.objects.published().count()})
    codes: list[np.ndarray] = []
    for number, listing in enumerate(all_listings(Gazetteer()), 1):
        found.update(_facets(listing, phrases))
        found.update(_words(listing))
        found.update(_checks(listing, phrases, today))
        found.update(_whereabouts(listing))
        found.update(("keys", key_group(key_number(key))) for key in keys_of(listing))
        codes.append(_codes(listing))
        if number % 1_000 == 0:
            progress(number)
    for zoom in ZOOMS:
        for cells in codes:
            found.update(
                (f"cells at zoom {zoom}", str(c)) for c in {*cells_at(cells, zoom).tolist()}
            )
    return found


def _facets(listing: Listing, phrases: Phrases) -> Iterator[tuple[str, str]]:
    terms = {above for key in listing.claims for above in phrases.with_ancestors(key)}
    places = {path for spot in listing.spots for path in ancestor_paths(spot.path)}
    found = {(str(scheme), code) for scheme, code in terms}
    found |= {("place", path) for path in places}
    found |= {("language", code) for code in listing.languages}
    found |= {("source", code) for code in listing.sources}
    found |= {("network", code) for code in listing.networks}
    found.add(("lifecycle", listing.lifecycle))
    found.add(("verification", VerificationLevel(listing.verification).code))
    for facet, code in found:
        yield facet, code
        if has_column(KIND_OF_FACET.get(facet, facet), code):
            yield by_rows(facet), code


def by_rows(facet: str) -> str:
    """How a count of a facet is called that comes from the listings' rows, not from postings."""
    return f"{facet} by rows"


def _words(listing: Listing) -> Iterator[tuple[str, str]]:
    texts = {
        "name": (listing.name,),
        "other_name": tuple(listing.other_names),
        "text": tuple(listing.texts),
    }
    for field in FIELDS:
        yield from ((f"word in {field}", word) for word in all_words(texts[field]))


def _checks(listing: Listing, phrases: Phrases, today: datetime.date) -> Iterator[tuple[str, str]]:
    """Terms that count as checked today, and ("checked", "") for the listing as a whole."""
    held = {key for key, until in listing.claims.items() if until is not None and until >= today}
    above = {each for key in held for each in phrases.with_ancestors(key)}
    yield from ((f"checked {scheme}", code) for scheme, code in above)
    level, day = listing.verification, listing.verified_on
    is_fresh = level >= CHECKED_FROM and not (day and is_stale(level, day, today))
    if held or is_fresh:
        yield "checked", ""


def _whereabouts(listing: Listing) -> Iterator[tuple[str, str]]:
    """What it serves, where it is or serves anybody, and when it is open."""
    served = {area.path for area in listing.areas if area.kind != "online" and area.path}
    around = {each.path for each in (*listing.areas, *listing.spots)}
    hours = {(s.timezone, s.country, s.hours) for s in listing.spots if s.hours and s.timezone}
    found = {("serves", path) for path in served}
    found |= {("around", above) for path in around for above in ancestor_paths(path)}
    found |= {("hours", "|".join(each)) for each in hours}
    if any(area.kind == "online" for area in listing.areas):
        found.add(("online", ""))
    if any(spot.latitude is not None for spot in listing.spots):
        found.add(("point", ""))
    yield from found
    yield from (("circles", _circle(area)) for area in listing.areas if area.kind == "radius")


def _circle(area: Area) -> str:
    return circle_name(area.latitude, area.longitude, area.radius_km)


def circle_name(latitude: float, longitude: float, radius_km: float) -> str:
    """What stands for a circle among the counts."""
    return f"{radius_km:g} km around {latitude:.4f},{longitude:.4f}"


def key_group(number: int) -> str:
    """What stands for the group of an exact key among the counts."""
    return f"{number >> KEY_SHIFT:03x}"


def _codes(listing: Listing) -> np.ndarray:
    points = [(s.latitude, s.longitude) for s in listing.spots if s.latitude is not None]
    columns = np.array(points, np.float64).reshape(-1, 2)
    return codes_of(columns[:, 0], columns[:, 1])
