"""What lies under the live map, and the live map's offer in pages: nothing loads before it is asked for."""

import re

import pytest

from directory.web.boxes import Box
from directory.web.ground import MOST_NAMES, names
from tests.factories import make_organization, make_place
from tests.web.pages import page

pytestmark = pytest.mark.django_db

FIJI = Box(176, -20, -178, -15)


def town(name, latitude, longitude, population):
    path = f"us/maryland/{name.lower().replace(' ', '-')}"
    return make_place(path, latitude=latitude, longitude=longitude, population=population)


def test_the_ground_names_its_towns_largest_first(client):
    town("Small Town", 39.5, -77.5, 900)
    town("Large Town", 38.5, -76.5, 700_000)
    town("Far Town", 48.9, 2.3, 2_000_000)

    features = client.get("/basemap.geojson", {"bbox": "-78,38,-76,40"}).json()["features"]

    assert [f["properties"] for f in features if f["properties"]["kind"] == "name"] == [
        {"kind": "name", "name": "Large Town", "big": True},
        {"kind": "name", "name": "Small Town", "big": True},
    ]
    assert features[-2]["geometry"] == {"type": "Point", "coordinates": [-76.5, 38.5]}


def test_names_on_both_sides_of_the_antimeridian_stand_side_by_side():
    town("West Town", -18.0, 178.0, 90)
    town("East Town", -16.0, -179.0, 80)

    assert [name["geometry"]["coordinates"][0] for name in names(FIJI)] == [178.0, 181.0]


def test_one_crowded_region_does_not_take_all_names():
    for number in range(60):
        town(f"Crowd {number}", 38.1 + number / 1000, -76.1, 1_000_000 - number)
    town("Lonely Town", 39.9, -77.9, 100)

    found = [name["properties"]["name"] for name in names(Box(-78, 38, -76, 40))]

    assert found == ["Crowd 0", "Lonely Town"]


def test_a_full_country_has_a_bounded_number_of_names_and_few_are_big():
    for row in range(9):
        for column in range(9):
            town(f"Grid {row} {column}", 30.5 + row, -89.5 + column, 1000 * row + column)

    found = [name["properties"]["big"] for name in names(Box(-90, 30, -81, 39))]

    assert len(found) == MOST_NAMES
    assert 0 < sum(found) < 10


def test_the_ground_costs_one_query(client, django_assert_num_queries):
    town("Large Town", 38.5, -76.5, 700_000)
    client.get("/basemap.geojson", {"bbox": "-78,38,-76,40"})  # Reads the towns, once.

    with django_assert_num_queries(1):
        client.get("/basemap.geojson", {"bbox": "-79,38,-76,40"})


@pytest.fixture
def results(client):
    place = town("Example Town", 38.98, -77.0, 18_000)
    make_organization("Example bakery", place=place.path)
    return page(client, "near=example+town")


@pytest.mark.parametrize("where", ["home", "results"])
def test_a_page_with_a_map_loads_nothing_of_leaflet(client, results, where):
    html = results if where == "results" else client.get("/").content.decode()

    loaded = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]*)"', html)
    assert any(address.endswith("/map.js") for address in loaded)
    assert not [address for address in loaded if "leaflet" in address or "live" in address]
    assert 'data-leaflet-url="/static/leaflet/leaflet.js"' in html


@pytest.mark.parametrize("where", ["home", "results"])
def test_the_live_map_is_offered_only_where_script_can_open_it(client, results, where):
    html = results if where == "results" else client.get("/").content.decode()

    offer = re.search(r"<button [^>]*>Open the live map</button>", html).group(0)
    assert " hidden" in offer
    assert 'type="button"' in offer


def test_numbered_points_say_where_they_are_and_the_ring_how_wide_it_is(results):
    assert 'aria-label="Result 1: Example bakery' in results
    assert re.search(r'<a href="#hit-1"[^>]* data-at="38\.98,-77\.0"', results)
    assert re.search(r'data-ring="38\.98,-77\.0,[\d.]+"', results)


def test_degrees_keep_their_point_in_every_language(client, results):
    french = page(client, "near=example+town&lang=fr")

    assert 'data-at="38.98,-77.0"' in french
