"""The whole life of a listing in a real browser, and whether its history tells it truly.

The clock of the server is moved and nothing else: whoever was signed in is signed out by that, as
they would be, and signs in again with the code that their app shows by then.
"""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from directory.exchange.jobs import WORKS
from directory.exchange.work import Worker
from directory.models import Organization, VerificationLevel
from tests.browser.sign_in import sign_in
from tests.factories import make_user

NAME = "Example Repair Café of the Old Mill"
ADDRESS = "hello@mill.example.org"
QUEUE = "/admin/directory/proposal/"
BY_THE_CLOCK = {"ageing", "reminders", "mail"}  # The jobs that need no network.
AS_PEOPLE_TYPE = 10  # Seconds; a form that comes back sooner was filled in by a program.
EDITOR_AFTER = "by an editor, after somebody suggested it."
IN_ANSWER = "by the organization itself, in answer to a letter."
OLD = "Nobody has confirmed it for so long that it wants a new look."


@pytest.fixture
def clock(site, django_db_blocker, settings):
    """The clock of the server, and the database as this test sees it."""
    settings.SITE_URL = site
    with django_db_blocker.unblock(), time_machine.travel(timezone.now(), tick=True) as moved:
        yield moved


@pytest.fixture
def somebody(browser: Browser, site: str):
    """Makes a browser of somebody's own."""
    contexts = []

    def come() -> Page:
        contexts.append(browser.new_context(base_url=site, locale="en-GB"))
        return contexts[-1].new_page()

    yield come
    for context in contexts:
        context.close()


def test_a_listing_is_proposed_doubted_claimed_and_kept_true(clock, somebody, mailoutbox):
    make_user("edith", is_editor=True)
    visitor, editor, owner = somebody(), somebody(), somebody()

    number = propose(visitor, clock)
    accept_all_but_the_telephone(editor)
    see_what_was_decided(visitor, number)
    listing = Organization.objects.get(name=NAME)
    page = listing.get_absolute_url()

    years_pass(clock, days=200)
    expect(visitor_at(visitor, page)).to_contain_text("Nobody has confirmed it")
    answer_still_right(owner, mailoutbox)
    expect(visitor_at(visitor, page)).to_contain_text("Confirmed by itself")

    report_as_closed(visitor, page, clock)
    accept_at_once(editor)
    expect(visitor_at(visitor, page)).to_contain_text("It is not at work any more")
    undo_the_last(editor, listing)
    expect(visitor_at(visitor, page)).not_to_contain_text("It is not at work any more")

    claim(owner, page, clock, mailoutbox)
    correct(owner, clock)
    accept_at_once(editor)

    years_pass(clock, days=600)
    expect(visitor_at(visitor, page)).to_contain_text("needs a new look")
    answer_still_right(owner, mailoutbox)
    expect(visitor_at(visitor, page)).not_to_contain_text("needs a new look")
    listing.refresh_from_db()
    assert listing.verification == VerificationLevel.ORG_CONFIRMED
    assert story_of(visitor, page) == STORY


STORY = [
    ("Checked", 9, IN_ANSWER, ["The text of the listing stayed the same."]),
    ("Grown old", 8, "by the passing of time.", [OLD, "The text of the listing stayed the same."]),
    (
        "Edited",
        7,
        "by an editor, after the organization itself suggested it. "
        "Why: Proposed by the organization",
        ["In one sentence", "We mend things.", "We mend things, each Saturday."],
    ),
    (
        "Undone",
        6,
        "by an editor, in the admin. It undoes version 5. Why: Seen open today",
        ["Life", "Closed", "Active"],
    ),
    (
        "Edited",
        5,
        f"{EDITOR_AFTER} Why: A visitor reported: It has closed",
        ["Life", "Active", "Closed"],
    ),
    ("Checked", 4, IN_ANSWER, ["The text of the listing stayed the same."]),
    ("Grown old", 3, "by the passing of time.", [OLD, "The text of the listing stayed the same."]),
    (
        "Published",
        2,
        f"{EDITOR_AFTER} Why: Proposed by a visitor",
        [
            "It was shown for the first time. Version 1 was its draft, which only editors could read."
        ],
    ),
]


def story_of(visitor: Page, page: str) -> list[tuple[str, int, str, list[str]]]:
    """The history as anybody reads it: what was done, its version, who and why, what it changed."""
    visitor.goto(f"{page}history/")
    return [told(section.inner_text()) for section in visitor.locator("section.part").all()]


def told(section: str) -> tuple[str, int, str, list[str]]:
    lines = [line.strip() for line in section.splitlines() if line.strip()]
    lines = [line for line in lines if line not in ("Before", "After")]
    what = lines[0].partition(",")[0]
    who = next(line for line in lines if line.startswith("Version "))
    version, _comma, said = who.removeprefix("Version ").partition(", ")
    return what, int(version), said, lines[lines.index(who) + 1 :]


def visitor_at(visitor: Page, page: str):
    visitor.goto(page)
    return visitor.locator("main")


