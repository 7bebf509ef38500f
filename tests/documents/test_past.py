"""What the history may tell of places that were hidden later."""

from directory.documents.past import public_past


def a_document(*locations: dict) -> dict:
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
    return {
        "name": "Example",
        "locations": [empty | location for location in locations],
        "service_areas": [],
    }


HOME = {"street": "99 Hidden Lane"}


def test_what_was_public_and_still_is_stays_in_the_history():
    was = a_document(HOME)

    assert public_past(was, [a_document(HOME)])["locations"][0]["street"] == "99 Hidden Lane"


def test_an_address_that_was_hidden_later_is_gone_from_the_past():
    was = a_document(HOME)

    assert public_past(was, [a_document(HOME | {"precision": "hidden"})])["locations"] == []


def test_it_stays_hidden_after_it_was_removed_altogether():
    hidden = a_document(HOME | {"precision": "hidden"})

    assert public_past(a_document(HOME), [hidden, a_document()])["locations"] == []


def test_hiding_and_clearing_the_street_in_one_edit_hides_the_past_too():
    hidden = a_document({"street": "", "latitude": None, "longitude": None, "precision": "hidden"})

    assert public_past(a_document(HOME), [hidden])["locations"] == []


def test_an_address_blurred_to_its_town_shows_only_the_town_in_the_past():
    blurred = a_document(HOME | {"precision": "town"})

    shown = public_past(a_document(HOME), [blurred])["locations"][0]

    assert (shown["street"], shown["locality"]) == ("", "Takoma Park")


def test_hiding_a_home_leaves_the_shop_in_the_same_town_alone():
    shop = {"street": "1 Shop Street", "latitude": 38.9, "longitude": -77.0}
    later = a_document(shop, HOME | {"precision": "hidden"})

    shown = public_past(a_document(shop, HOME), [later])["locations"]

    assert [location["street"] for location in shown] == ["1 Shop Street"]
