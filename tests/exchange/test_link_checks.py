"""Websites are visited politely, and flagged only after they have failed for long."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from directory.actions import organizations
from directory.actions.links import follow_websites
from directory.documents import document_of
from directory.exchange import outbound
from directory.exchange.link_checks import visit_websites
from directory.exchange.work import Work, Worker, following
from directory.models import Door, LinkCheck, Organization
from tests.factories import make_organization

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def clock():
    outbound._hosts.clear()
    with time_machine.travel(timezone.now(), tick=False) as travelled:
        yield travelled
    outbound._hosts.clear()


@pytest.fixture
def web(monkeypatch):
    """The web, as a table from "METHOD address" to a status, or to why nobody answers."""
    table, asked = {}, []

    def fetch(url, *, method="GET", headers=None):
        asked.append(f"{method} {url}")
        found = table.get(f"{method} {url}", table.get(url, 200))
        if isinstance(found, Exception):
            raise found
        return outbound.Answer(found, url, {}, b"")

    monkeypatch.setattr(outbound, "fetch", fetch)
    table["asked"] = asked
    return table


def follow() -> None:
    Worker([Work("websites", "", 0 * DAY, following(follow_websites))]).run_due()


def visit() -> int:
    """Visit what is due; any host was left in peace for long enough."""
    outbound._hosts.clear()
    return len(list(visit_websites()))


def edit(listing, **fields) -> None:
    document = document_of(Organization.objects.with_parts().get(pk=listing.pk))
    organizations.edit(listing, document | fields, by=None, door=Door.ADMIN)


def test_groups_without_a_website_are_spared(clock, web):
    make_organization()
    follow()

    assert visit() == 0
    assert web["asked"] == []


def test_a_website_that_answers_is_visited_once_a_month(clock, web):
    make_organization(website="https://bakery.example.org/")
    follow()

    for _day in range(61):
        visit()
        clock.shift(DAY)

    assert web["asked"] == ["HEAD https://bakery.example.org/"] * 3
    assert LinkCheck.objects.get().last_answer == "200"


def test_a_site_that_knows_no_head_is_asked_for_its_first_byte(clock, web):
    make_organization(website="https://bakery.example.org/")
    web["HEAD https://bakery.example.org/"] = 405
    follow()

    visit()

    assert [line.split()[0] for line in web["asked"]] == ["HEAD", "GET"]
    assert LinkCheck.objects.get().failures == 0


@pytest.mark.parametrize("answer", [404, 500, outbound.Unreachable("nobody")])
def test_a_website_is_flagged_after_three_failures_over_two_weeks(clock, web, answer):
    make_organization(website="https://bakery.example.org/")
    web["https://bakery.example.org/"] = answer
    follow()

    visits = []
    for _day in range(15):
        visit()
        visits.append(LinkCheck.objects.flagged().exists())
        clock.shift(DAY)

    assert visits == [False] * 14 + [True]
    assert LinkCheck.objects.get().failures == 3


def test_a_website_that_comes_back_is_flagged_no_longer(clock, web):
    make_organization(website="https://bakery.example.org/")
    web["https://bakery.example.org/"] = 500
    follow()
    for _week in range(3):
        visit()
        clock.shift(7 * DAY)

    web["https://bakery.example.org/"] = 200
    visit()

    row = LinkCheck.objects.get()
    assert (row.failures, row.failing_since, row.flagged_at) == (0, None, None)


def test_a_site_that_closes_its_door_to_us_is_there_all_the_same(clock, web):
    make_organization(website="https://bakery.example.org/")
    web["https://bakery.example.org/"] = 403
    follow()

    visit()

    assert LinkCheck.objects.get().failures == 0


def test_an_address_that_may_not_be_visited_counts_against_nobody(clock, web):
    make_organization(website="http://inside.example.org/")
    web["http://inside.example.org/"] = outbound.Refused("private")
    follow()

    visit()

    assert LinkCheck.objects.get().failures == 0


def test_two_groups_on_one_host_are_visited_one_after_the_other(clock, web):
    make_organization(website="https://host.example.org/bakery")
    make_organization(website="https://host.example.org/garden")
    follow()

    visit()
    assert len(web["asked"]) == 1

    clock.shift(datetime.timedelta(seconds=6))
    visit()
    assert len(web["asked"]) == 2


def test_a_new_website_is_visited_soon_and_its_past_is_forgotten(clock, web):
    listing = make_organization(website="https://old.example.org/")
    web["https://old.example.org/"] = 500
    follow()
    visit()

    edit(listing, website="https://new.example.org/")
    follow()
    visit()

    row = LinkCheck.objects.get()
    assert (row.url, row.failures) == ("https://new.example.org/", 0)


@pytest.mark.parametrize("fields", [{"website": ""}, {"lifecycle": "closed"}])
def test_what_has_no_website_any_more_or_is_over_is_left_in_peace(clock, web, fields):
    listing = make_organization(website="https://old.example.org/")
    follow()

    edit(listing, **fields)
    follow()

    assert not LinkCheck.objects.exists()


def test_a_listing_that_was_taken_down_is_left_in_peace(clock, web):
    listing = make_organization(website="https://old.example.org/")
    follow()

    organizations.unpublish(listing, by=None, door=Door.ADMIN)
    follow()

    assert not LinkCheck.objects.exists()