def propose(visitor: Page, clock) -> str:
    """As a visitor without an account, who is told that a name is listed already."""
    listed = Organization.objects.published().order_by("pk")[0]
    visitor.goto("/organizations/new/")
    name = visitor.get_by_label(re.compile("^Name"))
    name.fill(listed.name)
    visitor.get_by_label("What it does, in a sentence or two").fill("We mend things.")
    visitor.locator("summary", has_text="Exchange and sharing").click()
    visitor.get_by_label("Repair café").check()
    visitor.get_by_label("Only the town").check()
    visitor.get_by_label(re.compile("^Town")).fill("Takoma Park, Maryland")
    visitor.get_by_label("Website").fill("https://mill.example.org")
    visitor.get_by_label("Telephone, to be shown").fill("301 555 0100")
    visitor.get_by_label("E-mail, to be shown").fill(ADDRESS)
    visitor.get_by_label("I use it").check()
    clock.shift(AS_PEOPLE_TYPE)
    visitor.get_by_role("button", name="Send it to the editors").last.click()
    expect(visitor.locator("#alike")).to_contain_text(listed.name)
    name.fill(NAME)
    visitor.get_by_role("button", name="Send it to the editors").last.click()
    return visitor.locator("b.mono").inner_text()


def accept_all_but_the_telephone(editor: Page) -> None:
    editor.goto(QUEUE)
    sign_in(editor, "edith")
    case_in_queue(editor).get_by_role("link", name=NAME).click()
    for accepted in editor.get_by_label("Accept", exact=True).all():
        accepted.check()
    for piece in ("Telephone", "Show the telephone number"):
        editor.get_by_role("group", name=piece, exact=True).get_by_label("Decline").check()
    editor.locator("#reason").select_option("no_evidence")
    editor.locator("#message").fill("Is it a private number?")
    editor.get_by_role("button", name="Decide as ticked").click()
    expect(editor.locator(".messagelist")).to_contain_text("Accepted in part")


def see_what_was_decided(visitor: Page, number: str) -> None:
    visitor.goto(f"/proposals/{number}/")
    expect(visitor.locator("h1")).to_have_text("Accepted in part")
    expect(visitor.locator("main")).to_contain_text("Not taken over: Telephone")
    expect(visitor.locator("main")).to_contain_text("Is it a private number?")
    visitor.get_by_role("link", name=NAME).click()
    expect(visitor.locator("main")).to_contain_text(ADDRESS)
    expect(visitor.locator("main")).not_to_contain_text("555")


def years_pass(clock, *, days: int) -> None:
    clock.shift(datetime.timedelta(days=days))
    work()


def work() -> None:
    """As `manage.py work --once` does, but for visits to websites."""
    Worker([work for work in WORKS if work.name in BY_THE_CLOCK]).run_once()


def link_to(address: str, path: str, letters) -> str:
    """The link of the newest letter to an address."""
    letter = [letter for letter in letters if letter.to == [address]][-1]
    return re.search(rf"{path}\S+", letter.body)[0]


def answer_still_right(owner: Page, letters) -> None:
    owner.goto(link_to(ADDRESS, "/answers/", letters))
    owner.get_by_role("button", name="Still right").click()
    expect(owner.locator("h1")).to_have_text("Thank you")


def report_as_closed(visitor: Page, page: str, clock) -> None:
    visitor_at(visitor, page)
    visitor.get_by_role("link", name="Report it").first.click()
    visitor.get_by_label("It has closed").check()
    visitor.get_by_label("Tell us more").fill("The door was shut.")
    clock.shift(AS_PEOPLE_TYPE)
    visitor.get_by_role("button", name="Send it to the editors").click()
    expect(visitor.locator("h1")).to_have_text("It has reached the editors")


def case_in_queue(editor: Page) -> Locator:
    """The case of the listing, on whichever page of the queue: other walks leave theirs there."""
    case = editor.locator(".case", has_text=NAME)
    expect(editor.locator(".case").first).to_be_visible()
    while not case.count():
        editor.get_by_role("link", name="Next", exact=True).click()
        editor.wait_for_load_state()
    return case


def accept_at_once(editor: Page) -> None:
    """From the queue, with the button of the case; signed in again if too much time passed."""
    editor.goto(QUEUE)
    if "/accounts/" in editor.url:
        sign_in(editor, "edith")
    case_in_queue(editor).get_by_role("button", name="Accept").click()
    expect(editor.locator(".messagelist")).to_contain_text(f"{NAME}: accepted.")


def undo_the_last(editor: Page, listing: Organization) -> None:
    editor.goto(f"/admin/directory/organization/{listing.pk}/history/")
    editor.get_by_role("link", name="Undo this").first.click()
    editor.get_by_label("Why it is undone").fill("Seen open today")
    editor.get_by_role("button", name="Undo").click()
    expect(editor.locator(".messagelist")).to_contain_text("It is undone.")


def claim(owner: Page, page: str, clock, letters) -> None:
    """By a letter to the domain of its website; nobody has to say more."""
    visitor_at(owner, page)
    owner.get_by_role("link", name="Speak for it").click()
    owner.get_by_label("Your name").fill("Example Person")
    owner.get_by_label("Your e-mail address").fill("office@mill.example.org")
    clock.shift(AS_PEOPLE_TYPE)
    owner.get_by_role("button", name="Ask to speak for it").click()
    work()
    owner.goto(link_to("office@mill.example.org", "/claims/", letters))
    owner.get_by_role("button", name="Go on").click()
    expect(owner.locator("h1")).to_have_text(f"Your listing: {NAME}")


def correct(owner: Page, clock) -> None:
    owner.get_by_role("link", name="Change it").click()
    owner.get_by_label("What it does, in a sentence or two").fill("We mend things, each Saturday.")
    clock.shift(AS_PEOPLE_TYPE)
    owner.get_by_role("button", name="Save").last.click()
    expect(owner.get_by_role("status").first).to_contain_text("has reached the editors")
