"""The page of one listing."""

import datetime
import re
from html import unescape

import pytest

from directory.actions import confirmations
from directory.models import Door, VerificationLevel
from tests.factories import make_organization, make_place, make_source, make_user
from tests.web.pages import heading, links, title

pytestmark = pytest.mark.django_db

ADDRESS = {
    "country": "US",
    "place": "us/maryland/takoma-park",
    "locality": "Takoma Park",
    "region": "Maryland",
    "street": "123 Example Street",
    "postcode": "20912",
    "latitude": 38.98765,
    "longitude": -77.01234,
}


@pytest.fixture
def town():
    return make_place()


def shown(client, organization, language="en") -> str:
    response = client.get(organization.get_absolute_url(), {"lang": language})
    assert response.status_code == 200
    return response.content.decode()


def at(**fields) -> list[dict]:
    return [ADDRESS | fields]


def test_it_says_what_it_is_and_where(client, town):
    organization = make_organization("Example Bakery", summary="Bakes bread.", locations=at())

    html = shown(client, organization)

    assert heading(html) == "Example Bakery"
    assert title(html).startswith("Example Bakery, Takoma Park")
    assert "Bakes bread." in html
    assert "Worker cooperative" in html
    assert "123 Example Street, Takoma Park, Maryland 20912, United States" in html


@pytest.mark.parametrize(
    ("precision", "words", "untold"),
    [
        pytest.param("street", "Only the street is shown", "123", id="street"),
        pytest.param(
            "postcode", "Only the postcode area is shown", "Example Street", id="postcode"
        ),
        pytest.param("town", "Only the town is shown", "20912", id="town"),
        pytest.param("region", "Only the region is shown", "Hamlet", id="region"),
    ],
)
def test_it_tells_no_more_of_its_place_than_is_published(client, town, precision, words, untold):
    places = at(precision=precision, locality="Little Hamlet")

    html = shown(client, make_organization(locations=places))

    assert words in html
    assert untold not in html


def test_a_point_that_stands_for_an_area_has_a_broken_ring(client, town):
    exact = shown(client, make_organization(locations=at()))
    blurred = shown(client, make_organization(locations=at(precision="town")))

    assert 'class="about"' not in exact
    assert 'class="about"' in blurred
    assert "somewhere around here" in blurred


def test_a_hidden_address_has_no_map_and_says_so(client, town):
    html = shown(client, make_organization(locations=at(precision="hidden")))

    assert "There is no map" in html
    assert '<svg class="map"' not in html


def test_directions_need_a_point_of_its_own(client, town):
    exact = links(shown(client, make_organization(locations=at())))
    blurred = links(shown(client, make_organization(locations=at(precision="postcode"))))

    assert "https://www.openstreetmap.org/directions?route=%3B38.98765%2C-77.01234" in exact
    assert not [link for link in blurred if "openstreetmap" in link]


def test_it_can_be_reached(client, town):
    organization = make_organization(
        phone="+12025550142",
        phone_is_public=True,
        email="hello@example.org",
        email_is_public=True,
        website="https://example.org",
    )

    html = shown(client, organization)

    assert {"tel:+12025550142", "mailto:hello@example.org", "https://example.org"} <= set(
        links(html)
    )
    assert "+1 202-555-0142" in html


def test_hours_stand_in_a_table_with_their_time_zone(client, town):
    html = shown(client, make_organization(locations=at(opening_hours="24/7")))

    assert "Open now" in html
    assert "all day" in html
    assert "Eastern Time" in html


def test_hours_that_are_no_regular_week_are_given_as_written(client, town):
    html = shown(client, make_organization(locations=at(opening_hours="Mo[1] 10:00-12:00")))

    assert "Mo[1] 10:00-12:00" in html
    assert '<table class="hours">' not in html


def test_nobody_has_confirmed_it_until_somebody_does(client):
    organization = make_organization()

    assert "Nobody has confirmed it yet." in shown(client, organization)


def test_the_last_confirmation_names_a_role_and_a_day_never_a_person(client):
    organization = make_organization()
    ana = make_user("ana-maria-lopez", first_name="Ana", last_name="Lopez")
    confirmations.verify(
        organization,
        level=VerificationLevel.EDITOR_CHECKED,
        on=datetime.date(2026, 3, 3),
        by=ana,
        door=Door.ADMIN,
    )

    html = shown(client, organization)

    assert "Last confirmed by an editor on" in html
    assert "3 March 2026" in html
    assert "Lopez" not in html
    assert "ana-maria" not in html


