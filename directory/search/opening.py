"""Open now: every distinct set of hours is evaluated once a minute, not every listing."""

import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from opening_hours import OpeningHours, ParserError, UnknownCountryError
from pyroaring import BitMap

from directory.search.index import Index


def open_now(index: Index, now: datetime.datetime) -> BitMap:
    """Listings of which a public location is open at `now` (an aware time).

    Hours that cannot be read, and places whose time zone is not known, count as not open.
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
    """Whether hours of the form `time zone|country|hours` include this moment there."""
    zone, country, hours = group.split("|", 2)
    rules = _rules(hours, country)
    if rules is None:
        return False
    try:
        local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return rules.is_open(local)


@lru_cache(maxsize=50_000)
def _rules(hours: str, country: str) -> OpeningHours | None:
    try:
        return OpeningHours(hours, country=country) if country else OpeningHours(hours)
    except UnknownCountryError:
        return _rules(hours, "")
    except ParserError:
        return None
