"""Filters: ticks, chips, leaving out, and the form that carries the rest along."""

import re

import pytest

from tests.factories import make_organization, make_place
from tests.web.pages import LIST, links, names, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    return make_place("us/maryland/takoma-park", latitude=38.9779, longitude=-77.0075)


def test_facets_count_what_each_tick_would_find(client, taxonomy):
    make_organization(types=("worker-cooperative",))
    make_organization(types=("credit-union",))
    html = page(client, "type=credit-union")

    counts = re.findall(
        r'name="type" value="([\w-]+)"( checked)?.*?class="num">(\d+)<span', html, re.S
    )
    assert ("credit-union", " checked", "1") in counts
    assert ("worker-cooperative", "", "1") in counts


def test_ticks_of_one_facet_widen_and_of_two_narrow(client, taxonomy):
    make_organization("One", types=("worker-cooperative",), values=("deepens-democracy",))
    make_organization("Two", types=("credit-union",))

    assert names(page(client, "type=worker-cooperative&type=credit-union")) == ["One", "Two"]
    both = "type=worker-cooperative&type=credit-union&value=deepens-democracy"
    assert names(page(client, both)) == ["One"]


def test_a_broader_type_finds_the_narrower_ones(client, taxonomy):
    make_organization("One", types=("worker-cooperative",))

    assert names(page(client, "type=cooperative")) == ["One"]


def test_a_value_can_be_left_out(client, taxonomy):
    make_organization("One", types=("worker-cooperative",))
    make_organization("Two", types=("credit-union",))
    leave_out = next(link for link in links(page(client)) if "type=-credit-union" in link)
    html = client.get(leave_out).content.decode()

    assert names(html) == ["One"]
    assert "Not: Credit union" in html
    assert LIST in links(html)


def test_what_is_chosen_stands_above_the_list_and_can_be_taken_away(client, taxonomy):
    make_organization("One", types=("worker-cooperative",), values=("deepens-democracy",))
    html = page(client, "q=one&type=worker-cooperative&value=deepens-democracy")
    chips = html[html.index('class="chips"') : html.index("</ul>", html.index('class="chips"'))]

    assert f"{LIST}?q=one&value=deepens-democracy" in links(chips)
    assert f"{LIST}?q=one&type=worker-cooperative" in links(chips)
    assert links(chips)[-1] == f"{LIST}?q=one"
    assert chips.count(", remove") == 2


def test_the_filters_carry_along_what_they_do_not_show(client, town):
    make_organization("Example bakery")
    html = page(client, "q=bakery&near=takoma+park&radius=10&sort=name&lang=en")
    form = html[html.index('id="filters"') : html.index("</form>", html.index('id="filters"'))]

    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert hidden == {
        "q": "bakery",
        "near": "takoma park",
        "radius": "10",
        "sort": "name",
        "lang": "en",
    }
    assert form.count("Apply filters") == 2


def test_the_search_form_keeps_the_filters(client, taxonomy):
    make_organization(types=("credit-union",))
    html = page(client, "type=credit-union&page=1")
    form = html[html.index('role="search"') : html.index("</form>")]

    assert 'name="type" value="credit-union"' in form
    assert 'name="page"' not in form


def test_the_same_question_is_asked_of_the_api(client):
    make_organization("Example bakery")
    html = page(client, "q=bakery")

    assert "/api/v1/organizations/?q=bakery" in links(html)
    assert "/api/v1/organizations.geojson?q=bakery" in links(html)
    found = client.get("/api/v1/organizations/?q=bakery").json()
    assert [each["name"] for each in found["results"]] == names(html)


def test_a_name_of_several_places_offers_the_others(client):
    make_place("ar/cordoba/cordoba", latitude=-31.4, longitude=-64.2, population=1_300_000)
    make_place("es/andalusia/cordoba", latitude=37.9, longitude=-4.8, population=320_000)
    make_organization("Example bakery", place="es/andalusia/cordoba")
    make_organization("Example panadería", place="ar/cordoba/cordoba")
    html = page(client, "q=bakery&near=cordoba")

    assert "Cordoba, Andalusia, Spain" in html
    other = next(link for link in links(html) if "near=es%2F" in link)
    assert names(client.get(other).content.decode()) == ["Example bakery"]


def test_a_place_chosen_by_its_path_is_shown_by_its_name(client):
    make_place("es/andalusia/cordoba", latitude=37.9, longitude=-4.8)
    make_organization(place="es/andalusia/cordoba")

    html = page(client, "near=es/andalusia/cordoba")

    assert re.search(r'<input[^>]* name="near"[^>]* value="Cordoba, Andalusia, Spain"', html)
