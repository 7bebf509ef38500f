"""Each value knows its source, until somebody changes it; what a licence does not let out stays."""

import pytest

from directory.actions import organizations
from directory.documents import carried_part, document_of, with_origins_of
from directory.models import Door, Organization
from tests.factories import make_organization, make_source

REGISTER = {"source": "register", "external_id": "1", "fields": ["name", "website", "claims"]}
BAKERY = {"scheme": "type", "code": "bakery", "source": "register"}
KITCHEN = {"scheme": "type", "code": "kitchen", "source": "map"}
PRESENT = {"name": "Example", "website": "https://a.example/", "claims": [BAKERY], "phone": ""}


def fields_after(**edited) -> list[str]:
    present = PRESENT | {"sources": [REGISTER]}
    return with_origins_of(present, present | edited)["sources"][0]["fields"]


def test_who_changes_a_value_takes_it_from_its_source():
    assert fields_after(website="https://b.example/") == ["name", "claims"]


def test_what_did_not_change_still_came_from_there():
    assert fields_after(phone="+15550100") == ["name", "website", "claims"]


def test_a_list_is_from_there_while_one_of_its_entries_is():
    assert "claims" in fields_after(claims=[KITCHEN, BAKERY])
    assert "claims" not in fields_after(claims=[KITCHEN])


HERE = {"street": "1 Example St", "locality": "Example", "precision": "exact"}
THERE = {"street": "2 Other St", "locality": "Elsewhere", "precision": "exact"}


@pytest.mark.parametrize(
    ("edited", "is_told"),
    [
        ([HERE | {"precision": "town"}], True),
        ([HERE | {"locality": "Example Town"}], True),
        ([THERE], False),
        ([], False),
    ],
)
def test_an_address_is_from_there_while_anything_of_it_is(edited, is_told):
    record = REGISTER | {"fields": ["locations"]}
    present = PRESENT | {"sources": [record], "locations": [HERE]}

    after = with_origins_of(present, present | {"locations": edited})

    assert ("locations" in after["sources"][0]["fields"]) is is_told


def test_a_form_that_knows_no_origins_loses_none():
    bare = {name: value for name, value in REGISTER.items() if name != "fields"}

    assert fields_after(sources=[bare]) == ["name", "website", "claims"]


@pytest.mark.django_db
def test_an_edit_in_the_directory_is_no_longer_the_sources_word():
    source = make_source("register").code
    given = {"source": source, "external_id": "1", "fields": ["name", "summary"]}
    listing = make_organization(sources=[given], summary="Bread.")
    document = document_of(Organization.objects.with_parts().get(pk=listing.pk))

    organizations.edit(listing, document | {"summary": "Bread, daily."}, by=None, door=Door.ADMIN)

    assert listing.source_records.get().fields == ["name"]


def test_what_a_licence_does_not_let_out_is_left_out_field_by_field():
    map_record = {"source": "map", "external_id": "7", "fields": ["website", "claims"]}
    own = REGISTER | {"fields": ["name", "claims"]}
    document = PRESENT | {"claims": [BAKERY, KITCHEN], "sources": [own, map_record]}

    carried = carried_part(document, lambda code: code == "register")

    assert carried["name"] == "Example"
    assert carried["website"] == ""
    assert carried["claims"] == [BAKERY]
    assert carried["sources"] == [own]


def test_a_value_that_a_free_source_gave_too_is_let_out():
    map_record = {"source": "map", "external_id": "7", "fields": ["website"]}
    document = PRESENT | {"sources": [REGISTER, map_record]}

    carried = carried_part(document, lambda code: code == "register")

    assert carried["website"] == "https://a.example/"


def test_a_list_is_not_let_out_where_one_of_its_sources_is_closed():
    own = REGISTER | {"fields": ["name", "locations"]}
    map_record = {"source": "map", "external_id": "7", "fields": ["locations"]}
    document = PRESENT | {"sources": [own, map_record], "locations": [HERE, THERE]}

    carried = carried_part(document, lambda code: code == "register")

    assert (carried["name"], carried["locations"]) == ("Example", [])


@pytest.mark.parametrize("fields", [[], ["name"]])
def test_a_listing_of_a_closed_source_is_not_let_out(fields):
    document = PRESENT | {"sources": [REGISTER | {"source": "map", "fields": fields}]}

    assert carried_part(document, lambda code: code == "register") is None
