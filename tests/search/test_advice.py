import pytest

from directory.search.engine import search
from directory.search.filters import OrganizationFilter
from directory.search.query import Query
from tests.factories import make_organization, make_place, make_term


def at_km(north_km: float, name: str, **fields):
    latitude = round(38.9779 + north_km / 111.195, 6)
    return make_organization(
        name, place=None, locations=[{"latitude": latitude, "longitude": -77.0075}], **fields
    )


@pytest.fixture
def around(db):
    make_place("us/maryland/takoma-park")
    make_term("credit-union")
    at_km(40, "Harbour Repair")
    at_km(70, "Meadow Repair")
    at_km(300, "Far Repair")
    at_km(2, "Corner Savings", types=("credit-union",))


def test_each_filter_whose_removal_helps_is_named_with_what_it_would_find(around):
    address = {"q": "repair", "type": "credit-union", "near": "Takoma Park", "radius": "50"}

    advice = search(OrganizationFilter(address).query).advice

    found = {(removal.parameter, removal.value): removal.count for removal in advice.removals}
    assert found == {("q", "repair"): 1, ("type", "credit-union"): 1}
    for removal in advice.removals:
        rest = {name: value for name, value in address.items() if name != removal.parameter}
        assert search(OrganizationFilter(rest).query).total == removal.count


def test_an_exclusion_can_be_what_is_in_the_way(around):
    query = OrganizationFilter({"q": "savings", "type": "-credit-union"}).query

    removals = search(query).advice.removals

    assert [(r.parameter, r.value, r.label, r.count) for r in removals] == [
        ("q", "savings", "“savings”", 3),
        ("type", "-credit-union", "Not: Credit union", 1),
    ]


def test_a_wider_radius_and_the_nearest_beyond_are_offered(around):
    query = OrganizationFilter({"q": "repair", "near": "Takoma Park", "radius": "10"}).query

    advice = search(query).advice

    assert advice.wider_km == 50
    distances = [hit.distance_km for hit in advice.nearest]
    assert distances == pytest.approx([40, 70, 300], rel=0.01)
    assert search(Query(words="repair", near=query.near, radius_km=50)).total == 1


def test_at_most_five_of_the_nearest_are_shown(around):
    for north in range(100, 110):
        at_km(north, f"Repair {north}")
    query = OrganizationFilter({"q": "repair", "near": "Takoma Park", "radius": "1"}).query

    assert len(search(query).advice.nearest) == 5


def test_enough_hits_need_no_advice(around):
    advice = search(Query(words="repair")).advice

    assert (advice.removals, advice.nearest, advice.wider_km) == ((), (), None)


def test_nothing_helps_where_nothing_would(db):
    make_organization("Harbour")

    assert search(Query(words="harbour")).advice.removals == ()
