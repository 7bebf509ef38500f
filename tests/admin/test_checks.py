"""Checks are recorded in the admin, and taken back where they were a mistake."""

import pytest
from django.urls import reverse

from directory.models import VerificationLevel
from tests.admin.forms import messages_of
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


def test_a_check_raises_the_verification(editor):
    listing = make_organization()
    url = reverse("admin:directory_organization_check", args=[listing.pk])

    editor.post(url, {"level": "2", "on": "2026-05-01", "note": "Saw its website"})

    listing.refresh_from_db()
    assert listing.verification == VerificationLevel.EDITOR_CHECKED
    assert listing.verification_events.get().by.username == "ana"


@pytest.mark.parametrize(
    "fields", [{"on": "2999-01-01"}, {"level": "4"}, {"level": "9"}, {"on": "soon"}]
)
def test_a_check_that_makes_no_sense_is_refused(editor, fields):
    listing = make_organization()
    url = reverse("admin:directory_organization_check", args=[listing.pk])

    response = editor.post(url, {"level": "2", "on": "2026-05-01"} | fields)

    assert response.status_code == 200
    assert not listing.verification_events.exists()


@pytest.fixture
def mistaken(editor):
    """A listing of which an editor recorded by mistake that papers were seen."""
    listing = make_organization()
    url = reverse("admin:directory_organization_check", args=[listing.pk])
    editor.post(url, {"level": "5", "on": "2026-05-01", "evidence_title": "Charter"})
    return listing


def taking_back(listing) -> str:
    event = listing.verification_events.get()
    return reverse("admin:directory_organization_void", args=[listing.pk, event.pk])


def test_a_check_is_taken_back_from_the_form_of_its_listing(editor, mistaken):
    form = reverse("admin:directory_organization_change", args=[mistaken.pk])
    assert f'href="{taking_back(mistaken)}"' in editor.get(form).content.decode()
    assert "Papers seen" in editor.get(taking_back(mistaken)).content.decode()

    response = editor.post(taking_back(mistaken), {"reason": "Wrong listing"}, follow=True)

    assert "The check is taken back." in messages_of(response)
    assert f'href="{taking_back(mistaken)}"' not in response.content.decode()
    page = editor.get(mistaken.get_absolute_url()).content.decode()
    assert "Charter" not in page
    assert "Not checked yet" in page


def test_the_history_says_who_took_a_check_back_and_why(editor, mistaken):
    editor.post(taking_back(mistaken), {"reason": "Wrong listing"})

    history = reverse("admin:directory_organization_history", args=[mistaken.pk])
    page = " ".join(editor.get(history).content.decode().split())
    assert "Check taken back, Admin, ana" in page
    assert "Wrong listing" in page


def test_a_check_is_not_taken_back_without_a_reason(editor, mistaken):
    response = editor.post(taking_back(mistaken), {"reason": ""})

    assert response.status_code == 200
    mistaken.refresh_from_db()
    assert mistaken.verification == VerificationLevel.DOCUMENTED


def test_a_check_that_was_taken_back_already_is_said_to_be(editor, mistaken):
    editor.post(taking_back(mistaken), {"reason": "Wrong listing"})

    response = editor.post(taking_back(mistaken), {"reason": "Again"}, follow=True)

    assert "taken back already" in messages_of(response)


def test_only_who_may_change_listings_takes_a_check_back(client, mistaken):
    client.force_login(make_user("eva"))

    client.post(taking_back(mistaken), {"reason": "No"})

    mistaken.refresh_from_db()
    assert mistaken.verification == VerificationLevel.DOCUMENTED


def test_a_check_of_another_listing_is_not_found(editor, mistaken):
    event = mistaken.verification_events.get()
    url = reverse("admin:directory_organization_void", args=[make_organization().pk, event.pk])

    assert editor.get(url).status_code == 404
