"""Where sources disagree, the page says so and takes no side."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from directory.actions import reminders
from directory.actions.confirmations import verify
from directory.models import Answer, Door, Reminder, VerificationLevel
from tests.factories import make_organization, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("taxonomy")]
DISAGREE = "Here its sources disagree"


def shown(client, listing) -> str:
    return client.get(listing.get_absolute_url()).content.decode()


def said(code: str, **fields) -> dict:
    return {"scheme": "type", "code": code} | fields


def by_import(code: str) -> dict:
    make_source("example-register")
    return said(code, asserted_by="import", source="example-register")


def test_sources_that_name_different_types_are_set_side_by_side(client):
    itself = said("consumer-cooperative", asserted_by="organization")
    listing = make_organization(claims=[by_import("worker-cooperative"), itself])

    html = shown(client, listing)

    assert DISAGREE in html
    assert "Example register: Worker cooperative" in html
    assert "The organization itself: Consumer cooperative" in html


@pytest.mark.parametrize(
    "codes",
    [
        pytest.param(("credit-union", "credit-union"), id="the same"),
        pytest.param(("credit-union", "community-development-credit-union"), id="a narrower one"),
    ],
)
def test_sources_that_say_the_same_do_not_disagree(client, codes):
    itself = said(codes[1], asserted_by="organization")
    listing = make_organization(claims=[by_import(codes[0]), itself])

    assert DISAGREE not in shown(client, listing)


def test_one_side_that_names_several_types_does_not_disagree_with_itself(client):
    listing = make_organization(types=("worker-cooperative", "credit-union"))

    assert DISAGREE not in shown(client, listing)


def test_its_own_word_that_it_has_closed_stands_beside_the_listing_until_somebody_looked(client):
    listing = make_organization(email="bakery@example.org")
    with time_machine.travel(timezone.now() + datetime.timedelta(days=400), tick=False) as clock:
        list(reminders.remind_all())
        reminders.answer(Reminder.objects.get(), Answer.CLOSED)
        assert "said on" in shown(client, listing)

        clock.shift(datetime.timedelta(days=1))
        level, today = VerificationLevel.EDITOR_CHECKED, timezone.localdate()
        verify(listing, level=level, on=today, by=None, door=Door.ADMIN)
        assert DISAGREE not in shown(client, listing)
