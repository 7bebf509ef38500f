import random

import pytest

from directory.search.engine import clusters, search
from directory.search.query import Box, Query
from tests.factories import make_organization

WORLD = Box(-180, -90, 180, 90)


def at(latitude: float, longitude: float, **fields):
    return make_organization(
        place=None, locations=[{"latitude": latitude, "longitude": longitude}], **fields
    )


@pytest.mark.parametrize("zoom", [0, 2, 5, 9, 14, 22, 40])
def test_every_listing_in_the_box_is_counted_once(db, settings, zoom):
    settings.CLUSTERS_MAX = 30
    chance = random.Random(6)
    for _ in range(50):
        at(round(chance.uniform(-85, 85), 4), round(chance.uniform(-180, 180), 4))

    for box in (WORLD, Box(-60, -40, 60, 40), Box(150, -60, -100, 60)):
        found = clusters(Query(), box, zoom)
        assert found
        assert sum(cluster.count for cluster in found) == search(Query(box=box)).total
        assert len(found) <= 30
        for cluster in found:
            assert cluster.box.south <= cluster.latitude <= cluster.box.north
            assert cluster.box.west <= cluster.longitude <= cluster.box.east


def test_clusters_count_what_the_query_finds(db):
    at(10.0, 10.0, name="Harbour Repair")
    at(10.0, 10.0, name="Meadow Bakery")

    assert [cluster.count for cluster in clusters(Query(words="harbour"), WORLD, 5)] == [1]
    assert [cluster.count for cluster in clusters(Query(), WORLD, 5)] == [2]


def test_a_cluster_of_one_carries_its_listing(db):
    organization = at(10.0, 10.0)
    at(50.0, 50.0)
    at(50.0, 50.0)

    one, two = sorted(clusters(Query(), WORLD, 6), key=lambda cluster: cluster.count)

    assert one.organization_id == organization.pk
    assert (two.count, two.organization_id) == (2, None)


def test_two_branches_in_one_cell_count_once(db):
    branches = [{"latitude": 10.0, "longitude": 10.0}, {"latitude": 10.0001, "longitude": 10.0001}]
    make_organization(place=None, locations=branches)

    assert [cluster.count for cluster in clusters(Query(), WORLD, 3)] == [1]


def test_the_box_of_a_page_is_the_smallest_also_across_the_antimeridian(found):
    at(-17.0, 179.0)
    at(-18.0, -179.0)

    assert found("").box == Box(179.0, -18.0, -179.0, -17.0)


@pytest.mark.parametrize("zoom", range(23))
def test_at_every_zoom_the_counts_are_exact_and_boxes_hold_what_they_count(db, zoom):
    chance = random.Random(zoom)
    for latitude, longitude in [(0, 0), (60, 100), (-45, 179.9), (89.5, 10)]:
        for _ in range(5):
            at(
                round(latitude + chance.uniform(-0.2, 0.2), 5),
                round(longitude - chance.random(), 5),
            )

    found = clusters(Query(), WORLD, zoom)

    assert sum(cluster.count for cluster in found) == 20
    for cluster in found:
        assert search(Query(box=cluster.box)).total == cluster.count


def test_poles_and_the_antimeridian_itself_are_on_the_map(db):
    for latitude, longitude in [(90, 0), (-90, 0), (88, 120), (0, 180), (0, -180)]:
        at(latitude, longitude)

    def count(*edges: float) -> int:
        found = clusters(Query(), Box(*edges), 4)
        assert sum(c.count for c in found) == search(Query(box=Box(*edges))).total
        return sum(cluster.count for cluster in found)

    assert count(-180, -90, 180, 90) == 5
    assert count(-180, 85.06, 180, 90) == 2
    assert count(-180, -90, 180, -90) == 1
    assert count(180, -1, -180, 1) == 2
    assert count(179, -1, -179, 1) == 2


def test_a_box_without_size_holds_what_is_exactly_there(db):
    at(10.0, 10.0)
    at(10.0, 10.00001)

    assert [c.count for c in clusters(Query(), Box(10, 10, 10, 10), 22)] == [1]
    assert clusters(Query(), Box(20, 20, 20, 20), 0) == []


def test_one_cluster_across_the_antimeridian_stands_there(db):
    at(0.0, 179.0)
    at(0.0, -179.0)

    (cluster,) = clusters(Query(), WORLD, 5, most=1)

    assert cluster.count == 2
    assert (cluster.box.west, cluster.box.east) == (179.0, -179.0)
    assert abs(cluster.longitude) == 180.0


def test_the_box_of_a_cluster_leads_to_finer_ones_until_each_stands_alone(db):
    for step in range(4):
        at(10.0 + step * 0.01, 10.0)
    box, counts = WORLD, []
    for zoom in range(0, 23, 2):
        fullest = clusters(Query(), box, zoom)[0]
        box = fullest.box
        counts.append(fullest.count)

    assert counts[0] == 4
    assert counts[-1] == 1
    assert counts == sorted(counts, reverse=True)
