"""Saying "still right" in a real browser: as a visitor, and from a letter."""

import re

import pytest
from playwright.sync_api import Page, expect

from directory.actions import reminders
from directory.models import Organization, Reminder, VerificationLevel
from directory.models.reminder import digest_of_address


@pytest.fixture
def listing(site, django_db_blocker) -> Organization:
    """One of the listings of the site."""
    with django_db_blocker.unblock():
        return Organization.objects.published().order_by("pk")[0]


def test_a_visitor_says_that_it_still_exists(page: Page, listing):
    page.goto(listing.get_absolute_url())
    page.get_by_role("link", name="It is still right").click()
    page.get_by_label("It still exists").check()
    page.get_by_role("button", name="It is still right").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    page.get_by_role("link", name="Back to the listing").click()
    expect(page.get_by_text("a visitor says so")).to_be_visible()


def test_the_button_of_a_letter_confirms_the_listing(page: Page, listing, django_db_blocker):
    with django_db_blocker.unblock():
        digest = digest_of_address("windows@example.org", listing.uid)
        reminder = Reminder.objects.create(organization=listing, address_digest=digest)
        listing.email = "windows@example.org"
        letter = reminders.write_letter(reminder)
    page.goto(re.search(r"(/answers/\S+)", letter.body)[1])
    page.get_by_role("button", name="Still right").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    with django_db_blocker.unblock():
        listing.refresh_from_db()
        assert listing.verification == VerificationLevel.ORG_CONFIRMED
