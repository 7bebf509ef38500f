"""Open or closed at a moment, and who is open now.

Every distinct set of hours is evaluated once a minute, not every listing.
"""

import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from opening_hours import OpeningHours, ParserError, State, UnknownCountryError
from pyroaring import BitMap

from directory.search.index import Index

# Hours that follow the sun or school holidays need more than a time zone to be computed.
UNCERTAIN = ("sunrise", "sunset", "dawn", "dusk", "SH", "easter")


def open_now(index: Index, now: datetime.datetime) -> BitMap:
    """Listings of which a public location is open at `now` (an aware time).

    Hours that leave a doubt, and places whose time zone is not known, count as not open.
    """
    minute = now.replace(second=0, microsecond=0)
    cached = index.cache.get("open")
    if cached is None or cached[0] != minute:
        groups = [
            index.postings.get("hours", group)
            for group in index.postings.values("hours")
            if is_open(group, minute)
        ]
        cached = (minute, BitMap.union(*groups) if groups else BitMap())
        index.cache["open"] = cached
    return cached[1] & index.live


def is_open(group: str, now: datetime.datetime) -> bool:
    """Whether hours of the form `time zone|country|hours` surely include this moment there."""
    zone, country, hours = group.split("|", 2)
    local = local_time(now, zone)
    return local is not None and is_open_at(hours, country, local) is True


def local_time(now: datetime.datetime, timezone: str) -> datetime.datetime | None:
    """What a clock on the wall there shows, without a zone; None where the zone is not known."""
    try:
        return now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None) if timezone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def is_open_at(hours: str, country: str, local: datetime.datetime) -> bool | None:
    """Open or closed at a time of the clock there; None where the hours do not say it for sure.

    The filter and the pages both ask here, so that neither says what the other denies.
    """
    rules = rules_of(hours, country)
    if rules is None:
        return None
    state, comment = rules.state(local)
    return None if state == State.UNKNOWN or comment else state == State.OPEN


def change_after(hours: str, country: str, local: datetime.datetime) -> datetime.datetime | None:
    """When that changes next, by the same clock; None if it never does."""
    rules = rules_of(hours, country)
    return rules.next_change(local) if rules else None


@lru_cache(maxsize=50_000)
def rules_of(hours: str, country: str) -> OpeningHours | None:
    """Hours in OpenStreetMap's syntax, read; None where a clock is not enough to compute them."""
    if any(word in hours for word in UNCERTAIN):
        return None
    try:
        return OpeningHours(hours, country=country or None)
    except UnknownCountryError:
        # Its public holidays are not known; the week still is.
        return None if "PH" in hours else OpeningHours(hours)
    except ParserError:
        return None
