import pytest

from directory.models import Organization
from directory.search.conditions import conditions_of
from directory.search.engine import search
from directory.search.filters import OrganizationFilter
from directory.search.live import current
from directory.search.meant import respelled
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


def test_a_word_with_a_minus_can_be_what_is_in_the_way(around, client):
    answer = client.get("/api/v1/organizations/", {"q": "repair -harbour -meadow -far"}).json()

    found = {one["value"]: (one["count"], one["label"]) for one in answer["advice"]["removals"]}
    assert found == {
        "-harbour": (1, "Not: harbour"),
        "-meadow": (1, "Not: meadow"),
        "-far": (1, "Not: far"),
        "repair -harbour -meadow -far": (4, "“repair -harbour -meadow -far”"),
    }
    url = next(o["url"] for o in answer["advice"]["removals"] if o["value"] == "-meadow")
    assert [one["name"] for one in client.get(url).json()["results"]] == ["Meadow Repair"]


def test_a_wider_radius_and_the_nearest_beyond_are_offered(around):
    query = OrganizationFilter({"q": "repair", "near": "Takoma Park", "radius": "10"}).query

    advice = search(query).advice

    assert advice.wider_km == 40.2  # 25 miles.
    distances = [hit.distance_km for hit in advice.nearest]
    assert distances == pytest.approx([40, 70, 300], rel=0.01)
    assert search(Query(words="repair", near=query.near, radius_km=40.2)).total == 1


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


def test_a_rare_word_may_have_been_meant_otherwise_under_the_same_filters(around):
    for number in range(3):  # So many that the word counts as known, and is not corrected.
        at_km(-4000, f"Fixers {number}", summary="We rapair.")
        for other in range(9):
            at_km(-4000, f"Repair {number} {other}")
    query = OrganizationFilter({"q": "rapair", "near": "Takoma Park", "radius": "100"}).query

    found = search(query)

    assert found.total == 0
    assert found.advice.spellings == (("repair", 2),)
    assert search(Query(words="repair", near=query.near, radius_km=100)).total == 2


@pytest.mark.parametrize("known", [{"name": "Baking"}, {"name": "Oven", "types": ("bakehouse",)}])
def test_what_a_name_or_a_term_is_called_was_not_meant_otherwise(around, known):
    make_term("bakehouse", labels={"en": "Bakehouse"}, synonyms={"en": ["baking"]})
    make_organization(**known)
    for number in range(12):
        make_organization(f"Banking {number}")

    query = OrganizationFilter({"q": "baking", "near": "Takoma Park", "radius": "5"}).query

    assert search(query).advice.spellings == ()


def test_where_no_single_removal_helps_each_filter_says_what_it_finds_alone(around):
    make_term("bread", scheme="sector")
    make_organization("Far Bread", types=("land-trust",), sectors=("bread",), place="uy/x/y")
    query = OrganizationFilter(
        {"q": "repair", "type": "credit-union", "sector": "bread", "place": "uy"}
    ).query

    advice = search(query).advice

    assert advice.removals == ()
    assert {(one.parameter, one.count) for one in advice.alone} == {
        ("q", 3), ("type", 1), ("sector", 1), ("place", 1),
    }  # fmt: skip


def test_who_serves_the_area_from_afar_or_online_is_offered(around):
    at_km(900, "Faraway Fund", service_areas=[{"kind": "country", "country": "US"}])
    make_organization("Online Press", place=None, service_areas=[{"kind": "online"}])
    make_organization("Elsewhere", place="uy/x/y")

    def offered(address: dict[str, str]) -> set[str]:
        advice = search(OrganizationFilter(address).query).advice
        ids = [hit.organization_id for hit in advice.serving]
        return {*Organization.objects.filter(pk__in=ids).values_list("name", flat=True)}

    both = {"Faraway Fund", "Online Press"}
    assert offered({"q": "nothing-has-this", "near": "Takoma Park"}) == both
    assert offered({"q": "nothing-has-this", "place": "us/maryland/takoma-park"}) == both
    assert offered({"q": "nothing-has-this", "bbox": "-77.01,38.9,-77,38.91"}) == both
    assert offered({"q": "press", "bbox": "-77.01,38.9,-77,38.91"}) == {"Online Press"}
    assert offered({"q": "nothing-has-this"}) == set()


def test_who_serves_the_area_is_offered_beside_few_hits_and_no_hit_twice(around):
    make_organization("Online Press", place=None, service_areas=[{"kind": "online"}])
    make_organization("Online Repair", place=None, service_areas=[{"kind": "online"}])
    address = {"q": "repair", "near": "Takoma Park", "radius": "50"}

    found = search(OrganizationFilter(address).query)

    def names(hits) -> set[str]:
        rows = Organization.objects.in_bulk([hit.organization_id for hit in hits])
        return {row.name for row in rows.values()}

    assert names(found.hits) == {"Harbour Repair", "Online Repair"}
    assert names(found.advice.serving) == {"Online Press"}


def test_of_many_unknown_words_only_the_text_with_all_spelled_otherwise_is_tried(around):
    far = {"near": "0,0", "radius": "1"}

    with current() as (index, _sequence):
        tried = [
            respelled(conditions_of(index, OrganizationFilter(far | {"q": words}).query))
            for words in ("harbuor repiar", "harbuor repiar corenr savnigs")
        ]
    assert tried == [
        ["harbour repair", "harbour repiar", "harbuor repair"],
        ["harbour repair corner savings"],
    ]


def test_where_no_filter_finds_anything_the_nearest_of_any_kind_are_shown(around):
    make_term("timebank")
    address = {"q": "qqzzxx", "type": "timebank", "near": "0,0", "radius": "1"}

    advice = search(OrganizationFilter(address).query).advice

    assert (advice.removals, advice.alone) == ((), ())
    assert len(advice.nearest) == 4
