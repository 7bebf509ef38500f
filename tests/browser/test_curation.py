"""A visitor sends, an editor decides: in a real browser, with script and without."""

import re
import time

import pytest
from playwright.sync_api import Browser, Page, expect

from directory.actions import proposals
from directory.actions.proposals import Sender
from directory.models import Organization, Proposal, ReportReason
from tests.browser.sign_in import sign_in
from tests.factories import make_user, numbers

QUEUE = "/admin/directory/proposal/"
PEOPLE_READ = 4  # Seconds that pass before anybody has filled in a form.
TEN_MINUTES = 600


@pytest.fixture
def plain_page(browser: Browser, site: str) -> Page:
    """A tab in which no script runs."""
    context = browser.new_context(base_url=site, java_script_enabled=False, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def proposed(site: str, django_db_blocker) -> list[Proposal]:
    """Forty things that visitors sent about the demo listings."""
    with django_db_blocker.unblock():
        Proposal.objects.all().delete()
        return [sent_about(row, i) for i, row in enumerate(Organization.objects.published()[:40])]


def sent_about(listing: Organization, i: int) -> Proposal:
    sender = Sender(
        ("en", "es", "pt", "fr")[i % 4], relation="user", evidence="https://example.org"
    )
    if i % 5 == 4:
        return proposals.report(listing, ReportReason.MOVED, sender=sender)
    base = listing.revisions.newest_first().first()
    document = base.document | {"summary": f"Example sentence {next(numbers)}."}
    document["founded"] = "1950" if base.document["founded"] != "1950" else "1951"
    return proposals.propose_change(listing, document, base=base, sender=sender)


def come_in(page: Page, django_db_blocker, name: str) -> None:
    with django_db_blocker.unblock():
        make_user(name, is_editor=True)
    page.goto("/admin/")
    sign_in(page, name)


def send(page: Page) -> None:
    page.wait_for_timeout(PEOPLE_READ * 1000)
    page.get_by_role("button", name="Send it to the editors").last.click()


@pytest.mark.parametrize("kind", ["page", "plain_page"])
def test_a_visitor_adds_an_enterprise_and_sees_what_becomes_of_it(kind, request):
    page = request.getfixturevalue(kind)
    page.goto("/")
    page.get_by_role("link", name="Add a listing").first.click()

    send(page)
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator("#problem")).to_be_visible()
    page.get_by_role("link", name="Give the name of the organization.").click()
    page.keyboard.type(f"Example Garden {kind}")
    page.get_by_label("What it does, in a sentence or two").fill("Vegetables, grown together.")
    page.get_by_label("I am not sure").check()
    page.get_by_label("Only the town").check()
    page.get_by_label(re.compile("^Town")).fill("Takoma Park, Maryland")
    page.get_by_label("I use it").check()
    send(page)

    number = page.locator("b.mono").inner_text()
    page.goto("/proposals/")
    page.get_by_label("Your number").fill(number.lower().replace("-", " "))
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("h1")).to_contain_text("reached the editors")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("h1")).to_contain_text("Taken back")


def test_the_summary_of_errors_gets_the_focus(page):
    page.goto("/organizations/new/")

    send(page)

    expect(page.locator("#problem")).to_be_focused()


def test_a_visitor_finds_that_it_is_listed_already(plain_page, django_db_blocker):
    with django_db_blocker.unblock():
        listed = Organization.objects.published().order_by("pk").first()
    plain_page.goto("/organizations/new/")

    plain_page.get_by_label(re.compile("^Name")).fill(listed.name)
    plain_page.get_by_role("button", name="Check whether it is listed").click()
    plain_page.locator("#alike a", has_text=listed.name).first.click()

    expect(plain_page.locator("h1")).to_have_text(listed.name)


def test_thirty_decisions_with_the_keyboard_take_less_than_ten_minutes(
    page, proposed, django_db_blocker
):
    come_in(page, django_db_blocker, "bea")
    page.goto(QUEUE)
    started = time.monotonic()

    page.keyboard.press("j")
    for i in range(30):
        expect(page.locator(".case:focus")).to_have_count(1)
        if i % 6 == 5:
            page.keyboard.press("r")
            page.locator(".case:focus-within select").select_option("out_of_date")
            with page.expect_navigation():
                page.keyboard.press("Enter")
        else:
            with page.expect_navigation():
                page.keyboard.press("a")
    taken = time.monotonic() - started

    with django_db_blocker.unblock():
        decided = Proposal.objects.filter(decided_by__username="bea")
        assert decided.count() == 30
        assert decided.filter(state="declined").count() == 5
        changed = decided.filter(state="accepted", kind="change")
        assert all(p.organization.summary == p.document["summary"] for p in changed)
    assert taken < TEN_MINUTES


def test_pieces_are_decided_with_letters_and_letters_can_be_turned_off(
    page, proposed, django_db_blocker
):
    come_in(page, django_db_blocker, "carla")
    change = next(each for each in proposed if each.kind == "change")
    page.goto(f"{QUEUE}{change.pk}/change/")
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.get_by_role("button", name="Decide as ticked").click()
    expect(page.locator("#reason")).to_be_focused()
    page.locator("#message").fill("just a j and a k")
    page.select_option("#reason", "no_evidence")
    page.get_by_role("button", name="Decide as ticked").click()

    page.goto(QUEUE)
    page.locator(".keys summary").click()
    page.locator("[data-keys-switch]").uncheck()
    page.locator("body").press("j")
    expect(page.locator(".case:focus")).to_have_count(0)
    with django_db_blocker.unblock():
        change.refresh_from_db()
        assert change.state == "accepted_in_part"
        assert change.message.endswith("just a j and a k")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_editors_fit_the_screen(browser, site, proposed, django_db_blocker, width):
    context = browser.new_context(base_url=site, viewport={"width": width, "height": 800})
    page = context.new_page()
    come_in(page, django_db_blocker, f"dora{width}")

    listing = f"/admin/directory/organization/{proposed[0].organization_id}"
    for address in (
        QUEUE,
        f"{QUEUE}{proposed[0].pk}/change/",
        f"{QUEUE}?kind=stale",
        "/admin/directory/changeset/",
        f"{listing}/change/",
        f"{listing}/history/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        for wide in page.locator("#content .results, #content .inline-group").all():
            assert wide.evaluate("each => each.scrollWidth <= each.clientWidth + 1"), address
    context.close()
