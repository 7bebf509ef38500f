"""A hidden address is on no page of any kind."""

import re

import pytest
from django.urls import reverse

from directory.actions import organizations
from directory.documents import document_of
from directory.models import Door, Organization, Term
from tests.factories import make_organization, make_place

pytestmark = pytest.mark.django_db

SECRETS = ("99 Hidden Lane", "Hidden", "ZZ9 9ZZ", "Secretville", "38.912", "-77.034", "Ring twice")


@pytest.fixture
def hidden():
    place = make_place()
    return make_organization(
        "Example Safe House",
        locations=[
            {
                "name": "The Hidden House",
                "street": "99 Hidden Lane",
                "postcode": "ZZ9 9ZZ",
                "locality": "Secretville",
                "country": "US",
                "place": place.path,
                "latitude": 38.912345,
                "longitude": -77.034567,
                "precision": "hidden",
                "accessibility_note": "Ring twice",
            }
        ],
        service_areas=[
            {"kind": "radius", "latitude": 38.912345, "longitude": -77.034567, "radius_km": 10}
        ],
    )


def without_times(text: str) -> str:
    """The text without times of day: seconds may look like the degrees of a secret."""
    return re.sub(r"T\d\d:\d\d:[\d.]+", "", text)


def test_no_page_tells_it(client, hidden):
    make_organization("Example Neighbour")
    term = Term.objects.get(code="worker-cooperative")
    addresses = [
        hidden.get_absolute_url(),
        reverse("organization-history", args=[hidden.slug]),
        reverse("organization-revision", args=[hidden.slug, 2]),
        term.get_absolute_url(),
        reverse("type-list"),
        reverse("place-list"),
        "/places/us/",
        "/places/us/maryland/",
        "/places/us/maryland/takoma-park/",
        reverse("organization-detail", args=["example-neighbour"]),
        reverse("about-data"),
    ]

    for address in addresses:
        html = without_times(client.get(address).content.decode())
        told = [secret for secret in SECRETS if secret in html]
        assert not told, (address, told)


def test_it_is_in_no_count_of_its_town_and_nobodys_neighbour(client, hidden):
    neighbour = make_organization("Example Neighbour")

    town = client.get("/places/us/maryland/takoma-park/").content.decode()
    page = client.get(neighbour.get_absolute_url()).content.decode()

    assert "1 listing is located here." in town
    assert "Example Safe House" not in town
    assert "Example Safe House" not in page


def test_its_own_page_shows_no_map_no_distance_and_no_neighbours(client, hidden):
    make_organization("Example Neighbour")

    html = client.get(hidden.get_absolute_url()).content.decode()

    assert 'class="map"' not in html
    assert "Example Neighbour" not in html
    assert not re.search("[0-9] (miles|km) ", html.split("Whom it serves")[0])


HOME = {
    "name": "The Hidden House",
    "street": "99 Hidden Lane",
    "postcode": "ZZ9 9ZZ",
    "country": "US",
    "place": "us/maryland/takoma-park",
    "latitude": 38.912345,
    "longitude": -77.034567,
    "accessibility_note": "Ring twice",
}
OFFICE = {"street": "1 Shop Street", "country": "US", "place": "us/maryland/takoma-park"}
NO_ADDRESS = dict.fromkeys(("name", "street", "postcode", "place", "accessibility_note"), "")


def relocate(organization: Organization, locations: list[dict], **fields) -> None:
    """Give the listing these locations, as an editor does."""
    loaded = Organization.objects.with_parts().get(pk=organization.pk)
    document = document_of(loaded) | {"locations": locations} | fields
    organizations.edit(organization, document, by=None, door=Door.ADMIN)


def past_of(client, organization: Organization) -> str:
    """All pages of its history and the whole of it over the API, as one text."""
    versions = range(2, Organization.objects.get(pk=organization.pk).version + 1)
    addresses = [
        reverse("organization-history", args=[organization.slug]),
        *(reverse("organization-revision", args=[organization.slug, v]) for v in versions),
        reverse("api:organization-revisions", args=[organization.uid]) + "?documents=true",
    ]
    answers = [client.get(address) for address in addresses]
    # Versions of the time off the site have no page.
    assert {answer.status_code for answer in answers} <= {200, 404}
    assert {answers[0].status_code, answers[1].status_code, answers[-1].status_code} == {200}
    return without_times("".join(answer.content.decode() for answer in answers))


def test_a_home_hidden_and_cleared_in_one_edit_leaves_the_history_beside_an_office(client):
    make_place()
    organization = make_organization(locations=[OFFICE, HOME])
    cleared = HOME | NO_ADDRESS | {"latitude": None, "longitude": None, "precision": "hidden"}
    relocate(organization, [OFFICE, cleared])

    past = past_of(client, organization)

    assert [secret for secret in SECRETS if secret in past] == []
    assert "1 Shop Street" in past


def test_a_home_that_was_deleted_is_told_as_its_town_in_the_history(client):
    make_place()
    organization = make_organization(locations=[HOME])
    relocate(organization, [], service_areas=[{"kind": "online"}])

    past = past_of(client, organization)

    assert [secret for secret in SECRETS if secret in past] == []
    assert "Takoma Park" in past
    assert "us/maryland/takoma-park" in past


def test_a_home_that_was_hidden_once_is_not_told_by_its_town_after_it_was_deleted(client):
    make_place()
    organization = make_organization(locations=[HOME])
    relocate(organization, [HOME | {"precision": "hidden"}])
    relocate(organization, [], service_areas=[{"kind": "online"}])

    past = past_of(client, organization)

    assert [secret for secret in (*SECRETS, "Takoma", "takoma") if secret in past] == []


def test_an_address_hidden_while_the_listing_was_off_the_site_stays_hidden(client):
    make_place()
    organization = make_organization(locations=[HOME])
    organizations.unpublish(organization, by=None, door=Door.ADMIN)
    relocate(organization, [HOME | {"precision": "hidden"}])
    relocate(organization, [OFFICE])
    organizations.publish(organization, by=None, door=Door.ADMIN)

    past = past_of(client, organization)

    assert [secret for secret in SECRETS if secret in past] == []
    assert "1 Shop Street" in past


def test_of_a_listing_with_countless_locations_no_former_one_is_told(client, monkeypatch):
    monkeypatch.setattr("directory.documents.past.STATES_MAX", 2)
    make_place()
    organization = make_organization(locations=[HOME])
    relocate(organization, [OFFICE])
    assert "us/maryland/takoma-park" in past_of(client, organization)
    relocate(organization, [{"country": "UY"}])

    past = past_of(client, organization)

    assert [secret for secret in (*SECRETS, "Shop", "takoma") if secret in past] == []
