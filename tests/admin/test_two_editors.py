"""What an editor typed is never lost: not by a refusal, not by another editor."""

import pytest
from django.urls import reverse

from directory.documents import document_of
from directory.models import Organization
from tests.admin.forms import ADD, change_form, errors_of, filled_in, sent_again
from tests.factories import make_organization, make_source

pytestmark = pytest.mark.django_db

TYPED = {"summary": "Bread, typed slowly.", "reason": "Seen there"}


def document_now(listing: Organization) -> dict:
    return document_of(Organization.objects.with_parts().get(pk=listing.pk))


def test_a_taken_address_word_is_told_at_its_field_with_all_that_was_typed(editor):
    make_organization("Taken", slug="taken")
    listing = make_organization()
    url, sent = change_form(editor, listing)

    response = editor.post(url, sent | TYPED | {"slug": "taken"})

    assert response.context["adminform"].form.errors["slug"] == ["The address word taken is taken."]
    assert "Bread, typed slowly." in response.content.decode()
    assert document_now(listing)["slug"] != "taken"


def test_a_new_listing_with_a_taken_address_word_stays_in_its_form(editor):
    make_organization("Taken", slug="taken")

    response = editor.post(ADD, filled_in(**TYPED, slug="taken"))

    assert "The address word taken is taken." in errors_of(response)
    assert "Bread, typed slowly." in response.content.decode()
    assert Organization.objects.count() == 1
    again = editor.post(ADD, sent_again(response) | {"slug": "free"})
    assert again.status_code == 302, errors_of(again)
    assert document_now(Organization.objects.get(slug="free"))["summary"] == TYPED["summary"]


def test_what_a_published_listing_needs_is_told_with_all_that_was_typed(editor):
    listing = make_organization()
    url, sent = change_form(editor, listing)

    response = editor.post(url, sent | TYPED | {"claims-0-DELETE": "on"})

    assert "Give it at least one type." in errors_of(response)
    assert "Bread, typed slowly." in response.content.decode()
    assert sent_again(response)["claims-0-DELETE"]


def test_the_second_of_two_editors_is_told_what_the_first_changed_and_keeps_the_input(
    editor, other
):
    listing = make_organization("Old name")
    url, sent = change_form(editor, listing)
    _url, first = change_form(other, listing)
    other.post(url, first | {"name": "New name"})

    response = editor.post(url, sent | TYPED)

    assert "ben changed this listing after you opened it." in errors_of(response)
    assert "Name: was “Old name”, is now “New name”" in errors_of(response)
    assert "Bread, typed slowly." in response.content.decode()
    assert document_now(listing)["name"] == "New name"

    again = editor.post(url, sent_again(response) | {"name": "New name"})
    assert again.status_code == 302, errors_of(again)
    assert (document_now(listing)["name"], document_now(listing)["summary"]) == (
        "New name",
        "Bread, typed slowly.",
    )


PLACES = [{"country": "FR", "street": "Rue 1"}, {"country": "TG", "street": "Rue 2"}]


def test_a_part_that_another_editor_took_out_can_be_kept_and_what_was_typed_stays(editor, other):
    listing = make_organization(locations=PLACES)
    url, sent = change_form(editor, listing)
    _url, first = change_form(other, listing)
    other.post(url, first | {"locations-0-DELETE": "on"})
    assert [part["country"] for part in document_now(listing)["locations"]] == ["TG"]

    response = editor.post(url, sent | {"locations-0-street": "Rue 17"})

    assert "Locations 1 street and number: was “Rue 1”, is now “Rue 2”" in errors_of(response)
    assert "Changed or taken out by somebody else" in response.content.decode()
    assert "Rue 17" in response.content.decode()
    again = editor.post(url, sent_again(response))
    assert again.status_code == 302, errors_of(again)
    assert [part["street"] for part in document_now(listing)["locations"]] == ["Rue 17", "Rue 2"]


def test_a_part_that_both_editors_took_out_stays_out(editor, other):
    listing = make_organization(locations=PLACES)
    url, sent = change_form(editor, listing)
    _url, first = change_form(other, listing)
    other.post(url, first | {"locations-0-DELETE": "on", "summary": "Cakes."})

    response = editor.post(url, sent | TYPED | {"locations-0-DELETE": "on"})

    again = editor.post(url, sent_again(response))
    assert again.status_code == 302, errors_of(again)
    assert [part["country"] for part in document_now(listing)["locations"]] == ["TG"]
    assert document_now(listing)["summary"] == TYPED["summary"]


def test_a_form_that_stayed_open_over_a_publication_is_saved(editor, other):
    listing = make_organization(published=False)
    url, sent = change_form(editor, listing)
    other.post(
        reverse("admin:directory_organization_changelist"),
        {"action": "publish", "_selected_action": [listing.pk]},
    )

    assert editor.post(url, sent | TYPED).status_code == 302
    assert document_now(listing)["summary"] == TYPED["summary"]


def test_what_only_the_other_changed_is_taken_over_and_what_both_changed_is_compared(editor, other):
    source = {"source": make_source().code, "external_id": "7", "fields": ["name", "summary"]}
    listing = make_organization("Old name", locations=PLACES, sources=[source])
    url, sent = change_form(editor, listing)
    _url, first = change_form(other, listing)
    theirs = {"name": "New name", "summary": "Cake.", "locations-0-street": "Rue 9"}
    other.post(url, first | theirs | {"founded": "1999", "email_is_public": "on"})

    response = editor.post(url, sent | TYPED)

    told = errors_of(response)
    assert "Name: was “Old name”, is now “New name”. Taken over below." in told
    assert "Source" not in told
    assert "Founded: was “”, is now “1999”. Taken over below." in told
    assert "Locations 1 street and number: was “Rue 1”, is now “Rue 9”. Taken over below." in told
    base = "An example that exists only in tests."
    assert f"was “{base}”, is now “Cake.”. Yours, below: “Bread, typed slowly.”." in told
    again = editor.post(url, sent_again(response))
    assert again.status_code == 302, errors_of(again)
    now = document_now(listing)
    assert (now["name"], now["summary"], now["founded"]) == ("New name", TYPED["summary"], "1999")
    assert now["email_is_public"] is True
    assert [part["street"] for part in now["locations"]] == ["Rue 9", "Rue 2"]


def test_a_form_that_is_saved_untouched_keeps_the_order_of_its_parts(editor):
    listing = make_organization(locations=PLACES)
    url, sent = change_form(editor, listing)
    editor.post(url, sent | {"locations-0-street": "Rue 9"})
    version = Organization.objects.get().version

    url, sent = change_form(editor, listing)
    editor.post(url, sent)

    assert [part["street"] for part in document_now(listing)["locations"]] == ["Rue 9", "Rue 2"]
    assert Organization.objects.get().version == version
