"""Visitors say "still right" without an account: seen by the next one, and weak evidence."""

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from directory.actions import organizations
from directory.actions.confirmations import verify, void_check
from directory.documents import document_of
from directory.models import Door, Fact, FactConfirmation, Organization, VerificationLevel
from tests.factories import make_organization, make_place
from tests.web.pages import heading

pytestmark = pytest.mark.django_db
HOURS = "Mo-Fr 09:00-17:00"


@pytest.fixture(autouse=True)
def no_counts():
    """Counts of one test are none of the next one's."""
    cache.clear()


def make_bakery(**fields) -> Organization:
    return make_organization(
        "Example Bakery", **{"phone": "+12025550123", "phone_is_public": True} | fields
    )


def at(**fields) -> list[dict]:
    make_place()
    return [{"place": "us/maryland/takoma-park", "country": "US"} | fields]


def page_of(listing) -> str:
    return reverse("organization-confirm", args=[listing.slug])


def shown(client, listing) -> str:
    return client.get(listing.get_absolute_url()).content.decode()


def test_a_visitor_ticks_what_is_right(client):
    listing = make_bakery()
    assert heading(client.get(page_of(listing)).content.decode())

    response = client.post(page_of(listing), {"facts": ["exists", "contact"]}, follow=True)

    assert heading(response.content.decode()) == "Thank you"
    assert "a visitor says so" in shown(client, listing)


def test_it_raises_no_level_and_is_no_confirmation_of_the_listing(client):
    listing = make_bakery()
    version = listing.version

    client.post(page_of(listing), {"facts": ["exists"]})

    listing.refresh_from_db()
    assert listing.verification == VerificationLevel.UNVERIFIED
    assert (listing.last_confirmed_at, listing.verified_on) == (None, None)
    assert listing.version == version


def test_opening_the_page_says_nothing(client):
    listing = make_bakery()

    client.get(page_of(listing))

    assert not FactConfirmation.objects.exists()


def test_only_what_the_listing_shows_can_be_confirmed(client):
    hidden = at(precision="hidden")
    listing = make_bakery(phone="", locations=hidden, service_areas=[{"kind": "online"}])

    response = client.post(page_of(listing), {"facts": ["exists", "address"]})

    assert response.status_code == 200
    assert not FactConfirmation.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"facts": []}, {"facts": ["no_such_fact"]}])
def test_nothing_ticked_is_said_at_the_field(client, sent):
    listing = make_bakery()

    html = client.post(page_of(listing), sent).content.decode()

    assert "There is a problem" in html
    assert not FactConfirmation.objects.exists()


def test_a_day_of_visitors_is_one_word(client):
    listing = make_bakery()

    for _visitor in range(3):
        client.post(page_of(listing), {"facts": ["exists"]})

    assert FactConfirmation.objects.count() == 1


def test_one_address_may_not_confirm_without_end(client, settings):
    settings.CONFIRMATIONS_PER_HOUR = 2
    listing = make_bakery()

    answers = [client.post(page_of(listing), {"facts": ["exists"]}).status_code for _i in range(3)]

    assert answers == [302, 302, 429]


def test_a_fact_that_changed_since_is_confirmed_no_longer(client):
    listing = make_bakery()
    client.post(page_of(listing), {"facts": ["exists", "contact"]})

    document = document_of(Organization.objects.with_parts().get(pk=listing.pk))
    organizations.edit(listing, document | {"phone": "+12025550199"}, by=None, door=Door.ADMIN)

    html = shown(client, listing)
    assert html.count("a visitor says so") == 1
    assert "nobody has confirmed this yet" in html


def test_each_fact_says_who_by_role_and_when(client):
    listing = make_bakery(locations=at(opening_hours=HOURS))
    day = timezone.localdate() - datetime.timedelta(days=9)
    verify(
        listing,
        level=VerificationLevel.ORG_CONFIRMED,
        on=day,
        by=None,
        door=Door.MAIL,
        facts=[Fact.EXISTS, Fact.HOURS],
    )

    html = shown(client, listing)

    assert html.count("<dd>confirmed by the organization itself") == 2
    assert f'datetime="{day.isoformat()}"' in html


def test_facts_of_a_check_that_was_taken_back_are_confirmed_no_longer(client):
    listing = make_bakery()
    level, today = VerificationLevel.EDITOR_CHECKED, timezone.localdate()
    event = verify(listing, level=level, on=today, by=None, door=Door.ADMIN)
    assert "checked by an editor" in shown(client, listing)

    void_check(event, by=None, door=Door.ADMIN)

    assert "checked by an editor" not in shown(client, listing)


def test_a_listing_that_is_not_shown_cannot_be_confirmed(client):
    listing = make_bakery()
    organizations.withdraw(listing, by=None, door=Door.ADMIN)

    assert client.post(page_of(listing), {"facts": ["exists"]}).status_code == 410
    assert client.get("/organizations/nowhere/confirm/").status_code == 404
    assert not FactConfirmation.objects.exists()
