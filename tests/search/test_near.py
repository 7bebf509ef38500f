import math
import random

import pytest

from directory.models import Organization
from directory.search.engine import clusters, search
from directory.search.query import Box, Point, Query
from tests.factories import make_organization, make_place

WORLD = Box(-180, -90, 180, 90)


def at(latitude: float, longitude: float, name: str = "", **fields) -> Organization:
    location = {"latitude": latitude, "longitude": longitude} | fields
    return make_organization(name, place=None, locations=[location])


def serving(name: str, *areas: dict, **fields) -> Organization:
    return make_organization(name, place=None, service_areas=list(areas), **fields)


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """By the spherical law of cosines: another formula than the one under test."""
    a, b = map(math.radians, one), map(math.radians, other)
    (north, east), (south, west) = a, b
    cosine = math.sin(north) * math.sin(south) + math.cos(north) * math.cos(south) * math.cos(
        east - west
    )
    return 6371.0088 * math.acos(max(-1.0, min(1.0, cosine)))


@pytest.mark.parametrize(
    "centre",
    [(0.0, 0.0), (51.5, -0.1), (-17.7, 179.9), (89.5, 20.0), (-89.9, 0.0), (65.0, -179.99)],
)
def test_everything_within_the_radius_is_found_and_nothing_else(db, centre):
    chance = random.Random(3)
    points = []
    for _ in range(40):
        latitude = max(-90.0, min(90.0, centre[0] + chance.uniform(-3, 3)))
        east = chance.uniform(-3, 3) / max(0.02, math.cos(math.radians(latitude)))
        points.append((round(latitude, 5), round((centre[1] + east + 180) % 360 - 180, 5)))
    ids = {at(*point).pk: point for point in points}

    for radius_km in (20.0, 120.0, 400.0):
        found = search(Query(near=Point(*centre, "here"), radius_km=radius_km, page_size=100))
        expected = {pk for pk, point in ids.items() if kilometres(centre, point) <= radius_km}
        assert {hit.organization_id for hit in found.hits} == expected
        distances = [round(hit.distance_km, 6) for hit in found.hits]
        assert distances == sorted(distances)
        for hit in found.hits:
            real = kilometres(centre, ids[hit.organization_id])
            assert hit.distance_km == pytest.approx(real, abs=0.05)
    assert expected  # The widest radius finds some of them.


@pytest.mark.parametrize(
    "box",
    [Box(-10, -10, 10, 10), Box(170, -30, -170, 30), Box(-180, -90, 180, 90), Box(3, 4, 3, 4)],
)
def test_a_box_finds_what_lies_in_it_also_across_the_antimeridian(db, box):
    chance = random.Random(4)
    points = {}
    for _ in range(40):
        point = round(chance.uniform(-90, 90), 4), round(chance.uniform(-180, 180), 4)
        points[at(*point).pk] = point
    points[at(4, 3).pk] = (4.0, 3.0)

    found = search(Query(box=box, page_size=100))

    def is_inside(latitude: float, longitude: float) -> bool:
        across = longitude >= box.west or longitude <= box.east
        along = box.west <= longitude <= box.east
        return box.south <= latitude <= box.north and (along if box.west <= box.east else across)

    expected = {pk for pk, point in points.items() if is_inside(*point)}
    assert {hit.organization_id for hit in found.hits} == expected


def test_a_listing_with_two_branches_is_near_either(found):
    branches = [
        {"latitude": 38.98, "longitude": -77.0},
        {"latitude": 51.5, "longitude": -0.1},
    ]
    make_organization("Two Branches", place=None, locations=branches)

    assert found("near=38.98,-77&radius=1").total == 1
    assert found("near=51.5,-0.1&radius=1").total == 1
    assert found("near=45,-40&radius=100").total == 0


