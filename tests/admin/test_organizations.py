"""An editor keeps a listing in the admin: every write is an action and leaves a Revision."""

import pytest
from django.urls import reverse

from directory.models import Organization, VerificationLevel
from tests.factories import make_organization, make_place, make_source, make_term, make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/directory/organization/add/"


@pytest.fixture
def editor(client):
    """A signed-in editor's browser."""
    client.force_login(make_user("ana", is_editor=True))
    return client


def management(prefix: str, total: int = 0, initial: int = 0) -> dict:
    return {
        f"{prefix}-TOTAL_FORMS": total,
        f"{prefix}-INITIAL_FORMS": initial,
        f"{prefix}-MIN_NUM_FORMS": 0,
        f"{prefix}-MAX_NUM_FORMS": 1000,
    }


def filled_in(**fields) -> dict:
    """What a browser sends for a new listing with one location, one type and one source."""
    term, source = make_term(), make_source()
    place = make_place("us/maryland/takoma-park")
    return {
        **management("locations", 1),
        "locations-0-place": place.pk,
        "locations-0-country": "US",
        "locations-0-precision": "exact",
        **management("service_areas"),
        **management("claims", 1),
        "claims-0-term": term.pk,
        "claims-0-asserted_by": "editor",
        "claims-0-checked_on": "2026-05-01",
        **management("identifiers"),
        **management("source_records", 1),
        "source_records-0-source": source.pk,
        "source_records-0-external_id": "7",
        **management("verification_events"),
        "name": "Example Bakery",
        "language": "en",
        "summary": "Bread, made together.",
        "lifecycle": "active",
        "reason": "Seen at the market",
    } | fields


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


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

    assert "Say in one sentence what it does." in messages_of(response)
    assert not Organization.objects.get().is_published


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


def change_form(editor, listing: Organization) -> tuple[str, dict]:
    """The address of the change form, and what a browser would send back untouched."""
    url = reverse("admin:directory_organization_change", args=[listing.pk])
    response = editor.get(url)
    form = response.context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        total = len(formset.forms)
        sent |= management(formset.prefix, total, formset.initial_form_count())
        for row in formset.forms:
            sent |= {row.add_prefix(name): row[name].value() for name in row.fields}
    return url, {
        name: value for name, value in sent.items() if value is not None and value is not False
    }


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

    response = editor.post(url, sent | {"claims-0-DELETE": "on"}, follow=True)

    assert "Give it at least one type." in messages_of(response)
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
