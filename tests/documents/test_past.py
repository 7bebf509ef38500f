"""What the history may tell of places that are no longer shown as they were."""

import pytest

from directory.documents.past import Past


def locations(*given: dict) -> list[dict]:
    empty = {
        "name": "",
        "street": "",
        "postcode": "",
        "locality": "Takoma Park",
        "region": "",
        "country": "US",
        "place": "us/maryland/takoma-park",
        "latitude": 38.98765,
        "longitude": -77.01234,
        "precision": "exact",
        "opening_hours": "",
        "wheelchair": "",
        "accessibility_note": "",
    }
    return [empty | location for location in given]


def a_document(*given: dict) -> dict:
    return {"name": "Example", "locations": locations(*given), "service_areas": []}


def told(was: list[dict], *, now: list[dict], ever: tuple[list[dict], ...] = ()) -> list[dict]:
    """What is told of locations of an earlier time."""
    return Past(now, ever).public(a_document(*was))["locations"]


HOME = {"name": "Blue door", "street": "99 Hidden Lane", "postcode": "20912"}
SHOP = {"street": "1 Shop Street", "latitude": 38.9, "longitude": -77.0}
HIDDEN_HOME = HOME | {"precision": "hidden"}
NO_ADDRESS = {"street": "", "postcode": "", "place": "", "latitude": None, "longitude": None}


def test_what_was_public_and_still_is_stays_in_the_history():
    [location] = told([HOME], now=locations(HOME))

    assert location == locations(HOME)[0]


def test_a_document_of_the_past_keeps_all_that_is_no_location():
    area = {"kind": "radius", "latitude": 38.98765, "longitude": -77.01234, "radius_km": 10}
    was = a_document(HOME) | {"name": "Old name", "service_areas": [area]}

    document = Past([]).public(was)

    assert document["name"] == "Old name"
    assert document["service_areas"] == [area | {"latitude": 39.0, "longitude": -77.0}]


def test_an_address_that_was_hidden_later_is_gone_from_the_past():
    assert told([HOME], now=locations(HIDDEN_HOME)) == []


def test_it_stays_hidden_after_it_was_removed_altogether():
    assert told([HOME], now=locations(), ever=(locations(HIDDEN_HOME),)) == []


def test_hiding_and_clearing_the_address_in_one_edit_hides_the_past_too():
    assert told([HOME], now=locations(NO_ADDRESS | {"precision": "hidden"})) == []


def test_a_home_hidden_and_cleared_is_not_taken_for_the_office_in_its_town():
    cleared = NO_ADDRESS | {"precision": "hidden"}

    shown = told([HOME, SHOP], now=locations(SHOP, cleared))

    assert [location["street"] for location in shown] == ["1 Shop Street"]


def test_an_address_that_was_deleted_is_told_as_its_town():
    [location] = told([HOME], now=[])

    assert location["place"] == "us/maryland/takoma-park"
    assert location["locality"] == "Takoma Park"
    assert location["precision"] == "town"
    secrets = ("name", "street", "postcode", "latitude", "longitude", "accessibility_note")
    assert not any(location[column] for column in secrets)


def test_the_town_of_a_deleted_address_has_no_point_even_if_the_gazetteer_lacks_it():
    [location] = told([HOME | {"place": "us/maryland"}], now=[])

    assert (location["latitude"], location["longitude"]) == (None, None)


@pytest.mark.parametrize("column", ["street", "postcode", "place", "latitude", "country"])
def test_an_address_that_differs_in_one_thing_is_another_address(column):
    other = {"latitude": 38.98766, "place": "us/maryland/greenbelt", "country": "UY"}

    [location] = told([HOME], now=locations(HOME | {column: other.get(column, "1 Elsewhere")}))

    assert location["precision"] == "town"


def test_what_was_told_by_its_region_is_not_told_by_its_town():
    [location] = told([HOME | {"precision": "region"}], now=[])

    assert (location["precision"], location["locality"]) == ("region", "")
    assert location["place"] == "us/maryland"


def test_an_address_told_by_its_region_now_is_told_so_in_the_past():
    for now, ever in [
        (locations(HOME | {"precision": "region"}), ()),
        ([], (locations(HOME | {"precision": "region"}),)),
    ]:
        [location] = told([HOME], now=now, ever=ever)

        assert (location["precision"], location["place"]) == ("region", "us/maryland")


@pytest.mark.parametrize("precision", ["street", "postcode", "town"])
def test_an_address_blurred_later_shows_only_the_town_in_the_past(precision):
    [location] = told([HOME], now=locations(HOME | {"precision": precision}))

    assert (location["street"], location["locality"]) == ("", "Takoma Park")
    assert location["precision"] == "town"


@pytest.mark.parametrize(
    ("precision", "point"), [("street", (38.988, -77.012)), ("postcode", (38.99, -77.01))]
)
def test_an_address_shown_more_exactly_now_stays_as_it_was_told(precision, point):
    [location] = told([HOME | {"precision": precision}], now=locations(HOME))

    assert location["precision"] == precision
    assert (location["latitude"], location["longitude"]) == point


def test_addresses_are_compared_as_exactly_as_they_were_told():
    """A new number in the same street is no other address to one that was told by its street."""
    was = HOME | {"precision": "street"}

    [location] = told([was], now=locations(HOME | {"street": "7 Hidden Lane"}))

    assert location["street"] == "Hidden Lane"


def test_hiding_a_home_leaves_the_shop_in_the_same_town_alone():
    shown = told([SHOP, HOME], now=locations(SHOP, HIDDEN_HOME))

    assert [location["street"] for location in shown] == ["1 Shop Street"]


def test_what_is_hidden_in_one_country_takes_nothing_from_another():
    abroad = {"country": "UY", "place": "uy/montevideo", "street": "1 Far Street"}

    [location] = told([abroad, HOME], now=locations(HIDDEN_HOME))

    assert (location["place"], location["precision"]) == ("uy/montevideo", "town")


def test_what_is_hidden_in_no_known_country_may_be_in_any():
    nowhere = {"place": "", "country": "", "precision": "hidden"}

    assert told([HOME], now=locations(nowhere)) == []
    assert told([HOME | {"place": "", "country": ""}], now=locations(HIDDEN_HOME)) == []


def test_two_locations_without_an_address_are_not_taken_for_one():
    was = HOME | NO_ADDRESS | {"accessibility_note": "Ring at Ana's"}

    [location] = told([was], now=locations(NO_ADDRESS))

    assert (location["name"], location["accessibility_note"]) == ("", "")


def test_what_was_hidden_then_is_hidden_whatever_is_shown_now():
    assert told([HIDDEN_HOME], now=locations(HOME)) == []
