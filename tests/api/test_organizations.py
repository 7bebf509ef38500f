"""The list of organizations: the envelope, the fields, the pages, the reasons."""

import pytest
from django.urls import reverse

from tests.factories import make_organization, make_place

FIELDS = (
    "uid slug name summary url types values sectors locations serves verification "
    "last_confirmed_at stale_since lifecycle source licence why"
).split()


def test_a_list_has_count_next_previous_and_results(read):
    make_organization("Bread Co-op")

    answer = read("organization-list")

    assert list(answer)[:4] == ["count", "next", "previous", "results"]
    assert (answer["count"], answer["next"], answer["previous"]) == (1, None, None)


def test_each_result_has_the_promised_fields(read, fits):
    make_organization("Bread Co-op", values=("deepens-democracy",), sectors=("food",))

    answer = read("organization-list")

    result = answer["results"][0]
    assert set(FIELDS) <= set(result)
    assert result["types"] == [{"code": "worker-cooperative", "label": "Worker cooperative"}]
    assert result["values"][0]["code"] == "deepens-democracy"
    assert result["sectors"][0]["code"] == "food"
    assert result["verification"] == "unverified"
    assert result["source"] == "example-register"
    assert result["licence"] == "CC0 1.0"
    fits(answer, "listOrganizations")


def test_a_location_names_place_region_country_point_and_precision(read):
    make_organization(place="us/maryland/takoma-park")

    location = read("organization-list")["results"][0]["locations"][0]

    assert location["place"] == "us/maryland/takoma-park"
    assert location["region"] == "Maryland"
    assert location["country"] == "US"
    assert (location["latitude"], location["longitude"]) == (38.9779, -77.0075)
    assert location["precision"] == "exact"


def test_drafts_are_not_listed(read):
    make_organization(published=False)

    assert read("organization-list")["count"] == 0


def test_every_result_says_why_it_was_found(read, fits):
    make_organization("Bread Co-op")

    for parameters in ({}, {"q": "bread"}, {"type": "worker-cooperative"}):
        answer = read("organization-list", **parameters)

        reasons = answer["results"][0]["why"]
        assert reasons
        assert all(reason["text"] for reason in reasons)
        fits(answer, "listOrganizations")


def test_near_a_town_every_result_has_a_distance_and_the_answer_says_what_near_was(read, fits):
    make_organization(place="us/maryland/takoma-park")

    answer = read("organization-list", near="Takoma Park")

    assert answer["near"]["label"] == "Takoma Park"
    assert answer["near"]["place"] == "us/maryland/takoma-park"
    assert answer["results"][0]["distance_km"] == 0
    assert answer["results"][0]["where"] == "located"
    fits(answer, "listOrganizations")


def test_near_a_town_the_reason_is_told_in_parts(read, fits):
    make_organization("Here", place="us/maryland/takoma-park")
    make_place("uy/rocha/la-paloma", latitude=-34.66, longitude=-54.16)
    circle = {"kind": "radius", "latitude": 38.98, "longitude": -77.01, "radius_km": 40.0}
    areas = {
        "State": {"kind": "place", "place": "us/maryland"},
        "Nation": {"kind": "country", "country": "US"},
        "Circle": circle,
        "Online": {"kind": "online"},
    }
    for name, area in areas.items():
        make_organization(name, place="uy/rocha/la-paloma", service_areas=[area])

    answer = read("organization-list", near="Takoma Park")

    parts = ("kind", "field", "code", "label", "distance_km", "area_km")
    why = {row["name"]: tuple(row["why"][0][part] for part in parts) for row in answer["results"]}
    assert why == {
        "Here": ("located", "", "us/maryland/takoma-park", "Takoma Park", 0.0, None),
        "State": ("serves", "place", "us/maryland", "Maryland", None, None),
        "Nation": ("serves", "country", "US", "United States", None, None),
        "Circle": ("serves", "radius", "", "", None, 40.0),
        "Online": ("serves", "online", "", "", None, None),
    }
    fits(answer, "listOrganizations")


def test_without_a_place_no_distance_is_told(read):
    make_organization()

    assert "distance_km" not in read("organization-list")["results"][0]


def test_a_hidden_location_has_no_distance(read):
    location = hidden_location()
    make_organization(locations=[location], service_areas=[{"kind": "online"}])

    answer = read("organization-list", near="Takoma Park")

    assert [row["distance_km"] for row in answer["results"]] in ([], [None])


def hidden_location() -> dict:
    make_place("us/maryland/takoma-park")
    return {
        "place": "us/maryland/takoma-park",
        "country": "US",
        "latitude": 38.9779,
        "longitude": -77.0075,
        "precision": "hidden",
    }


def test_facets_count_by_parameter_and_code(read, fits):
    make_organization(types=("worker-cooperative",))
    make_organization(types=("credit-union",))

    answer = read("organization-list", facets="1")

    assert answer["facets"]["type"]["credit-union"] == {"label": "Credit union", "count": 1}
    fits(answer, "listOrganizations")


