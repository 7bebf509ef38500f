"""The results page: each hit, in pages, in an order."""

import datetime
import re

import pytest
from django.utils import timezone

from directory.actions import confirmations
from directory.models import Door, VerificationLevel
from tests.factories import make_organization, make_place
from tests.web.pages import LIST, heading, links, names, page, title

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    return make_place("us/maryland/takoma-park", latitude=38.9779, longitude=-77.0075)


def test_the_heading_counts_names_the_words_and_the_place(client, town):
    make_organization("Example bakery")

    assert heading(page(client)) == "1 listing"
    assert heading(page(client, "q=bakery")) == "1 result for “bakery”"
    assert heading(page(client, "near=takoma+park")) == "1 result near Takoma Park"
    both = page(client, "q=bakery&near=takoma+park")
    assert heading(both) == "1 result for “bakery” near Takoma Park"
    assert '<h1 tabindex="-1"' in both


def test_each_hit_has_a_number_a_name_a_type_a_place_a_sentence_and_a_stitch(client, town):
    make_organization("Example bakery", summary="Bread from here.")
    html = page(client, "near=takoma+park")

    assert names(html) == ["Example bakery"]
    assert 'id="hit-1"' in html
    assert "Worker cooperative" in html
    assert "<b>Located here:</b> Takoma Park" in html
    assert "Bread from here." in html
    assert "Not checked yet" in html


def test_each_hit_says_why_it_was_found(client):
    make_organization("Example bakery")

    assert "Found because <mark>bakery</mark> is in its name." in page(client, "q=bakery")


def test_distances_are_in_the_unit_of_the_place(client):
    make_place("us/maryland/takoma-park", latitude=38.9779, longitude=-77.0075)
    make_place("us/maryland/greenbelt", latitude=39.0046, longitude=-76.8755)
    make_place("uy/montevideo/montevideo", latitude=-34.9, longitude=-56.16)
    make_place("uy/canelones/pando", latitude=-34.72, longitude=-55.96)
    make_organization(place="us/maryland/greenbelt")
    make_organization(place="uy/canelones/pando")

    assert re.search(r"Greenbelt, 7\.\d miles away", page(client, "near=takoma+park"))
    assert re.search(r"Pando, 27 km away", page(client, "near=montevideo&radius=50"))


def test_serving_a_place_is_told_apart_from_being_there(client, town):
    make_place("us/maryland/frederick", latitude=39.41, longitude=-77.41)
    make_organization(
        "Example farm",
        place="us/maryland/frederick",
        service_areas=[{"kind": "place", "place": "us/maryland/takoma-park"}],
    )
    html = page(client, "near=takoma+park&radius=5")

    assert "<b>Serves here:</b> Takoma Park." in html
    assert re.search(r"It is in Frederick, \d+ miles away\.", html)


def test_text_in_another_language_says_which(client):
    make_organization("Panadería de ejemplo", language="es", summary="Pan para el barrio.")

    assert '<p class="sum" lang="es">Pan para el barrio.</p>' in page(client)
    assert '<p class="sum">Pan para el barrio.</p>' in page(client, "lang=es")


def test_a_translated_sentence_is_shown_in_the_language_of_the_page(client):
    make_organization(
        language="es",
        summary="Pan para el barrio.",
        translations={"en": {"summary": "Bread for the neighbourhood."}},
    )

    assert '<p class="sum">Bread for the neighbourhood.</p>' in page(client)


def test_the_stitch_says_who_checked_and_when(client):
    organization = make_organization()
    confirmations.verify(
        organization,
        level=VerificationLevel.EDITOR_CHECKED,
        on=timezone.localdate(),
        by=None,
        door=Door.COMMAND,
    )
    html = page(client)

    assert "Checked by an editor" in html
    assert f'<time datetime="{timezone.localdate():%Y-%m}">' in html


def test_an_old_check_wants_a_new_look(client):
    organization = make_organization()
    confirmations.verify(
        organization,
        level=VerificationLevel.EDITOR_CHECKED,
        on=timezone.localdate() - datetime.timedelta(days=800),
        by=None,
        door=Door.COMMAND,
    )

    assert "needs a new look" in page(client)


def test_the_map_numbers_its_points_as_the_list_does(client, town):
    make_organization("Example bakery")
    make_organization("Example online group", place=None, service_areas=[{"kind": "online"}])
    html = page(client)

    drawing = re.search(r'<svg class="map".*?</svg>', html, re.S).group(0)
    assert 'href="#hit-1" aria-label="Result 1: Example bakery"' in drawing
    assert "Example online group" not in drawing
    assert 'class="no" aria-hidden="true">1<' in html
    assert 'class="no none" aria-hidden="true">2<' in html
    assert "1 result has no place on the map" in html


