"""Numbers kept for every listing: what breaks ties, and what the orders sort by."""

import datetime
from typing import Any

import numpy as np
from django.utils import timezone

from directory.models import VerificationLevel
from directory.models.confirmation import STALE_AFTER_DAYS
from directory.search.index import country_number, postcode_hash
from directory.search.listings import Area, Listing, Spot
from directory.search.words import words_of

EPOCH = datetime.date(1970, 1, 1).toordinal()
STEP = 1e11  # Larger than any time stamp, so that the kind of listing decides first.
ROW_TYPES = {
    "organization_id": np.int64,
    "static": np.float64,
    "name_rank": np.float64,
    "confirmed_on": np.int32,
    "name_length": np.uint8,
}
POINT_TYPES = {
    "code": np.uint64,
    "latitude": np.float64,
    "longitude": np.float64,
    "document": np.uint32,
    "postcode": np.uint32,
    "is_wide": np.uint8,  # 0 or 1
    "country": np.uint16,
    "is_branch": np.uint8,  # 0 or 1: whether the listing has further points
}
KEY_TYPES = {"number": np.uint64, "document": np.uint32}
CIRCLE_TYPES = {
    "latitude": np.float64,
    "longitude": np.float64,
    "radius_km": np.float64,
    "document": np.uint32,
}


def static_rank(listing: Listing, today: datetime.date) -> float:
    """What comes first among equals: checked and fresh, then unchecked, then stale, then ended;
    the newest of each first."""
    level = VerificationLevel(listing.verification)
    is_stale = (
        listing.verified_on is not None
        and (today - listing.verified_on).days > STALE_AFTER_DAYS[level]
    )
    if listing.has_ended:
        tier = 0
    elif is_stale:
        tier = 1
    else:
        tier = 3 if level >= VerificationLevel.EDITOR_CHECKED else 2
    return tier * STEP + listing.published_at.timestamp()


def confirmed_on(listing: Listing) -> int:
    """The day of the last confirmation, by the directory's calendar, as days since 1970; 0 for
    never."""
    if listing.confirmed_at is None:
        return 0
    return timezone.localdate(listing.confirmed_at).toordinal() - EPOCH


def row_of(listing: Listing, name_rank: float, today: datetime.date) -> dict[str, Any]:
    """The row of a listing in `Index.rows`."""
    return {
        "organization_id": listing.organization_id,
        "static": static_rank(listing, today),
        "name_rank": name_rank,
        "confirmed_on": confirmed_on(listing),
        "name_length": min(max(len(words_of(listing.name)), 1), 255),
    }


def point_row(spot: Spot, document: int, *, is_branch: bool) -> dict[str, Any]:
    """The row of a location with a public point in `Index.points`; its code is still to be set."""
    return {
        "code": 0,
        "latitude": spot.latitude,
        "longitude": spot.longitude,
        "document": document,
        "postcode": postcode_hash(spot.postcode),
        "is_wide": spot.is_wide,
        "country": country_number(spot.country),
        "is_branch": is_branch,
    }


def circle_row(area: Area, document: int) -> dict[str, Any]:
    """The row of a circle served in `Index.circles`."""
    return {
        "latitude": area.latitude,
        "longitude": area.longitude,
        "radius_km": area.radius_km,
        "document": document,
    }
