"""What the results page says when there is nothing."""

import re

import pytest

from tests.factories import make_organization, make_place
from tests.web.pages import LIST, heading, links, names, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    return make_place("us/maryland/takoma-park", latitude=38.9779, longitude=-77.0075)


def test_nothing_found_says_so_and_what_to_leave_out(client, taxonomy):
    make_organization("Example bakery", types=("worker-cooperative",))
    make_organization("Other", types=("credit-union",))
    html = page(client, "q=bakery&type=credit-union")

    assert heading(html) == "No results for “bakery”"
    assert f"{LIST}?q=bakery" in links(html)
    assert "Without “Credit union”" in html
    assert re.search(r"Without “Credit union”</span>\s*<span class=\"num\">1 result<", html)


def test_nothing_near_says_how_far_to_look_and_what_is_nearest(client, town):
    make_place("us/maryland/frederick", latitude=39.41, longitude=-77.41)
    make_organization("Example farm", place="us/maryland/frederick")
    html = page(client, "near=takoma+park&radius=10")

    assert heading(html) == "No results near Takoma Park"
    assert f"{LIST}?near=takoma+park&radius=80.5" in links(html)
    assert "Within 50 miles" in html
    assert LIST in links(html[html.index("Anywhere, not only near Takoma Park") - 200 :])
    assert "Frederick, 37 miles away" in html
    assert names(html) == ["Example farm"]


def test_a_word_that_was_misspelt_is_told(client):
    make_organization("Example bakery")
    html = page(client, "q=bakrey")

    assert names(html) == ["Example bakery"]
    assert "Also searched for" in html


def test_a_word_that_nothing_has_is_told(client):
    make_organization("Example bakery")
    html = page(client, "q=bakery+xqzwvk")

    assert names(html) == ["Example bakery"]
    assert "Nothing was found for “xqzwvk”, so it was left out." in html
    assert "so it was left out" not in page(client, "q=xqzwvk")


def test_few_results_come_with_ways_on_below_them(client, town):
    for name in ("Example Repair", "Meadow Repair", "Harbour Repair"):
        make_organization(name)
    make_organization("Savings and Repair", types=("credit-union",))

    few = page(client, "q=repair&type=credit-union")

    assert names(few) == ["Savings and Repair"]
    assert "Ask for less" in few
    assert f"{LIST}?q=repair" in links(few)
    assert "Ask for less" not in page(client, "q=repair")


def test_another_spelling_is_asked_about_with_what_it_would_find(client, taxonomy):
    make_organization("Example Fixers", types=("timebank",), summary="We rapair.")
    for number in range(10):
        make_organization(f"Example Repair {number}", types=("credit-union",))

    html = page(client, "q=rapair&type=credit-union")

    assert re.search(r"Did you mean:.*>repair</a>.*\(10 results\)", html, re.S)
    assert f"{LIST}?q=repair&type=credit-union" in links(html)


def test_a_phrase_that_nobody_has_is_offered_without_its_quotation_marks(client):
    make_organization("Example Credit Union")

    html = page(client, "q=%22union+credit%22")

    assert heading(html) == "No results for “union credit”"
    assert re.search(
        r'\?q=union\+credit"><span>Without the quotation marks</span>\s*<span class="num">1 result<',
        html,
    )
    answer = client.get("/api/v1/organizations/", {"q": "“union credit” -bank"}).json()
    ways = {one["value"]: one["url"] for one in answer["advice"]["removals"]}
    assert ways['"'].endswith("?q=union+credit+-bank")


def test_where_nothing_comes_close_there_are_types_and_sectors_to_browse(client, taxonomy):
    make_organization("Example bakery", types=("worker-cooperative",), sectors=("food",))

    html = page(client, "q=xqzwvk&lang=es")

    assert re.search(
        rf'<a href="{LIST}\?sector=food"><span>[^<]+</span> <span class="num">1 ', html
    )
    assert f"{LIST}?sector=finance" not in links(html)
    assert not re.search(r"Sin “xqzwvk”|Sin «xqzwvk»", html)  # The same as all listings.
    assert f"{LIST}?sector=food" not in links(page(client, "q=bakery"))


def test_a_page_speaks_one_unit_also_where_filters_find_something_alone_only(client, taxonomy):
    """Neither of the two finds anything without the other."""
    make_organization("Example bakery", place="us/maryland/takoma-park")
    make_place("us/maryland/frederick", latitude=39.41, longitude=-77.41)
    make_organization("Example savings", place="us/maryland/frederick", types=("credit-union",))

    html = page(client, "q=zzzz&type=credit-union&near=takoma+park&radius=5")

    assert "Only “Within 3.1 miles of Takoma Park”" in html
    assert not re.search(r"\d km\b", html)