def test_the_map_moves_by_links_that_keep_the_question(client, town):
    make_organization("Example bakery")
    html = page(client, "q=bakery&near=takoma+park")

    moves = [link for link in links(html) if "bbox=" in link and link.endswith("#map")]
    assert len(moves) >= 6
    assert all("q=bakery" in link and "near=" not in link for link in moves)
    assert client.get(moves[0].removesuffix("#map")).status_code == 200


def test_counts_on_the_map_lead_to_what_is_on_other_pages(client, town):
    for _ in range(21):
        make_organization()

    assert 'aria-label="1 more result here, on another page"' in page(client)


def test_a_hidden_address_is_on_no_page(client, town):
    secret = {
        "country": "US",
        "place": "us/maryland/takoma-park",
        "locality": "Secretville",
        "street": "13 Hidden Lane",
        "postcode": "20913",
        "latitude": 38.912345,
        "longitude": -77.054321,
        "precision": "hidden",
    }
    hidden = make_organization("Example refuge", locations=[secret])

    for query in ("", "q=refuge", "near=takoma+park", "q=hidden+lane", "near=38.912345,-77.054321"):
        html = page(client, query)
        found = re.sub(r"<form.*?</form>|<title>.*?</title>|<h1.*?</h1>", "", html, flags=re.S)
        for word in ("Secretville", "13 Hidden", "20913", 'aria-label="Result 1: Example refuge'):
            assert word not in found, (query, word)
    assert "Its address is not shown." in page(client, "q=refuge")
    assert names(page(client, "near=38.912345,-77.054321&radius=1")) == []
    assert hidden.pk


def test_the_page_costs_the_same_for_any_number_of_hits(queries_of, town):
    make_organization()
    queries_of(LIST)  # The index is read once.
    one = queries_of(LIST)
    for _ in range(5):
        make_organization(place="us/maryland/takoma-park")
    queries_of(LIST)

    assert queries_of(LIST) == one


def test_twenty_to_a_page_and_the_title_says_which(client):
    for _ in range(45):
        make_organization(place=None, service_areas=[{"kind": "online"}])
    first, second = page(client), page(client, "page=2")

    assert len(names(first)) == len(names(second)) == 20
    assert title(second).startswith("45 listings, page 2 of 3 – ")
    assert "Results 21 to 40 of 45, page 2 of 3" in second
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert set(names(first)).isdisjoint(names(second))


@pytest.mark.parametrize("number", ["0", "99", "-1", "abc", "10000000000000000000", "1e3"])
def test_an_unknown_page_leads_to_the_first(client, number):
    make_organization("Example bakery")
    response = client.get(LIST, {"q": "bakery", "page": number})

    assert response.status_code == 302
    assert response["Location"] == f"{LIST}?q=bakery"


def test_orders_are_links_and_the_one_in_use_is_explained(client, town):
    make_organization("Example bakery")
    html = page(client, "q=bakery&near=takoma+park")

    assert "Within 16 miles, best match first." in html
    assert f"{LIST}?q=bakery&near=takoma+park&sort=distance" in links(html)
    assert "Nearest first" not in page(client, "q=bakery")


def test_the_address_of_an_api_call_without_its_prefix_is_the_same_page(client, db):
    make_organization("Example Bakery")

    page = client.get("/organizations/", {"q": "bakery", "facets": "1", "fields": "name"})

    assert page.status_code == 200
    assert "Example Bakery" in page.content.decode()


def test_a_heap_of_numbers_is_one_mark_that_names_them_and_counts_have_a_plus(client):
    place = {"latitude": 38.9, "longitude": -77.0}
    for number in range(1, 7):
        make_organization(f"Example {number}", locations=[place])

    html = page(client, "page_size=5&sort=name")

    assert re.search(
        r'<a class="group" href="#hit-1" aria-label="Results 1, 2, 3, 4, 5 are here">.*?>1–5</text>',
        html,
    )
    assert re.search(r'<a class="more" [^>]*on another page">.*?>\+1</text>', html)
    within = html.split("<defs>")[1].split("</defs>")[0]
    assert re.findall(r'href="#hit-(\d)" aria-label="Result (\d): Example \2" data-at', within) == [
        (str(number), str(number)) for number in range(1, 6)
    ]
    assert "A wide mark stands for several of the list" in html