def test_facets_come_only_when_asked_for(read):
    make_organization()

    assert "facets" not in read("organization-list")


def test_fields_picks_the_fields_of_each_result(read, fits):
    make_organization("Bread Co-op")

    answer = read("organization-list", fields="name,url")

    assert list(answer["results"][0]) == ["name", "url"]
    fits(answer, "listOrganizations")


def test_an_unknown_field_is_named(client, db):
    response = client.get(reverse("api:organization-list"), {"fields": "name,password"})

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "fields"
    assert "password" in response.json()["errors"][0]["detail"]


def test_pages_lead_to_each_other(client, db):
    for _ in range(3):
        make_organization()
    url = reverse("api:organization-list")

    first = client.get(url, {"page_size": 2})
    second = client.get(first.json()["next"])

    assert len(first.json()["results"]) == 2
    assert len(second.json()["results"]) == 1
    assert second.json()["next"] is None
    assert client.get(second.json()["previous"]).json()["results"] == first.json()["results"]
    assert 'rel="next"' in first.headers["Link"]
    assert 'rel="prev"' in second.headers["Link"]
    assert 'rel="first"' in second.headers["Link"]
    assert 'rel="last"' in first.headers["Link"]


@pytest.mark.parametrize("size", ["0", "-1", "101", "ten", "1e1", "10" * 20, "٣"])
def test_page_size_is_1_to_100(client, db, size):
    response = client.get(reverse("api:organization-list"), {"page_size": size})

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "page_size"


def test_a_hundred_results_fit_on_a_page(read):
    make_organization()

    assert read("organization-list", page_size="100")["count"] == 1


def test_a_page_beyond_the_end_is_not_found(client, db):
    make_organization()

    response = client.get(reverse("api:organization-list"), {"page": 2})

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("page", ["0", "-1", str(10**19), "1.5", "last"])
def test_a_page_that_is_no_number_is_a_bad_request(client, db, page):
    response = client.get(reverse("api:organization-list"), {"page": page})

    assert response.status_code == 400


def test_nothing_found_comes_with_advice(read, fits):
    make_organization("Bread Co-op", types=("worker-cooperative",))
    make_organization("Money Co-op", types=("credit-union",))

    answer = read("organization-list", q="bread", type="credit-union")

    assert answer["count"] == 0
    assert {r["parameter"]: r["count"] for r in answer["advice"]["removals"]} == {"q": 1, "type": 1}
    assert all("page=" not in removal["url"] for removal in answer["advice"]["removals"])
    fits(answer, "listOrganizations")


def test_labels_come_in_the_language_asked_for(client, taxonomy):
    make_organization(types=("credit-union",))
    url = reverse("api:organization-list")

    by_parameter = client.get(url, {"lang": "es"})
    by_header = client.get(url, headers={"accept-language": "es-MX,en;q=0.5"})

    for response in (by_parameter, by_header):
        label = response.json()["results"][0]["types"][0]["label"]
        assert label == "Cooperativa de ahorro y crédito"
        assert response["Content-Language"] == "es"


def test_the_list_costs_the_same_for_any_length(queries_of):
    url = reverse("api:organization-list")
    make_organization()
    queries_of(url)
    one = queries_of(url)
    for _ in range(5):
        make_organization()
    queries_of(url)

    assert queries_of(url) == one
    assert one <= 10


def test_the_same_question_finds_the_same_as_the_page(client, read):
    make_organization("Bread Co-op")
    make_organization("Money Co-op", types=("credit-union",))

    names = [row["name"] for row in read("organization-list", type="credit-union")["results"]]
    page = client.get(reverse("organization-list"), {"type": "credit-union"}).content.decode()

    assert names == ["Money Co-op"]
    assert "Money Co-op" in page
    assert "Bread Co-op" not in page


def test_a_place_among_the_words_is_told_with_the_address_of_the_words_as_words(client, read, fits):
    make_place("us/maryland/takoma-park")
    make_organization("Example Food Co-op", place="us/maryland/takoma-park")

    answer = read("organization-list", q="food takoma park")

    fits(answer, "listOrganizations")
    understood = answer["understood"]
    assert (understood["words"], understood["place"]) == ("food", "us/maryland/takoma-park")
    assert understood["label"] == "Takoma Park, Maryland, United States"
    assert answer["near"]["label"] == "Takoma Park"
    as_words = client.get(understood["as_words"]).json()
    assert as_words["count"] == 1
    assert "understood" not in as_words


def test_ways_on_from_a_place_among_the_words_lead_where_they_say(client, read):
    make_place("us/maryland/takoma-park")
    make_organization("Example Food Co-op", place="us/maryland/takoma-park")

    advice = read("organization-list", q="bread takoma park")["advice"]

    assert [removal["parameter"] for removal in advice["removals"]] == ["q"]
    for removal in advice["removals"]:
        assert client.get(removal["url"]).json()["count"] == removal["count"]
