"""A listing as far as a card shows it tells what the whole listing tells."""

import datetime

import pytest
from django.utils import timezone

from directory.actions import confirmations
from directory.models import (
    Door,
    Location,
    Organization,
    Place,
    Precision,
    SourceRecord,
    VerificationLevel,
    short_listings,
)
from directory.models.composed import rows_of
from directory.web.stitches import ended, stitch_of
from directory.web.whereabouts import at_home
from tests.factories import make_organization, make_place

pytestmark = pytest.mark.django_db
PLACE = ("kind", "name", "country_code", "latitude", "longitude", "timezone")


def told(listing) -> dict:
    """All that a card uses of a listing."""
    return {
        "locations": [
            (place._replace(place=None), places_of(place.place))
            for place in listing.public_locations
        ],
        "has hidden": listing.has_hidden_location,
        "terms": listing.terms,
        "stitch": stitch_of(listing),
        "ended": ended(listing),
        "where": at_home(listing),
        "address": listing.get_absolute_url(),
    }


def places_of(place) -> list[tuple]:
    """A place and those that hold it."""
    found = []
    while place is not None:
        found.append(tuple(getattr(place, column) for column in PLACE))
        place = place.parent
    return found


def check(*listings: Organization) -> None:
    """Compare them with their short ones."""
    whole = Organization.objects.cards(listing.pk for listing in listings)
    short = short_listings(whole)
    assert short.keys() == whole.keys()
    for pk in whole:
        assert told(short[pk]) == told(whole[pk])


def test_all_is_told_alike_at_every_precision_in_every_kind_of_place():
    make_place("us/maryland/takoma-park")
    listings = [make_organization(place=None, locations=[{"country": "US"}]) for _ in range(4)]
    Location.objects.filter(organization__in=listings).delete()
    for listing, path in zip(
        listings, ["us/maryland/takoma-park", "us/maryland", "us", None], strict=True
    ):
        place = Place.objects.filter(path=path).first()
        point = {"latitude": 38.987654321, "longitude": -77.012345678}
        for number, precision in enumerate([*Precision] * 2):
            Location.objects.create(
                organization=listing,
                position=20 - number,
                precision=precision,
                name="Back door",
                street="1200 Example Street",
                postcode="20912",
                locality="Takoma Park" if number % 2 else "",
                region="Maryland" if number % 3 else "",
                country="" if place and number % 2 else "US",
                place=place,
                opening_hours="Mo-Fr 09:00-17:00",
                wheelchair="yes",
                accessibility_note="Ring twice",
                **(point if number < len(Precision) else {}),
            )

    check(*listings)


def test_all_is_told_alike_of_those_that_are_nowhere_to_be_seen():
    online = {"service_areas": [{"kind": "online"}]}
    hidden = {"place": None, "locations": [{"country": "US", "precision": "hidden"}]}
    listings = [
        make_organization(place=None, **online),
        make_organization(**hidden),
        make_organization(**hidden, **online),
        make_organization(lifecycle="closed", closed="2024-05"),
    ]

    check(*listings)
    assert short_listings([listings[2].pk])[listings[2].pk].works_online


def test_all_is_told_alike_however_it_was_checked():
    listings = [
        checked(level, is_newest_voided=is_voided)
        for level in [*VerificationLevel][1:]
        for is_voided in (False, True)
    ]
    SourceRecord.objects.update(fetched_on=timezone.localdate())

    check(*listings, make_organization())


def checked(level: VerificationLevel, *, is_newest_voided: bool) -> Organization:
    """A listing that was checked twice."""
    listing, today = make_organization(), timezone.localdate()
    for days in (1, 0):
        event = confirmations.verify(
            listing,
            level=level,
            on=today - datetime.timedelta(days=days),
            by=None,
            door=Door.COMMAND,
            peer_name=f"Example peer {days}",
            evidence_title=f"Example paper {days}",
        )
    if is_newest_voided:
        confirmations.void_check(event, by=None, door=Door.COMMAND)
    return listing


def ids_first(ids):
    return Organization.objects.filter(pk__in=ids).filter(name="Example").values_list("pk")


def test_a_question_that_goes_on_after_the_ids_is_refused():
    with pytest.raises(ValueError, match="ids_first"):
        rows_of(ids_first, [1, 2])
