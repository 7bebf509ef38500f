"""The document goes in and out unchanged, and its published schema says the same."""

import json

import jsonschema
import pytest
from django.conf import settings

from directory.documents import difference, document_of, public_document, schema, validate
from directory.models import Organization
from tests.factories import make_document, make_organization, make_place

pytestmark = pytest.mark.django_db

FULL = {
    "other_names": ["The Bakery"],
    "further_languages": ["es"],
    "description": "Bread.\n\nAnd *cake*.",
    "translations": {"es": {"summary": "Pan."}},
    "founded": "1998-05",
    "website": "https://example.org",
    "links": [{"url": "https://example.org/feed", "title": "Feed"}],
    "governance": {"ownership": ["workers"], "pay_ratio": 3.0},
    "members_count": 12,
    "service_areas": [
        {"kind": "online"},
        {"kind": "radius", "latitude": 1.5, "longitude": 2.5, "radius_km": 10.0},
    ],
    "identifiers": [{"scheme": "GB-COH", "value": "12345678"}],
}


def loaded(organization: Organization) -> Organization:
    return Organization.objects.with_parts().get(pk=organization.pk)


def test_what_goes_in_comes_out():
    wanted = validate(make_document(values=("deepens-democracy",), **FULL))
    organization = make_organization(**FULL, values=("deepens-democracy",))

    changed = {change.field for change in difference(wanted, document_of(loaded(organization)))}

    assert changed <= {"name", "slug", "sources"}  # the factory numbers these


def test_a_document_made_from_rows_is_valid():
    document = document_of(loaded(make_organization(**FULL)))

    assert validate(document) == document


def test_the_published_schema_accepts_what_the_validator_accepts():
    document = document_of(loaded(make_organization(**FULL)))

    jsonschema.Draft202012Validator(schema()).validate(document)


@pytest.mark.parametrize("fields", [{"name": ""}, {"nmae": "x"}, {"lifecycle": "asleep"}])
def test_the_published_schema_refuses_what_the_validator_refuses(fields):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate(make_document() | fields)


def test_the_schema_in_the_docs_is_the_schema_of_the_code():
    kept = settings.BASE_DIR / "docs" / "organization-document.schema.json"

    assert json.loads(kept.read_text()) == schema(), "run manage.py build_document_schema"


def test_the_public_document_tells_locations_at_their_precision_only():
    make_place("us/maryland/takoma-park")
    address = {
        "place": "us/maryland/takoma-park",
        "street": "7 Secret Street",
        "latitude": 38.98765,
        "longitude": -77.01234,
    }
    document = validate(
        make_document(
            locations=[
                address | {"precision": "hidden", "street": "13 Hidden Street"},
                address | {"precision": "town"},
            ]
        )
    )

    public = public_document(document)

    assert len(public["locations"]) == 1
    assert public["locations"][0]["place"] == "us/maryland/takoma-park"
    assert "Secret" not in json.dumps(public)
    assert "Hidden" not in json.dumps(public)
    assert "38.98765" not in json.dumps(public)
