"""What the results page says of a place among the words."""

import pytest

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
