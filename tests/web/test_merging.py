"""Counts on a small map stand apart."""

from itertools import combinations
from math import hypot
from re import findall

from directory.search import query as asked
from directory.search.query import Cluster
from directory.web.boxes import Box
from directory.web.maps import Mark, draw
from directory.web.merging import merged
from tests.factories import make_organization, make_place
from tests.web.pages import page

VIEW = Box(-60.0, -30.0, 60.0, 50.0).fitted(400 / 320)


def cluster(count: int, latitude: float, longitude: float) -> Cluster:
    box = asked.Box(longitude - 1, latitude - 1, longitude + 1, latitude + 1)
    return Cluster(count, latitude, longitude, box)


def test_counts_that_would_cover_each_other_are_taken_together():
    found = merged([cluster(30, 10, 10), cluster(10, 10, 14)], VIEW, 400, 320)

    assert [(each.count, each.latitude, each.longitude) for each in found] == [(40, 10, 11)]
    assert found[0].box == asked.Box(9, 9, 15, 11)


def test_counts_far_apart_stay_as_they_are():
    apart = [cluster(30, 10, 10), cluster(10, -20, -40)]

    assert merged(apart, VIEW, 400, 320) == apart


def test_no_listing_is_lost_and_no_discs_overlap():
    many = [cluster(n + 1, -20 + 6 * (n % 9), -50 + 11 * (n // 9)) for n in range(81)]
    found = merged(many, VIEW, 400, 320)
    drawn = draw(
        VIEW,
        [Mark(c.latitude, c.longitude, str(c.count), "/", "name", "cluster") for c in found],
        width=400,
        height=320,
    )

    assert sum(each.count for each in found) == sum(range(1, 82))
    for one, other in combinations(drawn.marks, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


def test_neighbours_across_the_date_line_are_neighbours():
    pacific = Box(150.0, -30.0, -150.0, 30.0)
    found = merged([cluster(5, 0, 179), cluster(5, 0, -179)], pacific, 400, 320)

    assert [abs(each.longitude) for each in found] == [180]
    assert found[0].box == asked.Box(178, -1, -178, 1)


def test_the_results_of_neighbouring_towns_are_one_count_on_a_map_of_the_world(
    client, db, settings
):
    settings.PAGE_SIZE = 1
    towns = {"nz/otago/dunedin": (-45.9, 170.5), "cl/maule/talca": (-35.4, -71.7)}
    towns |= {"es/madrid/madrid": (40.4, -3.7), "es/aragon/zaragoza": (41.7, -0.9)}
    towns |= {"es/catalonia/girona": (42.0, 2.8), "fr/occitanie/nimes": (43.8, 4.4)}
    make_organization("A first one", place=None, service_areas=[{"kind": "online"}])
    for path, (latitude, longitude) in towns.items():
        make_place(path, latitude=latitude, longitude=longitude)
        make_organization(place=path)

    assert sorted(findall(r">\+(\d+)</text>", page(client))) == ["1", "1", "4"]
