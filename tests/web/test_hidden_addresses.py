"""A hidden address is on no page of any kind."""

import re

import pytest
from django.urls import reverse

from directory.models import Term
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
        html = client.get(address).content.decode()
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
