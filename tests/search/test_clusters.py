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
