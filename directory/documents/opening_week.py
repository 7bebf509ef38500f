"""The regular week in opening hours of OpenStreetMap's syntax, where they are nothing more."""

import datetime
import re

from opening_hours import OpeningHours, ParserError

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_RUN = f"{_DAY}(?:-{_DAY})?"
_TIME = "[0-9]{2}:[0-9]{2}"
_SPAN = f"{_TIME}-{_TIME}"
_RULE = re.compile(
    rf"(?:(?P<days>{_RUN}(?:,{_RUN})*) )?(?P<times>{_SPAN}(?:,{_SPAN})*|closed|24/7)"
)
# What a rule says of public holidays is true of no weekday.
_HOLIDAYS = re.compile(r"(?:PH|SH)(?:,(?:PH|SH))* (?:closed|off)")

Span = tuple[datetime.time, datetime.time]
Week = list[list[Span]]


def opening_week(text: str) -> Week | None:
    """Opening and closing times of Monday to Sunday; None where there is more to it than a week.

    Seasons, single days, comments, sunset and the like make None. A closing time that is not
    after the opening time lies on the next day; 00:00 to 00:00 is the whole day.
    """
    try:
        rules = str(OpeningHours(text).normalize()).split(";")
    except ParserError:
        return None
    week: Week = [[] for _day in DAYS]
    for rule in (rule.strip() for rule in rules):
        if _HOLIDAYS.fullmatch(rule):
            continue
        found = _RULE.fullmatch(rule)
        if found is None:
            return None
        spans = _spans(found["times"])
        for day in _days(found["days"]):
            week[day] = spans
    return week if any(week) else None


def closes_on_holidays(text: str) -> bool:
    """Whether the hours say that it is closed on public holidays."""
    return bool(re.search(r"\bPH (?:off|closed)\b", text))


def _days(written: str | None) -> list[int]:
    if written is None:
        return list(range(7))
    days: list[int] = []
    for run in written.split(","):
        first, _, last = run.partition("-")
        start, end = DAYS.index(first), DAYS.index(last or first)
        days.extend(day % 7 for day in range(start, (end if end >= start else end + 7) + 1))
    return days


def _spans(written: str) -> list[Span]:
    if written == "closed":
        return []
    if written == "24/7":
        return [(datetime.time(0), datetime.time(0))]
    return [(_time(span.split("-")[0]), _time(span.split("-")[1])) for span in written.split(",")]


def _time(written: str) -> datetime.time:
    """24:00 is midnight, and 26:00 two hours after it."""
    hour, minute = written.split(":")
    return datetime.time(int(hour) % 24, int(minute))
