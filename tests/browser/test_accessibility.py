"""WCAG 2.2 AA on every kind of page, in light and dark, down to 320 px."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PAGES = {
    "home": "/",
    "results": "/organizations/?q=cooperative&near=Washington,DC&radius=100",
    "results with filters": "/organizations/?type=cooperative&type=-food-cooperative",
    "nothing found": "/organizations/?q=zzzzqqqq&type=timebank&near=Takoma+Park",
    "refused": "/organizations/?radius=nan&nonsense=1",
    "types": "/types/",
    "type": "/types/credit-union/",
    "value": "/values/deepens-democracy/",
    "sectors": "/sectors/",
    "places": "/places/",
    "place": "/places/us/maryland/",
    "about": "/about/",
    "how listings are checked": "/about/checking/",
    "api": "/api/",
    "add a listing": "/organizations/new/",
    "what became of it": "/proposals/?reference=0000",
    "not found": "/nothing-here/",
    "sign in": "/accounts/login/",
    "forgotten password": "/accounts/password/reset/",
}


def violations(page: Page) -> list[str]:
    """What axe finds wrong, one line a rule."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes'][:3]]}" for rule in found]


def tab(browser: Browser, site: str, **options: object) -> Page:
    return browser.new_context(base_url=site, locale="en-GB", **options).new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on(browser, site, name, scheme):
    page = tab(browser, site, color_scheme=scheme)

    page.goto(PAGES[name])

    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", ["", "history/", "suggest/", "report/"])
def test_axe_finds_nothing_on_a_listing(browser, site, part, scheme):
    page = tab(browser, site, color_scheme=scheme)
    page.goto("/organizations/?q=credit+union")
    address = page.locator(".hit h3 a").first.get_attribute("href")

    page.goto(f"{address}{part}")

    assert violations(page) == []
    page.context.close()


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_at_320_pixels(browser, site, name, language):
    page = tab(browser, site, viewport={"width": 320, "height": 640})

    address = PAGES[name]
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={language}")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_the_search_of_the_home_page_is_on_the_first_screen_of_a_phone(browser, site):
    page = tab(browser, site, viewport={"width": 360, "height": 640})

    page.goto("/?lang=fr")  # The language with the longest words above it.

    form, button = (page.locator(f".hero {part}").bounding_box() for part in (".ask", "button"))
    assert form["y"] < 300
    assert button["y"] + button["height"] <= 640
    page.context.close()


def test_the_first_tab_offers_to_skip_the_head(page):
    page.goto("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.url.endswith("#main")


def test_every_control_of_the_results_can_be_reached_by_keyboard_and_shows_its_focus(page):
    page.goto("/organizations/?q=cooperative")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "() => { const e = document.activeElement; const s = getComputedStyle(e);"
                " return [e.name || e.className || e.tagName, s.outlineStyle !== 'none'] }"
            )[1]
        )

    assert seen == {True}


def test_targets_are_large_enough_for_a_thumb(browser, site):
    page = tab(browser, site, viewport={"width": 390, "height": 800})
    page.goto("/organizations/?q=cooperative")

    small = page.evaluate(
        """() => [...document.querySelectorAll('main a, main button, main input, main summary')]
          .filter(e => e.offsetParent && !e.closest('p, figcaption, svg, .unseen'))
          .map(e => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect()])
          .filter(([, box]) => box.width && (box.height < 24 || box.width < 24))
          .map(([text]) => text)"""
    )

    assert small == []
    page.context.close()
