"""What grows old wants a new look: it is demoted and says so, and stays where it is."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from directory.actions import confirmations
from directory.actions.ageing import age_listings
from directory.models import Door, Organization, Revision, SourceRecord, VerificationLevel
from tests.factories import make_organization

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as travelled:
        yield travelled


def check(listing, level: VerificationLevel, on: datetime.date | None = None, **fields) -> None:
    day = on or timezone.localdate()
    confirmations.verify(listing, level=level, on=day, by=None, door=Door.ADMIN, **fields)


def age() -> list[int]:
    return list(age_listings())


@pytest.mark.parametrize(
    ("level", "days"),
    [
        ("UNVERIFIED", 180),
        ("SELF_REPORTED", 365),
        ("EDITOR_CHECKED", 365),
        ("ORG_CONFIRMED", 540),
        ("PEER_VOUCHED", 540),
        ("DOCUMENTED", 730),
    ],
)
def test_each_level_lasts_as_long_as_is_published(clock, level, days):
    listing = make_organization()
    level = VerificationLevel[level]
    if level:
        check(listing, level, peer_name="Example network")

    clock.shift(days * DAY)
    assert age() == []
    clock.shift(DAY)
    assert age() == [listing.pk]

    listing.refresh_from_db()
    assert listing.stale_since == timezone.localdate()
    assert (listing.verification, listing.publication) == (level, "published")


def test_growing_old_stands_in_the_log_once(clock):
    listing = make_organization()
    check(listing, VerificationLevel.EDITOR_CHECKED)
    clock.shift(400 * DAY)

    age()
    assert age() == []

    newest = Revision.objects.newest_first()[0]
    assert (newest.kind, newest.changeset.door) == ("grown_old", "clock")
    assert listing.revisions.filter(kind="grown_old").count() == 1


def test_a_firm_check_that_grows_old_gives_way_to_a_fresh_one(clock):
    listing = make_organization()
    check(listing, VerificationLevel.DOCUMENTED)
    clock.shift(700 * DAY)
    check(listing, VerificationLevel.SELF_REPORTED)
    clock.shift(40 * DAY)

    age()

    listing.refresh_from_db()
    assert listing.verification == VerificationLevel.SELF_REPORTED
    assert listing.stale_since is None


def test_a_new_confirmation_ends_it(clock):
    listing = make_organization()
    clock.shift(200 * DAY)
    age()

    check(listing, VerificationLevel.ORG_CONFIRMED)

    assert not Organization.objects.marked_stale().exists()
    assert age() == []


def test_an_import_that_was_read_again_wants_no_new_look(clock):
    make_organization()
    clock.shift(200 * DAY)
    age()
    assert Organization.objects.marked_stale().count() == 1

    SourceRecord.objects.update(fetched_on=timezone.localdate())
    age()

    assert Organization.objects.marked_stale().count() == 0


def test_what_is_not_on_the_site_does_not_grow_old(clock):
    make_organization(published=False)
    clock.shift(900 * DAY)

    assert age() == []


def test_what_grew_old_comes_after_what_is_fresh(clock, client):
    old, fresh = make_organization("Example old"), make_organization("Example young")
    check(old, VerificationLevel.EDITOR_CHECKED)
    clock.shift(360 * DAY)
    check(fresh, VerificationLevel.EDITOR_CHECKED, timezone.localdate() - 340 * DAY)
    ask = {"verified_only": "true"}
    assert client.get("/api/v1/organizations/", ask).json()["count"] == 2

    clock.shift(6 * DAY)
    age()

    found = client.get("/api/v1/organizations/", {"sort": "relevance"}).json()["results"]
    assert [hit["name"] for hit in found] == ["Example young", "Example old"]
    assert client.get("/api/v1/organizations/", ask).json()["count"] == 1
