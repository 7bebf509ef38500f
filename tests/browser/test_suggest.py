"""Completions in What and Where: by keyboard, by touch, by screen reader, and never needed."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

HOME, RESULTS = "/", "/organizations/?q=bakery"


def what(page: Page):
    return page.get_by_role("combobox", name="What", exact=True)


def where(page: Page):
    return page.get_by_role("combobox", name="Where", exact=True)


@pytest.fixture
def asked(page: Page) -> list[str]:
    """The completions a page has asked for."""
    addresses: list[str] = []
    page.on("request", lambda r: addresses.append(r.url) if "/suggest/" in r.url else None)
    return addresses


@pytest.mark.parametrize("address", [HOME, RESULTS])
def test_typing_offers_names_terms_and_places_each_in_its_group(page, address):
    page.goto(address)
    what(page).fill("credit un")

    box = page.get_by_role("listbox", name="What")
    expect(box.get_by_role("group", name="Names").get_by_role("option").first).to_be_visible()
    types = box.get_by_role("group", name="Types, values and sectors")
    expect(types.get_by_role("option").first).to_contain_text("Credit union")
    expect(what(page)).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status").filter(has_text="suggestions")).to_contain_text(
        re.compile(r"^\d+ suggestions$")
    )
    assert Axe().run(page).response["violations"] == []


def test_arrows_move_enter_chooses_and_nothing_is_chosen_by_itself(page):
    page.goto(HOME)
    where(page).press_sequentially("takoma pa", delay=10)
    option = page.get_by_role("option", name=re.compile("Takoma Park"))
    expect(option).to_be_visible()
    expect(where(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))

    where(page).press("ArrowDown")

    expect(option).to_have_attribute("aria-selected", "true")
    assert where(page).get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert where(page).input_value() == "takoma pa"
    where(page).press("ArrowUp")
    expect(option).to_have_attribute("aria-selected", "false")
    where(page).press("ArrowDown")
    where(page).press("Enter")
    assert where(page).input_value() == "Takoma Park, Maryland, United States"
    expect(page.get_by_role("listbox", name="Where")).to_be_hidden()
    assert page.url.endswith("/")

    where(page).press("Enter")
    expect(page.locator("h1")).to_contain_text("near Takoma Park")


def test_escape_closes_the_list_and_keeps_what_was_typed(page):
    page.goto(HOME)
    what(page).fill("credit")
    expect(page.get_by_role("listbox", name="What")).to_be_visible()

    what(page).press("Escape")

    expect(page.get_by_role("listbox", name="What")).to_be_hidden()
    expect(what(page)).to_have_attribute("aria-expanded", "false")
    assert what(page).input_value() == "credit"


def test_leaving_the_field_closes_the_list(page):
    page.goto(HOME)
    what(page).fill("credit")
    expect(page.get_by_role("listbox", name="What")).to_be_visible()

    what(page).press("Tab")

    expect(page.get_by_role("listbox", name="What")).to_be_hidden()
    expect(where(page)).to_be_focused()


def test_a_place_chosen_in_what_goes_into_where(page):
    page.goto(HOME)
    what(page).fill("takoma park")
    page.get_by_role("group", name="Places").get_by_role("option").first.click()

    assert (what(page).input_value(), where(page).input_value()) == (
        "",
        "Takoma Park, Maryland, United States",
    )
    expect(where(page)).to_be_focused()


def test_a_listing_that_is_chosen_opens_its_page(page):
    page.goto(HOME)
    what(page).fill("credit un")
    option = page.get_by_role("group", name="Names").get_by_role("option").first
    name = option.locator("span").inner_text()
    option.click()

    expect(page.locator("h1")).to_have_text(name)


def test_a_term_that_is_chosen_is_searched_by_near_the_place_that_was_typed(page):
    page.goto(HOME)
    where(page).fill("Washington, DC")
    what(page).fill("credit un")
    option = page.get_by_role("option", name=re.compile("^Credit union Type"))
    expect(option).to_be_visible()
    for _ in range(page.get_by_role("option").count()):
        what(page).press("ArrowDown")
        if option.get_attribute("aria-selected") == "true":
            break

    what(page).press("Enter")

    expect(page.get_by_role("checkbox", name=re.compile("^Credit union"))).to_be_checked()
    assert re.search(r"\?near=Washington%2C\+DC&type=credit-union$", page.url), page.url


# Keys that come faster than any machine under load takes them one by one.
TYPED_AT_ONCE = """(field, letters) => {
    field.focus();
    for (const letter of letters) {
        field.value += letter;
        field.dispatchEvent(new Event("input", {bubbles: true}));
    }
}"""


def test_one_letter_asks_nothing_and_fast_typing_asks_once(page, asked):
    page.goto(HOME)
    what(page).press_sequentially("c")
    page.wait_for_timeout(400)
    assert asked == []

    what(page).evaluate(TYPED_AT_ONCE, "redit")
    expect(page.get_by_role("listbox", name="What")).to_be_visible()

    assert len(asked) == 1
    assert "q=credit&" in asked[0]


def test_a_server_that_does_not_answer_leaves_a_plain_field(browser: Browser, site: str):
    context = browser.new_context(base_url=site, locale="en-GB")
    page = context.new_page()
    page.route("**/suggest/**", lambda route: route.abort())
    page.goto(HOME)
    what(page).fill("credit union")
    page.wait_for_timeout(400)
    expect(page.get_by_role("listbox", name="What")).to_be_hidden()

    what(page).press("Enter")

    expect(page.locator(".hit").first).to_be_visible()
    context.close()


def test_a_finger_chooses_at_320_pixels_in_dark_colours(browser: Browser, site: str):
    size = {"width": 320, "height": 640}
    context = browser.new_context(
        base_url=site, viewport=size, color_scheme="dark", has_touch=True, locale="en-GB"
    )
    page = context.new_page()
    page.goto(RESULTS)
    where(page).fill("takoma")
    option = page.get_by_role("option", name=re.compile("Takoma Park"))
    expect(option).to_be_visible()
    assert option.bounding_box()["height"] >= 44
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(page).response["violations"] == []

    option.tap()

    assert where(page).input_value() == "Takoma Park, Maryland, United States"
    context.close()


def test_without_script_both_are_plain_fields(browser: Browser, site: str):
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto(HOME)

    assert page.locator("[role=combobox], [role=listbox]").count() == 0
    page.get_by_label("What", exact=True).fill("credit union")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".hit").first).to_be_visible()
    context.close()
