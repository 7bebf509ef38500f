"""What people come for, in a real browser: with script, without it, in four languages."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sign_in import sign_in
from tests.factories import PASSWORD, make_user
from tests.second_factors import code_now


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Page:
    """A tab in which no script runs."""
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


def search(page: Page, what: str, where: str = "") -> None:
    page.goto("/")
    page.get_by_label("What", exact=True).fill(what)
    page.get_by_label("Where", exact=True).fill(where)
    page.get_by_role("button", name="Find").click()


@pytest.mark.parametrize("kind", ["page", "plain_page"])
def test_a_visitor_finds_a_credit_union_near_washington_and_how_to_reach_it(kind, request):
    page = request.getfixturevalue(kind)

    search(page, "credit union", "Washington, DC")
    expect(page.locator("h1")).to_contain_text("near Washington")
    page.locator(".hit h3 a").first.click()

    expect(page.locator("h1")).to_contain_text("Credit Union")
    expect(page.locator(".claims").first).to_contain_text("Credit union")


def test_the_drawn_map_numbers_what_the_list_numbers_and_moves_by_links(plain_page):
    search(plain_page, "credit union", "Washington, DC")
    numbers = plain_page.locator("svg.map a text").all_text_contents()
    assert any(number.strip().isdigit() for number in numbers)

    plain_page.locator(".map-moves a").first.click()

    assert "bbox=" in plain_page.url
    expect(plain_page.locator("svg.map")).to_be_visible()


def test_filters_narrow_and_chips_take_them_back_without_script(plain_page):
    plain_page.goto("/organizations/")
    before = plain_page.locator("h1").inner_text()

    plain_page.locator("input[name=type]").first.check()
    plain_page.get_by_role("button", name="Apply").first.click()
    assert "type=" in plain_page.url
    assert plain_page.locator("h1").inner_text() != before

    plain_page.locator(".chips a").first.click()
    assert "type=" not in plain_page.url


def test_pages_are_numbered_in_title_and_links(plain_page):
    plain_page.goto("/organizations/")

    plain_page.get_by_role("link", name=re.compile("Next page")).click()

    assert re.search(r"page 2 of \d+", plain_page.title(), re.I)


def test_nothing_found_says_what_to_leave_out(plain_page):
    plain_page.goto("/organizations/?q=credit+union&type=timebank")

    link = plain_page.locator("main a[href*='/organizations/?']").first
    expect(link).to_be_visible()
    link.click()
    expect(plain_page.locator(".hit").first).to_be_visible()


@pytest.mark.parametrize(
    ("language", "word"),
    [("Español", "Encontrar"), ("Português", "Encontr"), ("Français", "Trouver")],
)
def test_the_language_changes_and_the_question_stays(plain_page, language, word):
    plain_page.goto("/organizations/?q=cooperative")

    plain_page.locator(".lang summary").click()
    plain_page.get_by_role("link", name=language).click()

    assert "q=cooperative" in plain_page.url
    assert plain_page.locator("html").get_attribute("lang") == plain_page.url.split("lang=")[1][:2]


@pytest.mark.parametrize(
    "what", ["boulangerie", "panaderia", "padaria", "coperative", "credit unoin", "cafe reparacion"]
)
def test_words_of_other_languages_and_slips_still_find_something(plain_page, what):
    search(plain_page, what)

    expect(plain_page.locator(".hit").first).to_be_visible()


def test_an_ambiguous_town_offers_the_others(plain_page):
    plain_page.goto("/organizations/?near=Washington")

    expect(plain_page.locator("main")).to_contain_text("Washington")


def test_a_wrong_number_is_told_at_its_field_and_shows_no_results(plain_page):
    plain_page.goto("/organizations/?radius=far&near=Washington")

    assert plain_page.title().startswith("Error:")
    expect(plain_page.locator(".hit")).to_have_count(0)


def test_an_editor_signs_in_and_looks_a_place_up_while_typing(page, django_db_blocker):
    with django_db_blocker.unblock():
        make_user("ana", is_editor=True)
    page.goto("/admin/directory/organization/add/")
    sign_in(page, "ana")

    page.get_by_text("Add another Location").click()
    page.locator(".field-place .select2-selection").first.click()
    page.locator(".select2-search__field").fill("takoma")

    expect(page.locator(".select2-results__option").first).to_contain_text("Takoma Park")


def test_a_new_editor_sets_up_an_app_and_reaches_the_admin(page, django_db_blocker):
    with django_db_blocker.unblock():
        make_user("ben", is_editor=True, has_second_factor=False)
    page.goto("/admin/")
    page.fill("#id_login", "ben")
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_role("img", name="QR code for the app")).to_be_visible()

    page.fill("#id_code", code_now(page.locator("code.key").inner_text()))
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".codes code")).to_have_count(10)
    page.get_by_role("link", name="I have them").click()

    expect(page).to_have_url(re.compile("/admin/$"))


@pytest.mark.parametrize("path", ["/", "/organizations/?q=cooperative", "/types/", "/api/"])
def test_a_page_makes_no_request_to_anyone_else_and_logs_no_error(page, path):
    page.goto(path)

    page.wait_for_load_state("networkidle")
