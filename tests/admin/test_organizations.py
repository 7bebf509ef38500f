"""An editor keeps a listing in the admin: every write is an action and leaves a Revision."""

import pytest
from django.urls import reverse

from directory.models import Organization
from tests.admin.forms import ADD, change_form, filled_in, messages_of
from tests.factories import make_organization, make_place, make_term

pytestmark = pytest.mark.django_db


def test_a_new_listing_is_written_with_its_parts_and_why(editor):
    response = editor.post(ADD, filled_in())

    assert response.status_code == 302
    listing = Organization.objects.get()
    revision = listing.revisions.get()
    assert listing.locations.get().place.path == "us/maryland/takoma-park"
    assert listing.claims.get().checked_on.isoformat() == "2026-05-01"
    assert revision.document["claims"][0]["code"] == "worker-cooperative"
    assert (revision.changeset.door, revision.changeset.reason) == ("admin", "Seen at the market")
    assert revision.changeset.by.username == "ana"


def test_a_listing_can_be_saved_and_published_at_once(editor):
    editor.post(ADD, filled_in(_publish="1"))

    assert Organization.objects.get().is_published


def test_saving_and_publishing_says_what_is_missing(editor):
    response = editor.post(ADD, filled_in(_publish="1", summary=""), follow=True)

    said = "Saved, but not published: Say in one sentence what it does."
    listing = Organization.objects.get()
    assert messages_of(response) == said
    assert not listing.is_published
    url, sent = change_form(editor, listing)
    assert response.request["PATH_INFO"] == url

    again = editor.post(url, sent | {"_publish": "1", "reason": "Again"}, follow=True)
    assert messages_of(again) == said
    assert again.request["PATH_INFO"] == url


def test_saving_and_publishing_what_is_complete_says_so_once(editor):
    url, sent = change_form(editor, make_organization("Example Mill", published=False))

    response = editor.post(url, sent | {"_publish": "1"}, follow=True)

    assert messages_of(response) == "Example Mill is saved and published."
    assert Organization.objects.get().is_published


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"website": "javascript:alert(1)"}, "Write a web address"),
        ({"locations-0-opening_hours": "late"}, "Write hours like"),
        ({"locations-0-latitude": "1"}, "Give both latitude and longitude"),
        ({"founded": "May"}, "Write a date like"),
        ({"governance_voting_rule": "duel"}, "duel"),
        ({"links": "ftp://example.org Files"}, "Write a web address"),
        ({"claims-0-asserted_by": "peer"}, "Name the peer"),
    ],
)
def test_a_fault_is_shown_at_its_field_and_nothing_is_written(editor, fields, fault):
    response = editor.post(ADD, filled_in(**fields))

    assert response.status_code == 200
    assert fault in response.content.decode()
    assert "Example Bakery" in response.content.decode()
    assert not Organization.objects.exists()


def test_an_untouched_form_changes_nothing(editor):
    listing = make_organization(governance={"ownership": ["workers"]}, other_names=["Other"])
    before = listing.revisions.count()
    url, sent = change_form(editor, listing)

    response = editor.post(url, sent)

    assert response.status_code == 302
    assert listing.revisions.count() == before


def test_an_edit_is_one_revision_with_its_difference_in_the_history(editor):
    listing = make_organization("Old Name")
    url, sent = change_form(editor, listing)

    editor.post(url, sent | {"name": "New Name", "reason": "They told us"})

    history = editor.get(reverse("admin:directory_organization_history", args=[listing.pk]))
    page = history.content.decode()
    assert "<del>Old Name</del>" in page
    assert "<ins>New Name</ins>" in page
    assert "They told us" in page


def test_a_published_listing_keeps_its_type_and_the_editor_is_told_why(editor):
    listing = make_organization()
    url, sent = change_form(editor, listing)

    response = editor.post(url, sent | {"claims-0-DELETE": "on"})

    assert "Give it at least one type." in response.content.decode()
    assert listing.claims.count() == 1


def act(editor, action: str, *listings: Organization):
    url = reverse("admin:directory_organization_changelist")
    return editor.post(
        url, {"action": action, "_selected_action": [row.pk for row in listings]}, follow=True
    )


def test_listings_are_published_together_and_each_refusal_says_why(editor):
    ready = make_organization("Ready", published=False)
    bare = make_organization("Bare", published=False, summary="")

    response = act(editor, "publish", ready, bare)

    ready.refresh_from_db()
    bare.refresh_from_db()
    assert ready.is_published
    assert not bare.is_published
    assert "Bare: Say in one sentence what it does." in messages_of(response)
    assert "1 listing published." in messages_of(response)


@pytest.mark.parametrize("action", ["unpublish", "withdraw"])
def test_a_listing_is_taken_down(editor, action):
    listing = make_organization()

    act(editor, action, listing)

    listing.refresh_from_db()
    assert not listing.is_published


def test_nothing_is_ever_deleted(editor):
    listing = make_organization()
    url = reverse("admin:directory_organization_delete", args=[listing.pk])

    assert editor.post(url, {"post": "yes"}).status_code == 403
    assert Organization.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["organization", "term", "place", "source", "revision", "changeset"],
)
def test_every_list_opens_and_can_be_searched(editor, name):
    make_organization()
    url = reverse(f"admin:directory_{name}_changelist")

    assert editor.get(url).status_code == 200
    assert editor.get(url, {"q": "takoma"}).status_code == 200


def test_places_are_offered_by_any_of_their_names(editor):
    make_place("us/maryland/takoma-park", names=("Parque Takoma",))

    response = editor.get(
        "/admin/autocomplete/",
        {
            "app_label": "directory",
            "model_name": "location",
            "field_name": "place",
            "term": "parque takoma",
        },
    )

    assert [row["text"] for row in response.json()["results"]] == [
        "Takoma Park (us/maryland/takoma-park)"
    ]


def test_no_form_holds_a_whole_table(editor):
    make_organization()
    for number in range(30):
        make_place(f"us/maryland/town-{number}")
        make_term(f"kind-{number}")

    page = editor.get(ADD).content.decode()

    assert "town-7" not in page
    assert "kind-7" not in page


def test_a_stranger_is_sent_to_the_sign_in(client):
    assert client.get(ADD)["Location"].startswith("/admin/login/")


def test_the_list_costs_the_same_for_any_length(editor, queries_of):
    url = reverse("admin:directory_organization_changelist")
    make_organization()
    one = queries_of(url)
    for _ in range(5):
        make_organization()

    assert queries_of(url) == one
