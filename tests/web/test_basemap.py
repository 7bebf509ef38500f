"""The ground of the maps: land and borders from our own files, small, and right at the edges."""

import re
from itertools import pairwise

import pytest

from directory.web import sheets
from directory.web.basemap import View, geojson, outlines
from directory.web.boxes import Box

VIEWS = {
    "the world": Box(-180, -58, 180, 84),
    "Washington": Box(-77.9, 38.3, -76.2, 39.6),
    "Togo": Box(-2.4, 5.8, 4.1, 11.3),
    "Britain": Box(-12.5, 49.8, 6, 59),
    "Fiji": Box(176.5, -19.5, -178.5, -15.5),
    "Japan": Box(125, 30, 149, 46),
    "Europe": Box(-20, 35, 48, 70),
    "the United States": Box(-125, 17, -66, 57),
    "Asia": Box(60, -3, 150, 63),
    "Chile": Box(-85, -56, -60, -40),
    "Norway": Box(0, 57, 32, 72),
    "Indonesia": Box(95, -12, 141, 8),
    "the Pacific": Box(120, -50, -70, 50),
    "Antarctica": Box(-70, -85, 20, -60),
}


@pytest.mark.parametrize("box", VIEWS.values(), ids=VIEWS.keys())
def test_every_view_has_land_in_less_than_six_thousand_characters(box):
    drawn = outlines(box, 400, 340)

    assert drawn.land
    assert drawn.size < 6000


@pytest.mark.parametrize("box", VIEWS.values(), ids=VIEWS.keys())
def test_no_path_reaches_far_out_of_the_picture(box):
    for text in outlines(box, 400, 340).land:
        for x, y in points_of(text):
            assert -13 <= x <= 413
            assert -13 <= y <= 353


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_land"),
    [
        pytest.param(48.2, 16.4, True, id="Vienna"),
        pytest.param(-1.3, 36.8, True, id="Nairobi"),
        pytest.param(38.9, -77.1, True, id="Washington"),
        pytest.param(-17.8, 178.0, True, id="Viti Levu in Fiji"),
        pytest.param(66.5, -173.0, True, id="Chukotka, beyond the antimeridian"),
        pytest.param(-80.0, 0.0, True, id="Antarctica"),
        pytest.param(-29.5, 28.3, True, id="Lesotho, all around which is another country"),
        pytest.param(45.0, -30.0, False, id="the Atlantic"),
        pytest.param(42.0, 50.5, False, id="the Caspian Sea"),
        pytest.param(0.0, -179.9, False, id="the Pacific"),
    ],
)
@pytest.mark.parametrize("level", ["near", "continent", "world"])
def test_land_is_where_land_is(level, latitude, longitude, is_land):
    content = geojson(level, Box.laid(longitude - 4, latitude - 3, 8, 6))

    assert (ground_at(content, latitude, longitude) == "land") is is_land


def test_a_view_without_land_is_all_sea():
    assert outlines(Box(-32, 40, -31.5, 40.4), 400, 340).land == []


def test_a_view_deep_inland_is_all_land():
    (text,) = outlines(Box(14.2, 49.0, 14.3, 49.1), 400, 340).land

    assert {(-12, -12), (412, -12), (412, 352), (-12, 352)} <= set(points_of(text))


def test_the_home_country_stands_out_from_its_neighbours():
    drawn = outlines(VIEWS["Togo"], 400, 340, frozenset({"TG"}))
    plain = outlines(VIEWS["Togo"], 400, 340)

    assert drawn.near
    assert drawn.land
    assert plain.near == []


def test_borders_of_countries_are_drawn_once():
    assert outlines(VIEWS["Togo"], 400, 340).borders
    borders = sheets.sheet("near").borders
    assert len(borders) == len(set(borders))


def test_states_have_borders_but_not_on_a_map_of_the_world():
    inside_the_states = Box(-109, 38, -103, 43)
    world = sheets.sheet("world")

    assert outlines(inside_the_states, 400, 340).borders
    assert View(world, VIEWS["the world"], 400, 160, bend=1.0).borders == world.borders


def test_great_lakes_are_water():
    assert ground_at(geojson("near", Box(-89, 41, -85, 44)), 42.5, -87.0) == "water"


def test_both_sides_of_the_antimeridian_meet():
    whole = geojson("near", Box(170, 60, -165, 72))

    for longitude in (179.5, 180.0, 180.5):
        assert ground_at(whole, 68.0, longitude) == "land"


def test_the_whole_world_ends_at_its_box_so_that_copies_fit_side_by_side():
    world = geojson(None, Box(-180, -85, 180, 85))

    rings = [f["geometry"]["coordinates"][0] for f in world["features"][:-1]]
    assert min(x for ring in rings for x, _ in ring) == -180
    assert max(x for ring in rings for x, _ in ring) == 180
    for latitude, longitude in [(66.5, -173.0), (66.5, 175.0), (-25.0, 135.0), (40.0, -100.0)]:
        assert ground_at(world, latitude, longitude) == "land"


def test_the_outlines_fit_into_their_room():
    sizes = {path.name: path.stat().st_size for path in sheets.BASEMAP_DIR.glob("*.json")}

    assert sizes["world.json"] < 50_000
    assert sizes["continent.json"] < 150_000
    assert sizes["near.json"] < 400_000


def test_closer_views_use_finer_outlines():
    levels = [sheets.level_for(degrees) for degrees in (0.002, 0.1, 0.9)]

    assert levels == ["near", "continent", "world"]


def points_of(text):
    """All points of path data: absolute starts, relative steps."""
    for start_x, start_y, steps in re.findall(r"M(-?\d+) (-?\d+)l([^zM]*)", text):
        x, y = int(start_x), int(start_y)
        yield x, y
        numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
        for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + step_x, y + step_y
            yield x, y


def ground_at(collection, latitude, longitude):
    """What is drawn last at a place: "land", "water" or None for the open sea."""
    ground = None
    for feature in collection["features"]:
        if feature["geometry"]["type"] != "Polygon":
            continue
        (ring,) = feature["geometry"]["coordinates"]
        if is_inside(ring, longitude, latitude):
            ground = feature["properties"]["kind"]
    return ground


def is_inside(ring, x, y):
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
