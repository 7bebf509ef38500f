"""A hidden location appears in no answer of the API."""

import re

import pytest
from django.urls import reverse

from directory.actions import organizations
from directory.api import openapi
from directory.documents import document_of
from directory.models import Door, Organization
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


def addresses(organization):
    """Every address that could tell of a listing, each with all it can be asked to tell."""
    one = [organization.uid]
    organizations = reverse("api:organization-list")
    return [
        organizations,
        f"{organizations}?q=refuge&facets=1",
        f"{organizations}?near=Takoma+Park&radius=500&sort=distance",
        reverse("api:organization-detail", args=one),
        reverse("api:organization-revisions", args=one) + "?documents=true",
        reverse("api:organization-geojson"),
        reverse("api:organization-geojson") + "?near=Takoma+Park&radius=500",
        reverse("api:clusters") + "?bbox=-180,-90,180,90&zoom=22",
        reverse("api:suggest") + "?q=refuge",
        reverse("api-reference"),
    ]


def without_times(text: str) -> str:
    """The text without times of day: seconds may look like the degrees of a secret."""
    return re.sub(r"T\d\d:\d\d:[\d.]+", "", text)


def test_a_hidden_location_is_in_no_format(client, sheltered):
    for address in addresses(sheltered):
        response = client.get(address)
        text = without_times(response.content.decode())

        assert response.status_code == 200, address
        assert [secret for secret in SECRETS if secret in text] == [], address


def test_a_hidden_location_has_no_distance_even_at_its_very_point(client, sheltered):
    near = {"near": "38.123456,-77.654321", "radius": "1"}

    answer = client.get(reverse("api:organization-list"), near).json()

    assert [(row["where"], row["distance_km"]) for row in answer["results"]] == [("serves", None)]


def test_what_is_hidden_is_not_completed(client, sheltered):
    for typed in ("shelter", "99999"):
        assert client.get(reverse("api:suggest"), {"q": typed}).json()["results"] == []


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


@pytest.mark.parametrize(
    ("now", "place_then"),
    [
        ([], "us/maryland/takoma-park"),
        ([LOCATION | {"precision": "town"}], "us/maryland/takoma-park"),
        ([LOCATION | {"precision": "region"}], "us/maryland"),
        ([{"country": "US", "precision": "hidden"}], None),
    ],
)
def test_the_history_tells_no_more_of_an_address_than_the_listing_does(client, db, now, place_then):
    make_place("us/maryland/takoma-park")
    organization = make_organization(locations=[LOCATION | {"precision": "exact"}])
    loaded = Organization.objects.with_parts().get(pk=organization.pk)
    document = document_of(loaded) | {"locations": now, "service_areas": [{"kind": "online"}]}
    organizations.edit(organization, document, by=None, door=Door.ADMIN)

    url = reverse("api:organization-revisions", args=[organization.uid])
    response = client.get(url, {"documents": "true"})

    oldest = response.json()["results"][-1]["document"]
    places = [location["place"] for location in oldest["locations"]]
    assert places == ([place_then] if place_then else [])
    text = without_times(response.content.decode()).replace("Sheltertown", "")
    assert [secret for secret in SECRETS if secret in text] == []
