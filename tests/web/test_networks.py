"""A network says what it cares for and how it checks; its listings carry its badge."""

import datetime

import pytest
from django.urls import reverse

from directory.actions import networks
from directory.models import Door
from tests.factories import make_network, make_organization

pytestmark = pytest.mark.django_db


def network_with(*listings, **fields):
    network = make_network(**fields)
    for listing in listings:
        networks.join(network, listing, by=None, door=Door.ADMIN)
    return network


def page(client, name: str, *arguments, **parameters) -> str:
    response = client.get(reverse(name, args=arguments), parameters)
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def test_the_page_of_a_network_tells_its_method_its_listings_and_its_numbers(client):
    listing = make_organization("Example bakery")
    network = network_with(listing, name="Example bakers", method="We *taste* the bread.")

    html = page(client, "network-detail", network.slug)

    assert "<em>taste</em>" in html
    assert listing.get_absolute_url() in html
    assert f'href="/organizations/?network={network.slug}"' in html
    assert "&lt;iframe src=&quot;" in html or "&lt;iframe src=" in html


def test_one_listing_is_spoken_of_as_one_and_several_as_several(client):
    network = network_with(make_organization())
    assert ">See the listing<" in page(client, "network-detail", network.slug)

    networks.join(network, make_organization(), by=None, door=Door.ADMIN)
    assert ">See all 2 listings<" in page(client, "network-detail", network.slug)


def test_a_network_that_is_not_shown_has_no_page_and_no_filter(client):
    hidden = network_with(make_organization(), is_published=False)

    assert client.get(reverse("network-detail", args=[hidden.slug])).status_code == 404
    assert hidden.name not in page(client, "network-list")
    assert client.get("/api/v1/organizations/", {"network": hidden.slug}).status_code == 400


def test_results_and_api_narrow_by_network(client):
    inside, outside = make_organization(), make_organization()
    network = network_with(inside)

    found = client.get("/api/v1/organizations/", {"network": network.slug, "facets": 1}).json()

    assert [hit["uid"] for hit in found["results"]] == [inside.uid]
    assert found["facets"]["network"][network.slug]["count"] == 1
    assert outside.name not in page(client, "organization-list", network=network.slug)


def test_a_listing_shows_the_badge_while_it_stands(client):
    listing, network = make_organization(), make_network(badge="Example seal")
    approval = networks.approve(network, listing, by=None, door=Door.ADMIN)

    assert "Example seal" in page(client, "organization-detail", listing.slug)
    networks.take_back_approval(approval, by=None, door=Door.ADMIN)
    assert "Example seal" not in page(client, "organization-detail", listing.slug)


def test_a_badge_that_has_run_out_is_not_shown(client):
    listing, network = make_organization(), make_network(badge="Example seal")
    day = datetime.date(2020, 1, 1)
    networks.approve(network, listing, by=None, door=Door.ADMIN, on=day, valid_until=day)

    assert "Example seal" not in page(client, "organization-detail", listing.slug)


def test_a_page_elsewhere_may_frame_the_results_and_nothing_else(client):
    network = network_with(make_organization("Example bakery"))

    framed = client.get(reverse("embed"), {"network": network.slug})

    assert "Example bakery" in framed.content.decode()
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    elsewhere = client.get(reverse("organization-list"))
    assert "frame-ancestors 'none'" in elsewhere["Content-Security-Policy"]


def test_a_frame_with_a_wrong_question_says_so(client):
    response = client.get(reverse("embed"), {"colour": "red"})
    assert "colour: There is no such parameter." in response.content.decode()

    assert response.status_code == 400


def test_a_frame_says_what_was_searched_for_instead_as_the_page_does(client):
    make_organization("Example bakery")

    for door in ("embed", "organization-list"):
        html = client.get(reverse(door), {"q": "bakrey"}).content.decode()
        assert "Also searched for <b>bakery</b>, because you wrote “bakrey”." in html