def test_sources_are_named_with_their_licence_and_credit(client):
    make_source("example-register", attribution="Data: Example register.")

    html = shown(client, make_organization())

    assert "Example register" in html
    assert "CC0 1.0" in html
    assert "Data: Example register." in html


def test_answers_on_ownership_are_given_in_words_and_silence_is_left_out(client):
    organization = make_organization(
        governance={
            "ownership": ["workers"],
            "voting_rule": "one_member_one_vote",
            "asset_lock": "unknown",
        }
    )

    html = unescape(shown(client, organization))

    assert "The people who work in it" in html
    assert "Each member has one vote" in html
    assert "What keeps its property from being sold off" not in html


def test_a_circle_served_is_told_without_its_middle(client, town):
    circle = {"kind": "radius", "latitude": 38.9111, "longitude": -77.0222, "radius_km": 40.2336}

    html = shown(client, make_organization(service_areas=[circle]))

    assert "25 miles around it" in html
    assert "38.9111" not in html


def test_a_closed_enterprise_keeps_its_page_and_says_so(client, town):
    organization = make_organization(
        lifecycle="closed", closed="2019", locations=at(opening_hours="24/7")
    )

    html = shown(client, organization)

    assert "Closed, 2019" in html
    assert "It is not at work any more." in html
    assert "Open now" not in html


def test_the_three_nearest_others_are_named_with_their_distance(client, town):
    here = make_organization("Here", locations=at())
    for number in range(1, 6):
        make_organization(f"Neighbour {number}", locations=at(latitude=38.98765 + number / 100))

    nearby = shown(client, here).split('id="near"')[1].split("</section>")[0]

    assert re.findall("Neighbour [0-9]", nearby) == ["Neighbour 1", "Neighbour 2", "Neighbour 3"]
    assert "0.7 miles" in nearby
    assert ">Here<" not in nearby


def test_of_neighbours_known_by_their_town_no_distance_is_made_up(client, town):
    make_place("us/maryland/silver-spring", latitude=38.9907, longitude=-77.0261)
    here, _same, _other = (
        make_organization(name, locations=[{"place": f"us/maryland/{path}", "precision": "town"}])
        for name, path in (("A", "takoma-park"), ("B", "takoma-park"), ("C", "silver-spring"))
    )

    nearby = shown(client, here).split('id="near"')[1].split("</section>")[0]

    assert re.findall(r'class="num">([^<]*)<', nearby) == ["in the same town", "about 1.3 miles"]


def test_a_number_stands_under_the_name_of_its_register(client, town):
    numbers = [("X-NCUA-CHARTER", "16411"), ("X-EXAMPLE-ROLL", "7"), ("DE-EXAMPLE", "9")]
    organization = make_organization(
        identifiers=[{"scheme": scheme, "value": value} for scheme, value in numbers]
    )

    html = shown(client, organization)

    assert re.findall(r"Number in a register</dt><dd>([^<]*)<", html) == [
        "NCUA charter 16411", "EXAMPLE ROLL 7", "DE-EXAMPLE 9"
    ]  # fmt: skip


def test_visitors_write_to_the_editors_where_they_gave_an_address(client, settings):
    settings.SITE_EMAIL = ""
    organization = make_organization("Bread & Roses")
    without = shown(client, organization)
    settings.SITE_EMAIL = "editors@example.org"

    with_address = links(shown(client, organization))

    assert "mailto:editors" not in without
    assert any(
        link.startswith("mailto:editors@example.org?subject=") and "Bread%20%26%20Roses" in link
        for link in with_address
    )


def test_the_page_costs_the_same_for_much_and_for_little(client, town, queries_of):
    little = make_organization(locations=at())
    much = make_organization(
        locations=[*at(), *at(latitude=38.9), *at(latitude=38.8)],
        values=("deepens-democracy", "extends-the-commons"),
        sectors=("food", "housing"),
        service_areas=[{"kind": "place", "place": "us/maryland"}, {"kind": "online"}],
        identifiers=[{"scheme": "US-EIN", "value": "12-3456789"}],
    )
    for _neighbour in range(4):
        make_organization(locations=at())
    queries_of(little.get_absolute_url())  # The index is read once.

    assert queries_of(much.get_absolute_url()) == queries_of(little.get_absolute_url())


def test_each_source_says_which_facts_are_from_there(client, town):
    register = {"source": make_source().code, "fields": ["website", "name"]}
    organization = make_organization("Example Bakery", sources=[register])

    assert "From there: name, website." in shown(client, organization)
