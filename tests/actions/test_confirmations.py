"""The verification level is derived from what was logged."""

import datetime

import pytest
from django.utils import timezone

from directory.actions.confirmations import CheckVoided, verify, void_check
from directory.models import Door, VerificationLevel
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db

# Levels want a new look after a year or more.
MAY, JUNE = (timezone.localdate() - datetime.timedelta(days=days) for days in (60, 30))
LONG_AGO, LONGER_AGO = datetime.date(2019, 6, 1), datetime.date(2019, 1, 1)


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


def test_papers_seen_long_ago_give_way_to_a_fresh_check():
    listing = make_organization()

    check(listing, VerificationLevel.DOCUMENTED, LONG_AGO)
    check(listing, VerificationLevel.EDITOR_CHECKED, JUNE)

    assert listing.verification == VerificationLevel.EDITOR_CHECKED
    assert listing.verified_on == JUNE


def test_where_all_is_long_ago_the_newest_decides():
    listing = make_organization()

    check(listing, VerificationLevel.DOCUMENTED, LONGER_AGO)
    check(listing, VerificationLevel.EDITOR_CHECKED, LONG_AGO)

    assert (listing.verification, listing.verified_on) == (
        VerificationLevel.EDITOR_CHECKED,
        LONG_AGO,
    )


def test_a_check_that_is_taken_back_leaves_what_was_known_before():
    listing = make_organization()
    check(listing, VerificationLevel.EDITOR_CHECKED, MAY)
    check(listing, VerificationLevel.DOCUMENTED, JUNE)
    ana = make_user("ana")

    mistake = listing.verification_events.get(level=VerificationLevel.DOCUMENTED)
    void_check(mistake, by=ana, door=Door.ADMIN, reason="Wrong listing")

    listing.refresh_from_db()
    mistake.refresh_from_db()
    assert (listing.verification, listing.verified_on) == (VerificationLevel.EDITOR_CHECKED, MAY)
    assert listing.last_confirmed_at.date() == MAY
    assert mistake.voided_by == ana
    revision = listing.revisions.newest_first()[0]
    assert (revision.kind, revision.changeset.reason) == ("check_voided", "Wrong listing")


def test_a_listing_whose_only_check_is_taken_back_is_unverified_again():
    listing = make_organization()
    check(listing, VerificationLevel.DOCUMENTED, JUNE)

    void_check(listing.verification_events.get(), by=None, door=Door.ADMIN)

    listing.refresh_from_db()
    assert listing.verification == VerificationLevel.UNVERIFIED
    assert listing.verified_on is None
    assert listing.last_confirmed_at is None


def test_a_check_is_taken_back_once():
    listing = make_organization()
    check(listing, VerificationLevel.DOCUMENTED, JUNE)
    void_check(listing.verification_events.get(), by=None, door=Door.ADMIN)

    with pytest.raises(CheckVoided):
        void_check(listing.verification_events.get(), by=None, door=Door.ADMIN)
