import datetime

import pytest

from directory.search.opening import is_open
from directory.web.hours import hours_of
from tests.factories import make_organization

UTC = datetime.timezone.utc  # noqa: UP017
MONDAY_NOON = datetime.datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("Europe/London|GB|Mo-Fr 09:00-17:00", True),
        ("America/New_York|US|Mo-Fr 09:00-17:00", False),  # Seven in the morning there.
        ("America/New_York|US|Mo 06:00-08:00", True),
        ("Asia/Tokyo|JP|Mo 20:00-22:00", True),
        ("Europe/London|GB|24/7", True),
        ("Europe/London|GB|Sa 09:00-12:00", False),
        ("Europe/London|XX|Mo-Fr 09:00-17:00", True),
        ("Nowhere/Land|GB|24/7", False),
        ("Europe/London|GB|whenever", False),
        ('Europe/London|GB|Mo-Fr 09:00-17:00 "by appointment"', False),
        ("Europe/London|GB|sunrise-sunset", False),
        ("Europe/London|XX|Mo-Fr 09:00-17:00; PH off", False),
    ],
)
def test_hours_are_read_at_the_clock_of_the_place(group, expected):
    assert is_open(group, MONDAY_NOON) is expected


def test_open_now_finds_what_is_open(names):
    place = {"place": "us/maryland/takoma-park", "country": "US"}
    make_organization()  # Makes the place.
    make_organization("Always", place=None, locations=[place | {"opening_hours": "24/7"}])
    make_organization("Never", place=None, locations=[place | {"opening_hours": "24/7 off"}])
    hidden = place | {"opening_hours": "24/7", "precision": "hidden"}
    make_organization("Hidden", place=None, locations=[hidden])

    assert names("open_now=1") == ["Always"]


HOURS = (
    "24/7", "24/7 off", "Mo-Fr 09:00-17:00", 'Mo-Fr 09:00-17:00 "by appointment"', "Mo-Fr unknown",
    "sunrise-sunset", "Mo-Fr 09:00-17:00; PH off", "Fr 20:00-02:00", "whenever", "Mo[1] 10:00-14:00",
    "SH 10:00-12:00", "Dec 24 10:00-12:00",
)  # fmt: skip


@pytest.mark.parametrize("country", ["US", "GB", "XX"])
@pytest.mark.parametrize("hours", HOURS)
def test_the_filter_finds_just_what_the_page_calls_open(hours, country):
    for hour in range(0, 24 * 7, 5):
        moment = MONDAY_NOON + datetime.timedelta(hours=hour)
        now = hours_of(hours, "Europe/London", country, moment).now

        assert is_open(f"Europe/London|{country}|{hours}", moment) == bool(now and now.is_open)
