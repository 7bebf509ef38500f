"""A hidden location appears in no answer of the API."""

import pytest
from django.urls import reverse

from directory.api import openapi
from tests.factories import make_organization, make_place

SECRETS = ("Shelter", "99999", "38.1234", "38.12", "-77.6543", "-77.65", "ring twice")
LOCATION = {
    "place": "us/maryland/takoma-park",
    "country": "US",
    "name": "Shelter House",
    "street": "7 Shelter Lane",
    "postcode": "99999",
    "locality": "Sheltertown",
    "latitude": 38.123456,
    "longitude": -77.654321,
    "accessibility_note": "ring twice",
    "precision": "hidden",
}


@pytest.fixture
def sheltered(db):
    make_place("us/maryland/takoma-park")
    area = {"kind": "radius", "latitude": 38.123456, "longitude": -77.654321, "radius_km": 30}
    return make_organization("Refuge", locations=[LOCATION], service_areas=[area])


def answers(client, organization):
    """Every address that could tell of a listing, each with all it can be asked to tell."""
    one = [organization.uid]
    yield reverse("api:organization-list")
    yield reverse("api:organization-list") + "?q=refuge&facets=1"
    yield reverse("api:organization-list") + "?near=Takoma+Park&radius=500&sort=distance"
    yield reverse("api:organization-list") + "?near=38.123456,-77.654321&radius=1"
    yield reverse("api:organization-list") + "?q=shelter"
    yield reverse("api:organization-list") + "?q=99999"
    yield reverse("api:organization-detail", args=one)
    yield reverse("api:organization-revisions", args=one) + "?documents=true"
    yield reverse("api:organization-geojson")
    yield reverse("api:organization-geojson") + "?q=refuge"
    yield reverse("api:clusters") + "?bbox=-180,-90,180,90&zoom=22"
    yield reverse("api:suggest") + "?q=shelter"
    yield reverse("api:suggest") + "?q=refuge"
    yield reverse("api-reference")


def test_a_hidden_location_is_in_no_format(client, sheltered):
    for address in answers(client, sheltered):
        response = client.get(address)
        # What the caller typed comes back in links; it tells nothing.
        text = response.content.decode().replace(address.partition("?")[2], "")

        assert response.status_code == 200, address
        told = [s for s in SECRETS if s in text.replace("38.123456,", "").replace("38.1235", "")]
        if "near=38" not in address and "q=shelter" not in address and "q=99999" not in address:
            assert told == [], address
        else:
            assert sheltered.name not in text or "Shelter Lane" not in text, address


def test_a_hidden_location_is_not_found_by_its_point_or_street(client, sheltered):
    url = reverse("api:organization-list")

    for parameters in ({"q": "shelter"}, {"q": "99999"}, {"bbox": "-77.7,38.1,-77.6,38.2"}):
        assert client.get(url, parameters).json()["count"] == 0, parameters


@pytest.mark.parametrize(
    ("precision", "shown", "told"),
    [
        ("exact", {"7 Shelter Lane", "99999", "38.123456"}, "exact"),
        ("street", {"Shelter Lane", "99999", "38.123"}, "street"),
        ("postcode", {"99999", "38.12"}, "postcode"),
        ("town", {"38.9779"}, "town"),
    ],
)
def test_a_location_is_shown_as_exactly_as_it_may_be(client, db, precision, shown, told):
    make_place("us/maryland/takoma-park")
    organization = make_organization(locations=[LOCATION | {"precision": precision}])

    response = client.get(reverse("api:organization-detail", args=[organization.uid]))

    location = response.json()["locations"][0]
    assert shown <= {location["street"], location["postcode"], str(location["latitude"])}
    assert location["precision"] == told
    if precision != "exact":
        assert "7 Shelter" not in response.content.decode()
        assert "38.123456" not in response.content.decode()


def test_no_schema_of_the_api_has_a_hidden_precision():
    schemas = openapi.document("en")["components"]["schemas"]

    assert "hidden" not in schemas["LocationPart"]["properties"]["precision"]["enum"]