def test_who_is_located_comes_before_who_serves_and_who_is_online_comes_last(found, names):
    make_place("us/maryland/takoma-park")
    serving("Anywhere Online", {"kind": "online"})
    serving("All of Maryland", {"kind": "place", "place": "us/maryland"})
    serving("The Whole Country", {"kind": "country", "country": "US"})
    serving("A Circle", {"kind": "radius", "latitude": 38.9, "longitude": -77.0, "radius_km": 40})
    serving("Another Country", {"kind": "country", "country": "UY"})
    at(39.07, -77.0, "Some Way Off")
    make_organization("Round the Corner", place="us/maryland/takoma-park")

    in_order = names("near=Takoma Park")
    hits = dict(zip(in_order, found("near=Takoma Park").hits, strict=True))

    assert in_order[:2] == ["Round the Corner", "Some Way Off"]
    assert {*in_order[2:5]} == {"All of Maryland", "The Whole Country", "A Circle"}
    assert in_order[5:] == ["Anywhere Online"]
    assert [hits[name].where for name in in_order] == ["located"] * 2 + ["serves"] * 4

    def area(name: str) -> tuple[str, str, float | None]:
        return hits[name].area_kind, hits[name].area_name, hits[name].area_km

    assert area("All of Maryland") == ("place", "Maryland", None)
    assert area("The Whole Country") == ("country", "United States", None)
    assert area("A Circle") == ("radius", "", 40.0)
    assert area("Anywhere Online") == ("online", "", None)
    assert area("Some Way Off") == ("", "", None)


def test_who_serves_from_elsewhere_says_how_far_it_really_is(found):
    make_place("us/maryland/takoma-park")
    make_organization(
        "Farm Far Away",
        place=None,
        locations=[{"latitude": 40.0, "longitude": -77.0}],
        service_areas=[{"kind": "place", "place": "us/maryland/takoma-park"}],
    )

    hit = found("near=Takoma Park&radius=10").hits[0]

    assert (hit.where, hit.area_name) == ("serves", "Takoma Park")
    assert hit.distance_km == pytest.approx(113.6, abs=1)


def test_who_is_located_and_serves_counts_as_located(found):
    make_organization(place="us/maryland/takoma-park", service_areas=[{"kind": "online"}])

    assert found("near=Takoma Park").hits[0].where == "located"


def test_a_town_served_within_the_radius_counts(found):
    make_place("us/maryland/greenbelt", latitude=39.0046, longitude=-76.8755)
    make_place("us/maryland/takoma-park")
    serving("Greenbelt Wheels", {"kind": "place", "place": "us/maryland/greenbelt"})

    assert found("near=Takoma Park&radius=25").hits[0].area_name == "Greenbelt"
    assert found("near=Takoma Park&radius=5").total == 0


def test_serves_finds_areas_that_hold_the_place_and_none_within_it(names):
    make_place("us/maryland/takoma-park")
    serving("All of Maryland", {"kind": "place", "place": "us/maryland"})
    serving("Takoma Only", {"kind": "place", "place": "us/maryland/takoma-park"})
    serving("The Whole Country", {"kind": "country", "country": "US"})
    serving("Anywhere Online", {"kind": "online"})
    serving("Elsewhere", {"kind": "country", "country": "UY"})
    make_organization("Located Only", place="us/maryland/takoma-park")

    assert {*names("serves=us/maryland")} == {
        "All of Maryland", "The Whole Country", "Anywhere Online",
    }  # fmt: skip
    assert "Takoma Only" in names("serves=Takoma Park")


def test_around_a_region_everything_in_it_is_located_there(names):
    make_place("us/maryland/takoma-park", latitude=38.97, longitude=-77.0)
    make_place("us/maryland/cumberland", latitude=39.65, longitude=-78.76)
    make_organization("Western Mutual", place="us/maryland/cumberland")

    assert names("near=us/maryland&radius=5") == ["Western Mutual"]


SECRET = (38.951234, -77.021234)


@pytest.fixture
def hidden(db):
    make_place("us/maryland/takoma-park", latitude=20.0, longitude=20.0)
    location = {
        "latitude": SECRET[0], "longitude": SECRET[1], "precision": "hidden", "country": "US",
        "postcode": "20011", "street": "1200 Example Street", "locality": "Secretville",
        "region": "Nowhereland", "place": "us/maryland/takoma-park",
    }  # fmt: skip
    return make_organization("Shelter", place=None, locations=[location])


