"""The live map: opened by a button, labelled, numbered as the list, and never needed."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

HOME = "/"
RESULTS = "/organizations/?near=Washington,DC&radius=25"


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The addresses a page has asked for."""
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    return addresses


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A narrow tab in dark colours."""
    size = {"width": 320, "height": 640}
    context = browser.new_context(base_url=site, viewport=size, color_scheme="dark")
    yield context.new_page()
    context.close()


def open_live(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Open the live map").click()
    expect(page.locator(".live-map")).to_be_visible()


def move(page: Page, name: str) -> Response:
    """Press a link under the map; the answer that the moved map asked for."""
    with page.expect_response(re.compile("/clusters/")) as answer:
        page.get_by_role("link", name=name, exact=True).click()
    answer.value.finished()
    return answer.value


@pytest.mark.parametrize("address", [HOME, RESULTS])
def test_the_drawn_map_shows_first_and_nothing_of_the_live_one_is_loaded(page, asked, address):
    page.goto(address)
    page.wait_for_load_state("networkidle")

    expect(page.locator("svg.map")).to_be_visible()
    assert not [each for each in asked if re.search("leaflet|live_|basemap|clusters", each)]


@pytest.mark.parametrize("address", [HOME, RESULTS])
def test_the_button_leads_into_the_live_map_and_back(page, address):
    open_live(page, address)
    expect(page.locator(".live-map")).to_be_focused()
    expect(page.locator("svg.map")).to_be_hidden()

    page.get_by_role("button", name="Back to the drawn map").click()

    expect(page.locator("svg.map")).to_be_visible()
    expect(page.locator(".live-map")).to_have_count(0)
    expect(page.get_by_role("button", name="Open the live map")).to_be_focused()


@pytest.mark.parametrize("address", [HOME, RESULTS])
def test_the_live_map_has_land_names_counts_and_a_scale(page, address):
    open_live(page, address)

    assert page.locator(".live-map path.land").count() > 0
    names = page.locator(".live-map .map-name")
    assert names.count() >= 2
    assert {each.get_attribute("aria-hidden") for each in names.all()} == {"true"}
    assert page.locator(".live-map .map-mark").count() > 0
    unit = " mi" if address == RESULTS else " km"
    expect(page.locator(".leaflet-control-scale-line")).to_contain_text(unit)


def test_the_whole_world_is_there_wherever_the_middle_is(page):
    open_live(page, HOME)
    for direction in ("Zoom out", "Move the map west", "Move the map west"):
        move(page, direction)

        expect(page.locator(".live-map path.land").first).to_be_visible()
        # The world and a copy on each side: no part of the view is without land of its own.
        left, right = page.evaluate(
            """() => {
              const boxes = [...document.querySelectorAll('.live-map path.land')]
                .map(each => each.getBoundingClientRect());
              return [Math.min(...boxes.map(b => b.left)), Math.max(...boxes.map(b => b.right))];
            }"""
        )
        frame = page.locator(".live-map").bounding_box()
        assert left <= frame["x"]
        assert right >= frame["x"] + frame["width"]


def test_the_numbers_are_those_of_the_list_and_no_listing_stands_twice(page):
    open_live(page, f"{RESULTS}&page_size=6")

    drawn = page.locator("svg.map a[data-at]").evaluate_all(
        "marks => marks.map(mark => [mark.textContent.trim(), mark.getAttribute('aria-label')])"
    )
    live = page.locator(".live-map .map-mark[aria-label^='Result']").evaluate_all(
        "marks => marks.map(mark => [mark.textContent, mark.getAttribute('aria-label')])"
    )
    assert live == drawn
    assert len(live) > 5
    keys = page.locator(".map-mark").evaluate_all("marks => marks.map(m => m.dataset.mark)")
    assert len(keys) == len(set(keys))
    # What is no number of the list has a plus, and another shape.
    counts = page.locator(".live-map .more").all_inner_texts()
    assert counts
    assert [each for each in counts if not re.fullmatch(r"\+[\d,]+", each)] == []
    assert page.locator(".live-map .cluster").count() == 0


def test_a_point_opens_the_name_of_its_listing_and_escape_gives_the_focus_back(page):
    open_live(page, RESULTS)
    mark = page.locator(".map-mark[aria-label^='Result 1:']")
    listing = page.locator("#hit-1 h3 a")

    mark.focus()
    page.keyboard.press("Enter")
    link = page.locator(".map-popup a")
    expect(link).to_have_text(f"1. {listing.inner_text()}")
    expect(link).to_be_focused()
    expect(link).to_have_attribute("href", re.compile(listing.get_attribute("href") + "$"))

    page.keyboard.press("Escape")
    expect(page.locator(".map-popup")).to_have_count(0)
    expect(mark).to_be_focused()


def test_arrows_and_plus_move_the_map_from_the_keyboard(page):
    open_live(page, RESULTS)
    before = page.locator("[data-here]").get_attribute("href")

    for key in ("ArrowRight", "+"):
        with page.expect_response(re.compile("/clusters/")):
            page.keyboard.press(key)

    assert page.locator("[data-here]").get_attribute("href") != before


@pytest.mark.parametrize("address", [HOME, RESULTS])
def test_after_a_move_the_results_of_what_is_seen_are_one_press_away(page, address):
    open_live(page, address)
    search = page.get_by_role("button", name="Search this area")
    expect(search).to_be_hidden()

    move(page, "Zoom in")
    search.click()

    page.wait_for_url(re.compile(r"/organizations/\?.*bbox="))
    assert "near=" not in page.url
    expect(page.locator("h1")).to_be_visible()


def test_a_count_opens_what_it_counts(page):
    open_live(page, HOME)
    before = page.locator(".leaflet-control-scale-line").inner_text()

    page.locator(".live-map .cluster").first.click()

    expect(page.locator(".leaflet-control-scale-line")).not_to_have_text(before)


def test_without_leaflet_the_drawn_map_stays_with_a_sentence(page):
    # An empty script stands for one that does not arrive: a refused load would fail the tab.
    page.route(
        "**/leaflet.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    page.goto(RESULTS)
    page.get_by_role("button", name="Open the live map").click()

    expect(page.locator(".map-says")).to_have_text(re.compile("could not be loaded"))
    expect(page.locator("svg.map")).to_be_visible()
    expect(page.locator(".live-map")).to_have_count(0)


@pytest.mark.parametrize("part", ["basemap.geojson", "clusters/", "leaflet.js", "live_map.js"])
def test_whatever_does_not_arrive_the_drawn_map_stays_and_may_be_tried_again(phone, part):
    there = re.compile(re.escape(part))
    phone.route(there, lambda route: route.abort())
    phone.goto(RESULTS)
    phone.get_by_role("button", name="Open the live map").click()

    expect(phone.locator(".map-says")).to_have_text(re.compile("could not be loaded"))
    expect(phone.locator("svg.map")).to_be_visible()
    expect(phone.locator(".live-map")).to_have_count(0)

    phone.unroute(there)
    phone.get_by_role("button", name="Open the live map").click()
    expect(phone.locator(".live-map")).to_be_visible()
    expect(phone.locator(".map-says")).to_be_empty()


@pytest.mark.parametrize("address", [HOME, RESULTS])
def test_on_a_narrow_phone_it_fits_and_every_mark_can_be_hit(phone, address):
    open_live(phone, address)

    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = phone.locator(".map-mark").evaluate_all(
        "marks => marks.map(m => Math.min(m.offsetWidth, m.offsetHeight))"
    )
    assert sizes
    assert min(sizes) >= 24
    land, sea = phone.evaluate(
        """() => [getComputedStyle(document.querySelector('.live-map path.land')).fill,
                  getComputedStyle(document.querySelector('.live-map')).backgroundColor]"""
    )
    assert (land, sea) == ("rgb(42, 48, 73)", "rgb(16, 20, 31)")


def test_axe_finds_nothing_on_the_live_map_and_on_its_popup(phone):
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    open_live(phone, RESULTS)
    whole = Axe().run(phone, options=rules).response["violations"]

    # What lies under the open popup is out of reach until it is closed, so only the popup counts.
    phone.locator(".map-mark[aria-label^='Result 2:']").click()
    popup = Axe().run(phone, ".map-popup", options=rules).response["violations"]

    assert [rule["id"] for rule in [*whole, *popup]] == []


def test_the_live_map_asks_what_was_understood_of_the_words(page, asked):
    open_live(page, "/organizations/?q=credit+union+in+washington+dc")

    (clusters,) = [each for each in asked if "/clusters/" in each]

    assert "q=credit+union&near=us%2Fdistrict-of-columbia%2Fwashington" in clusters
    moved = move(page, "Zoom out").url
    assert "q=credit+union&bbox=" in moved
