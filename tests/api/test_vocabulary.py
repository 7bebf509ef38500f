"""Terms, places and completions."""

import pytest
from django.urls import reverse

from tests.factories import make_organization, make_place, make_term


def test_terms_stand_in_a_tree(read, fits):
    parent = make_term("finance")
    make_term("credit-union", parent=parent)

    answer = read("term-list", scheme="type")

    assert [(t["code"], t["parent"], t["depth"]) for t in answer["results"]] == [
        ("finance", None, 0),
        ("credit-union", "finance", 1),
    ]
    assert answer["results"][0]["narrower"] == ["credit-union"]
    fits(answer, "listTerms")


def test_a_term_has_the_asked_label_and_all_labels(read, fits):
    make_term("credit-union", labels={"en": "Credit union", "es": "Cooperativa de crédito"})

    answer = read("term-detail", "type", "credit-union", lang="es")

    assert answer["label"] == "Cooperativa de crédito"
    assert answer["labels"] == {"en": "Credit union", "es": "Cooperativa de crédito"}
    fits(answer, "readTerm")


def test_every_term_that_ships_fits_the_schema(client, taxonomy, fits):
    url = reverse("api:term-list")
    seen = 0

    address = f"{url}?page_size=100"
    while address:
        answer = client.get(address).json()
        fits(answer, "listTerms")
        seen += len(answer["results"])
        address = answer["next"]

    assert seen == answer["count"] > 200


@pytest.mark.parametrize(("scheme", "code"), [("type", "nothing"), ("nothing", "credit-union")])
def test_an_unknown_term_is_not_found(client, db, scheme, code):
    assert client.get(reverse("api:term-detail", args=[scheme, code])).status_code == 404


def test_an_unknown_scheme_is_a_bad_parameter(client, db):
    response = client.get(reverse("api:term-list"), {"scheme": "colour"})

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "scheme"


def test_places_are_the_countries_then_what_is_in_them(read, fits):
    make_place("us/maryland/takoma-park")
    make_place("uy/montevideo/montevideo")

    countries = read("place-list")
    regions = read("place-list", parent="us")

    assert {place["path"] for place in countries["results"]} == {"us", "uy"}
    assert [place["path"] for place in regions["results"]] == ["us/maryland"]
    fits(countries, "listPlaces")


def test_places_are_found_by_any_of_their_names(read):
    make_place("uy/montevideo/montevideo", names=("Montevideu",))

    paths = [place["path"] for place in read("place-list", q="montevideu")["results"]]

    assert paths == ["uy/montevideo/montevideo"]


def test_a_place_says_its_names_and_what_holds_it(read, fits):
    make_place("us/maryland/takoma-park", names=("Takoma",))

    answer = read("place-detail", "us/maryland/takoma-park")

    assert answer["names"] == ["Takoma", "Takoma Park"]
    assert [place["place"] for place in answer["within"]] == ["us/maryland", "us"]
    assert answer["full_name"] == "Takoma Park, Maryland, United States"
    fits(answer, "readPlace")


def test_an_unknown_place_is_not_found_and_as_a_parent_a_bad_parameter(client, db):
    url = reverse("api:place-list")

    assert client.get(reverse("api:place-detail", args=["xx/nowhere"])).status_code == 404
    for parameters in ({"parent": "xx"}, {"parent": "xx", "q": "Paris"}, {"parent": "No way"}):
        assert client.get(url, parameters).status_code == 400


def test_suggestions_lead_somewhere(read, fits):
    make_term("credit-union")
    make_organization("Credit Works")

    answer = read("suggest", q="cred")

    labels = {(row["kind"], row["label"]) for row in answer["results"]}
    assert labels >= {("organization", "Credit Works"), ("term", "Credit union")}
    assert all(row["url"].startswith("http") for row in answer["results"])
    fits(answer, "suggest")


def test_suggestions_keep_to_the_kind_and_limit_asked_for(read):
    make_term("credit-union")
    make_organization("Credit Works")

    answer = read("suggest", q="cred", kind="term", limit="1")

    assert [row["kind"] for row in answer["results"]] == ["term"]


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param({}, id="no words"),
        pytest.param({"q": ""}, id="empty words"),
        pytest.param({"q": "x" * 201}, id="too long"),
        pytest.param({"q": "a", "limit": "21"}, id="too many"),
        pytest.param({"q": "a", "kind": "person"}, id="unknown kind"),
        pytest.param({"q": "a", "kind": ["place"] * 51}, id="too many kinds"),
    ],
)
def test_a_bad_question_for_suggestions_is_refused(client, db, parameters):
    assert client.get(reverse("api:suggest"), parameters).status_code == 400