def test_a_hidden_location_leaves_no_trace_in_any_answer(hidden, found, errors):
    make_organization("Neighbour", place=None, locations=[{"latitude": 38.95, "longitude": -77.02}])
    here = Point(*SECRET, "here", "us/maryland/takoma-park", "US")

    near = search(Query(near=here, radius_km=500))
    everywhere = search(Query())

    assert hidden.pk not in {hit.organization_id for hit in near.hits}
    assert hidden.pk not in {hit.organization_id for hit in near.advice.nearest}
    assert hidden.pk not in {hit.organization_id for hit in search(Query(box=WORLD)).hits}
    assert everywhere.without_point == 1
    assert all(value.count == 0 for value in everywhere.facets["place"])
    for zoom in (0, 10, 22):
        shown = [(each.count, each.latitude) for each in clusters(Query(), WORLD, zoom)]
        assert shown == [(1, 38.95)]
    for word in ("Secretville", "Nowhereland", "1200", "20011", "Takoma", "United"):
        assert hidden.pk not in {hit.organization_id for hit in found(f"q={word}").hits}
    assert list(errors("near=20011")) == ["near"]
    assert search(Query(words="shelter", near=here, sort="distance")).total == 0
    by_words = search(Query(words="shelter", box=None))
    assert by_words.hits[0].distance_km is None
    assert by_words.box is None


def test_a_hidden_listing_that_serves_the_place_has_no_distance(db):
    make_place("us/maryland/takoma-park")
    make_organization(
        "Shelter",
        place=None,
        locations=[{"latitude": 38.97, "longitude": -77.0, "precision": "hidden"}],
        service_areas=[{"kind": "place", "place": "us/maryland/takoma-park"}],
    )
    here = Point(38.97, -77.0, "here", "us/maryland/takoma-park", "US")

    hit = search(Query(near=here, radius_km=5)).hits[0]

    assert (hit.where, hit.distance_km) == ("serves", None)


def test_distances_are_measured_to_the_published_point_only(db):
    make_place("us/maryland/takoma-park", latitude=38.9779, longitude=-77.0075)
    location = {
        "latitude": SECRET[0], "longitude": SECRET[1], "precision": "town",
        "place": "us/maryland/takoma-park",
    }  # fmt: skip
    make_organization("Blurred", place=None, locations=[location])

    assert search(Query(near=Point(*SECRET, "here"), radius_km=1)).total == 0
    hit = search(Query(near=Point(38.9779, -77.0075, "here"), radius_km=1)).hits[0]
    assert hit.distance_km == pytest.approx(0, abs=0.001)


def test_what_is_known_by_its_region_only_has_no_distance(db):
    make_place("us/maryland/takoma-park", latitude=39.0, longitude=-76.7)
    location = {"place": "us/maryland/takoma-park", "precision": "region"}
    make_organization("Somewhere in Maryland", place=None, locations=[location])

    assert search(Query(near=Point(39.0, -76.7, "the middle of Maryland"), radius_km=10)).total == 0
    assert search(Query(box=WORLD)).total == 1


def test_a_postcode_that_listings_publish_is_a_point(found, errors):
    make_place("gb/england/leeds", latitude=53.8, longitude=-1.55)
    location = {
        "postcode": "LS6 2AB", "latitude": 53.816, "longitude": -1.56, "country": "GB",
        "precision": "postcode",
    }  # fmt: skip
    make_organization("Hyde Park Loaf", place=None, locations=[location])

    assert found("near=ls62ab&radius=5").total == 1
    assert list(errors("near=LS6 2AC")) == ["near"]


def test_trying_points_finds_no_more_of_a_circle_than_its_published_centre(db):
    door = (38.954999, -77.0249)
    area = {"kind": "radius", "latitude": door[0], "longitude": door[1], "radius_km": 0.2}
    published = serving("Shelter", area).service_areas.get().public_centre

    def total(latitude: float, longitude: float) -> int:
        return search(Query(near=Point(latitude, longitude, "here"), radius_km=1)).total

    assert kilometres(door, published) > 4
    assert total(*published) == 1
    assert total(*door) == 0
    assert total(38.95, -77.02) == 0


def test_a_town_too_small_for_the_gazetteer_is_near_at_its_rough_point(db):
    make_place("us/maryland/takoma-park", latitude=20.0, longitude=20.0)
    location = {
        "latitude": 38.951234, "longitude": -77.021234, "precision": "town",
        "place": "us/maryland", "locality": "Smallville",
    }  # fmt: skip
    make_organization("Smallville Mutual", place=None, locations=[location])

    hit = search(Query(near=Point(39.0, -77.0, "here"), radius_km=1)).hits[0]

    assert hit.distance_km == pytest.approx(0, abs=0.01)
    assert search(Query(near=Point(38.951234, -77.021234, "its door"), radius_km=1)).total == 0
