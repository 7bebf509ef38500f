"""An exact address or a telephone number that could harm somebody is not published by accident."""

import pytest

from directory.documents import validate
from directory.documents.reading import public_document
from tests.factories import make_document, make_term

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelter() -> dict:
    make_term("shelter", scheme="sector", details={"published_precision": "town"})
    return make_document(sectors=("shelter",))


def test_a_shelter_is_published_by_its_town(shelter):
    assert validate(shelter)["locations"][0]["precision"] == "town"


def test_whoever_writes_a_precision_has_chosen_it(shelter):
    shelter["locations"][0]["precision"] = "exact"

    assert validate(shelter)["locations"][0]["precision"] == "exact"


def test_a_bakery_is_published_exactly():
    assert validate(make_document())["locations"][0]["precision"] == "exact"


def test_contact_details_are_public_only_by_choice():
    document = validate(
        make_document(email="ana@example.org", phone="+12025550142", phone_is_public=True)
    )

    shown = public_document(document)

    assert (shown["email"], shown["phone"]) == ("", "+12025550142")


PROTECTED = [
    ("type", "mutual-aid-group"),
    ("type", "solidarity-clinic"),
    ("type", "crisis-response-network"),
    ("sector", "housing.supported-housing"),
    ("sector", "health.clinics"),
]


@pytest.mark.parametrize(("scheme", "code"), PROTECTED)
def test_the_vocabulary_that_ships_protects_those_whom_an_address_could_harm(
    taxonomy, scheme, code
):
    document = make_document()
    document["claims"].append({"scheme": scheme, "code": code})

    assert validate(document)["locations"][0]["precision"] == "town"
