"""The life of a listing, and whether its history tells it truly."""

import datetime
import re
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from directory.actions import erasures, organizations, reminders, undo
from directory.actions.ageing import age_listings
from directory.documents import document_of
from directory.models import Answer, Door, Organization, Reminder, Revision
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


def edit(listing, reason="", by=None, **fields) -> Revision:
    document = document_of(Organization.objects.with_parts().get(pk=listing.pk))
    organizations.edit(listing, document | fields, by=by, door=Door.ADMIN, reason=reason)
    return listing.revisions.newest_first()[0]


def steps_of(client, listing) -> list[str]:
    """Each step of the page as text, the newest first."""
    html = client.get(f"/organizations/{listing.slug}/history/").content.decode()
    sections = re.findall(r'<section class="part".*?</section>', html, re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", each)).split()) for each in sections]


def test_who_did_what_when_and_why_and_what_time_did(client):
    ana = make_user("ana", is_editor=True)
    listing = make_organization("Example bakery", summary="We bake.", email="b@example.org")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        mistake = edit(listing, "Heard so", by=ana, summary="We brew.")
        undo.revert_revision(mistake, by=ana, door=Door.ADMIN, reason="Wrong enterprise")
        clock.shift(datetime.timedelta(days=400))
        list(age_listings())
        list(reminders.remind_all())
        reminders.answer(Reminder.objects.get(), Answer.STILL_RIGHT)
        wish = erasures.Wish(fields=["email"])
        erasures.erase(listing, wish, by=ana, door=Door.ADMIN, reason="A person asked")

        steps = steps_of(client, listing)

    erased, confirmed, old, undone, edited, published = steps
    assert erased.startswith("Personal data removed")
    assert "removed from this version and from all before it" in erased
    assert "Why: A person asked" in erased
    assert "by the organization itself, in answer to a letter" in confirmed
    assert old.startswith("Grown old")
    assert "by the passing of time" in old
    assert "by an editor, in the admin" in undone
    assert f"It undoes version {mistake.version}." in undone
    assert "Why: Wrong enterprise" in undone
    assert "We brew." in edited
    assert "Why: Heard so" in edited
    assert published.startswith("Published")
    assert "ana" not in " ".join(steps).split()
