"""When a place is open: a table for a regular week, and open or closed at a moment."""

import datetime
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_timezone_name
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from directory.documents.opening_week import Span, closes_on_holidays, opening_week
from directory.search.opening import change_after, is_open_at, local_time

SOON_DAYS = 6  # A weekday's name says which day within this many days.


@dataclass(frozen=True)
class OpenNow:
    """Whether it is open at a moment, and when that changes, in words ("" if it does not)."""

    is_open: bool
    change: str


@dataclass(frozen=True)
class Row:
    """Days with the same times, in words."""

    days: str
    times: str
    is_today: bool = False


@dataclass(frozen=True)
class Hours:
    """Opening hours for a template: rows where they are a regular week, else only the text."""

    text: str
    zone: str
    rows: list[Row] = field(default_factory=list)
    closed_on_holidays: bool = False
    now: OpenNow | None = None


def hours_of(text: str, timezone: str, country: str, moment: datetime.datetime) -> Hours | None:
    """The hours written in OpenStreetMap's syntax, as seen at a moment; None without hours.

    Open or closed is said only where a time zone is known and the hours leave no doubt.
    """
    if not text:
        return None
    local = local_time(moment, timezone)
    week = opening_week(text)
    today = local.weekday() if local else None
    return Hours(
        text=text,
        zone=_zone_name(timezone) if local else "",
        rows=_rows([_times(spans) for spans in week], today) if week else [],
        closed_on_holidays=bool(week) and closes_on_holidays(text),
        now=open_now(text, local, country) if local else None,
    )


def open_now(text: str, local: datetime.datetime, country: str) -> OpenNow | None:
    """Open or closed at a time of the clock there; None where the hours do not say it for sure."""
    is_open = is_open_at(text, country, local)
    if is_open is None:
        return None
    change = change_after(text, country, local)
    return OpenNow(is_open, _change(change, local) if change else "")


def _change(change: datetime.datetime, local: datetime.datetime) -> str:
    """When the state changes: "9 pm", "Tuesday, 9 am", or the day if that is far."""
    days = (change.date() - local.date()).days
    time = clock(change.time())
    # A night ends on the next morning; nobody says "until Tuesday, 2 am" on Monday evening.
    if days == 0 or (days == 1 and change.hour < 6):
        return time
    if days <= SOON_DAYS:
        return _("%(day)s, %(time)s") % {"day": day_name(change.weekday()), "time": time}
    return date_format(change.date(), "DATE_FORMAT")


def clock(time: datetime.time) -> str:
    """A time of day as people write it: "9 am" and "9:30 pm" in English, else 09:00."""
    if not (get_language() or "en").startswith("en"):
        return f"{time:%H:%M}"
    hour = time.hour % 12 or 12
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{hour}{minutes} {'am' if time.hour < 12 else 'pm'}"


def day_name(weekday: int) -> str:
    """The day of the week in the visitor's language; 0 is Monday."""
    language = (get_language() or "en").split("-")[0]
    return get_day_names("wide", context="stand-alone", locale=language)[weekday]


def _times(spans: list[Span]) -> str:
    if not spans:
        return pgettext("opening hours", "closed")
    midnight = datetime.time(0)
    if spans == [(midnight, midnight)]:
        return _("all day")
    return ", ".join(
        _("%(start)s to %(end)s") % {"start": clock(start), "end": _closing(end)}
        for start, end in spans
    )


def _closing(end: datetime.time) -> str:
    return _("midnight") if end == datetime.time(0) else clock(end)


def _rows(times: list[str], today: int | None) -> list[Row]:
    """Runs of days with the same times; today stands by itself."""
    rows: list[Row] = []
    start = 0
    for day in range(1, 8):
        if day < 7 and times[day] == times[start] and today not in {start, day}:
            continue
        rows.append(Row(_days(start, day - 1, today), times[start], today == start))
        start = day
    return rows


def _days(first: int, last: int, today: int | None) -> str:
    name = day_name(first).capitalize()
    if first == today:
        return _("%(day)s, today") % {"day": name}
    if first == last:
        return name
    return _("%(first)s to %(last)s") % {"first": name, "last": day_name(last)}


def _zone_name(timezone: str) -> str:
    language = (get_language() or "en").split("-")[0]
    return get_timezone_name(ZoneInfo(timezone), zone_variant="generic", locale=language)
