"""What the results page says of a place among the words."""

import re

import pytest

from directory.models import Place
from tests.factories import make_organization, make_place
from tests.web.pages import LIST, heading, links, names, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def food(db):
    make_organization("Example Food Co-op", place="us/maryland/takoma-park")
    make_place("us/washington/seattle", latitude=47.6, longitude=-122.3)
    make_organization("Workshop for Takoma Park Food and Bread", place="us/washington/seattle")


def test_the_page_says_how_it_understood_and_leads_back_to_words(client, food):
    html = page(client, "q=food+takoma+park")

    assert heading(html) == "1 result for “food” near Takoma Park"
    assert "Showing “food” in and around Takoma Park, Maryland." in html
    assert 'value="food takoma park"' in html
    back = f"{LIST}?q=food+takoma+park&words_only=1"
    assert back in links(html)

    html = page(client, back.partition("?")[2])
    assert "Showing “food”" not in html
    assert "Workshop for Takoma Park Food and Bread" in names(html)
    assert f"{LIST}?q=food+takoma+park" in links(html)


def test_a_region_is_told_without_around_and_a_place_alone_without_words(client, food):
    assert "Showing “food” in Maryland, United States." in page(client, "q=food+in+maryland")
    html = page(client, "q=takoma+park")
    assert "Showing all that is in and around Takoma Park, Maryland." in html


def test_links_of_the_page_go_on_from_what_was_understood(client, food):
    html = page(client, "q=food+takoma+park&radius=40")

    assert f"{LIST}?q=food&near=us%2Fmaryland%2Ftakoma-park&radius=40&sort=distance" in links(html)


def test_another_place_of_the_name_is_a_choice(client, db):
    make_place("us/maine/portland", population=70_000)
    make_place("us/oregon/portland", latitude=45.5, longitude=-122.7, population=650_000)

    html = page(client, "q=bread+in+portland")

    assert f"{LIST}?q=bread&near=us%2Fmaine%2Fportland" in links(html)


def test_a_place_without_hits_says_so_and_shows_what_is_nearest(client, food):
    html = page(client, "q=food+in+seattle&type=-worker-cooperative")
    assert heading(html) == "No results for “food” near Seattle"

    html = page(client, "q=loom+takoma+park")
    assert heading(html) == "No results for “loom” near Takoma Park"
    assert f"{LIST}?near=us%2Fmaryland%2Ftakoma-park" in links(html)


def test_who_asks_for_near_me_is_asked_where_that_is(client, food):
    for query in ("q=food+near+me", "near=near+me", "q=food&near=pr%C3%A8s+de+chez+moi"):
        html = page(client, query)
        assert "This site does not know where you are" in html
        assert "#near" in links(html)
        framed = client.get(f"/embed/?{query}").content.decode()
        assert "This site does not know where you are" in framed
    assert heading(html) == heading(page(client, "q=food"))
    assert f"{LIST}?q=food+near+me&words_only=1" in links(page(client, "q=food+near+me"))
    understood = client.get("/api/v1/organizations/?q=food+near+me").json()["understood"]
    assert (understood["words"], understood["place"]) == ("food", "")


def test_a_name_that_says_near_me_in_other_words_is_found(client, food):
    make_organization("Close to Home")

    assert heading(page(client, "q=close+to+home")) == "1 result for “close to home”"


def test_places_of_several_kinds_are_told_apart_and_a_country_is_linked_by_no_code(client, food):
    make_place("us/georgia/atlanta", latitude=33.7, longitude=-84.4)
    make_place("ge/tbilisi/tbilisi", latitude=41.7, longitude=44.8)
    Place.objects.filter(path="us/georgia").update(population=10_000_000, name="Georgia")
    Place.objects.filter(path="ge").update(population=3_700_000, name="Georgia")
    for path in ("us/georgia", "ge"):
        place = Place.objects.get(path=path)
        place.names.update_or_create(folded="georgia", defaults={"name": "Georgia"})
    Place.objects.get(path="us/georgia").names.create(name="GE", folded="ge", population=9)

    html = page(client, "near=Georgia")

    assert "Georgia (country)" in html
    assert f"{LIST}?near=ge%2F" in links(html)
    assert heading(page(client, "near=ge%2F")) == "No results in Georgia"


def test_words_that_may_name_a_place_lead_to_it(client, food):
    make_place("mx/veracruz/alvarado", latitude=18.8, longitude=-95.8, population=22_000)

    html = page(client, "q=alvarado+food")

    assert "Look for “food” in Alvarado, Veracruz" in html
    assert f"{LIST}?q=food&near=mx%2Fveracruz%2Falvarado" in links(html)


def test_a_region_is_shown_without_radius_ring_and_distances(client, food):
    make_organization("Example Online", place=None, service_areas=[{"kind": "online"}])

    html = page(client, "near=Maryland&radius=40")

    assert "In Maryland, best match first." in re.sub(r"\s+", " ", html)
    assert heading(html) == "2 results in Maryland"
    assert 'class="ring"' not in html
    assert 'id="radius"' not in html
    assert not re.search(r"(km|miles?) away", html)
    assert names(html)[:2] == ["Example Food Co-op", "Example Online"]
    assert "it is in Maryland" in html
