"""The verification level is derived from what was logged."""

import datetime

import pytest

from directory.actions.confirmations import verify
from directory.models import Door, VerificationLevel
from tests.factories import make_organization

pytestmark = pytest.mark.django_db

MAY, JUNE = datetime.date(2026, 5, 1), datetime.date(2026, 6, 1)


def check(listing, level: VerificationLevel, on: datetime.date, **fields) -> None:
    verify(listing, level=level, on=on, by=None, door=Door.ADMIN, **fields)


def test_a_new_listing_is_unverified():
    assert make_organization().verification == VerificationLevel.UNVERIFIED


def test_the_firmest_event_decides_and_the_newest_dates_the_confirmation():
    listing = make_organization()

    check(listing, VerificationLevel.DOCUMENTED, MAY)
    check(listing, VerificationLevel.SELF_REPORTED, JUNE)

    assert listing.verification == VerificationLevel.DOCUMENTED
    assert listing.verified_on == MAY
    assert listing.last_confirmed_at.date() == JUNE


def test_a_check_stands_in_the_log():
    listing = make_organization()

    check(listing, VerificationLevel.PEER_VOUCHED, MAY, peer_name="Example network")

    assert listing.revisions.newest_first()[0].kind == "verified"
