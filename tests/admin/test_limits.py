"""Odd addresses, long texts, full documents and narrow permissions break nothing in the admin."""

import pytest
from django.conf import settings
from django.urls import reverse

from directory.documents import document_of
from directory.models import Organization
from tests.admin.forms import change_form, errors_of
from tests.factories import make_organization, make_source, make_term

pytestmark = pytest.mark.django_db

LONG = "x" * 70_000  # More than SQLite looks for.


def document_now(listing: Organization) -> dict:
    return document_of(Organization.objects.with_parts().get(pk=listing.pk))


@pytest.mark.parametrize("number", ["abc", "0", "9" * 30])
def test_the_history_of_no_listing_is_not_found(editor, number):
    response = editor.get(f"/admin/directory/organization/{number}/history/")

    assert response.status_code == 404


@pytest.mark.parametrize(
    "name", ["organization", "place", "source", "revision", "changeset", "gap"]
)
def test_a_long_text_in_a_search_box_finds_nothing_and_breaks_nothing(editor, name):
    make_organization()

    response = editor.get(reverse(f"admin:directory_{name}_changelist"), {"q": LONG})

    assert response.status_code == 200
    assert response.context["cl"].result_count == 0


@pytest.mark.parametrize(("model", "field"), [("location", "place"), ("claim", "source")])
def test_a_long_text_in_a_typeahead_finds_nothing_and_breaks_nothing(editor, model, field):
    make_organization()

    response = editor.get(
        "/admin/autocomplete/",
        {"app_label": "directory", "model_name": model, "field_name": field, "term": LONG},
    )

    assert response.json()["results"] == []


TRANSLATED = {
    "es": {
        "summary": "Pan.",
        "description": "Una línea.\nOtra línea.",
        "is_machine_made": True,
    }
}


def test_a_translation_that_somebody_rewrote_is_a_machine_s_no_longer(editor):
    listing = make_organization(translations=TRANSLATED)
    url, sent = change_form(editor, listing)

    editor.post(url, sent | {"translation_es_summary": "Pan hecho en común."})

    written = document_now(listing)["translations"]["es"]
    assert written["summary"] == "Pan hecho en común."
    assert written["is_machine_made"] is False


def test_a_translation_that_nobody_touched_stays_a_machine_s(editor):
    listing = make_organization(translations=TRANSLATED)
    url, sent = change_form(editor, listing)
    as_browsers_send = {"translation_es_description": "Una línea.\r\nOtra línea."}

    editor.post(url, sent | as_browsers_send | {"name": "New name"})

    assert document_now(listing)["name"] == "New name"
    assert document_now(listing)["translations"]["es"]["is_machine_made"] is True


def test_the_form_of_a_document_with_every_list_full_can_be_saved(editor):
    make_source()
    listing = make_organization(
        locations=[{"country": "UY", "street": f"Calle {i}"} for i in range(50)],
        service_areas=[
            {"kind": "radius", "latitude": i, "longitude": 0, "radius_km": 5} for i in range(50)
        ],
        claims=[{"scheme": "type", "code": make_term(f"kind-{i}").code} for i in range(60)],
        identifiers=[{"scheme": "X-EXAMPLE", "value": str(i)} for i in range(30)],
        sources=[{"source": "example-register", "external_id": str(i)} for i in range(30)],
    )
    url, sent = change_form(editor, listing, with_blanks=True)
    assert 2_000 < len(sent) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS

    response = editor.post(url, sent | {"name": "New name"})

    assert response.status_code == 302, errors_of(response)
    assert document_now(listing)["name"] == "New name"


def test_nought_typed_into_the_form_is_written(editor):
    listing = make_organization()
    url, sent = change_form(editor, listing)

    editor.post(url, sent | {"members_count": "0"})

    assert document_now(listing)["members_count"] == 0
