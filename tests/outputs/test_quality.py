"""The quality view: what listings lack, what in them can hardly be right, lists to work through."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from directory.actions import organizations
from directory.actions.quality import look_again, look_at_all
from directory.documents import document_of
from directory.models import Door, Finding, LinkCheck, Organization, Place, Revision
from tests.factories import make_network, make_organization, make_place, make_source, make_user
from tests.second_factors import signed_in

pytestmark = pytest.mark.django_db

OVERVIEW = "/admin/directory/finding/"
WHOLE = {
    "description": "Bread.",
    "website": "https://a.example/",
    "email": "hello@a.example",
    "founded": "1999",
    "sectors": ("food.baking",),
    "values": ("deepens-democracy",),
    "governance": {"ownership": ["workers"]},
    "identifiers": [{"scheme": "XI-WIKIDATA", "value": "Q42"}],
}


@pytest.fixture
def curator(client):
    return signed_in(client, make_user("cora", role="curator"))


def found_in(listing: Organization) -> set[str]:
    list(look_at_all())
    return {*listing.findings.values_list("kind", flat=True)}


def names_in(client, kind: str, **asked) -> list[str]:
    response = client.get(reverse("admin:directory_finding_list", args=[kind]), asked)
    assert response.status_code == 200
    return re.findall(r'<li><a href="[^"]*">([^<]*)</a>', response.content.decode())


def location(**fields) -> list[dict]:
    make_place()
    return [{"country": "US", "place": "us/maryland/takoma-park"} | fields]


def test_a_bare_listing_lacks_what_a_whole_one_has():
    bare = make_organization(summary="", description="Bread.", locations=location())
    whole = make_organization(
        **WHOLE,
        locations=location(latitude=38.9, longitude=-77.0, opening_hours="Mo-Fr 09:00-17:00"),
    )

    assert {
        "no_summary", "no_value", "no_governance", "no_website", "no_contact", "no_point", "no_hours",
        "no_founded", "no_sector", "no_identifier",
    } == found_in(bare)  # fmt: skip
    assert found_in(whole) == set()


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        pytest.param({"founded": "2041"}, "founded_in_future", id="founded in the future"),
        pytest.param({"place": (48.8, 2.3)}, "outside_country", id="a point elsewhere"),
        pytest.param({"place": (39.2, -77.9)}, "", id="a point close by"),
        pytest.param({"founded": "2026"}, "", id="founded this year"),
    ],
)
def test_what_can_hardly_be_right(fields, kind):
    make_place()
    Place.objects.filter(path="us").update(bbox=[-125.0, 24.0, -67.0, 49.0])
    if point := fields.pop("place", None):
        fields["locations"] = location(latitude=point[0], longitude=point[1])
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC)):
        listing = make_organization(**fields)

        assert found_in(listing) & {"founded_in_future", "outside_country"} == {kind} - {""}


def test_a_country_across_the_date_line_holds_its_islands():
    make_place("fj/lau/tubou")
    Place.objects.filter(path="fj").update(bbox=[176.9, -18.4, -178.7, -12.4])
    here = [{"country": "FJ", "latitude": -18.2, "longitude": -178.8}]
    there = [{"country": "FJ", "latitude": -18.2, "longitude": 0.0}]

    assert "outside_country" not in found_in(make_organization(locations=here))
    assert "outside_country" in found_in(make_organization(locations=there))


def test_what_many_share_is_listed_together(curator, settings):
    settings.SHARED_BY_MANY = 2
    for name, site in (("A1", "a"), ("B1", "b"), ("A2", "a"), ("B2", "b"), ("C", "c")):
        make_organization(name, website=f"https://{site}.example/", email=f"me@{site}.example",
                          locations=location(latitude=ord(site) / 3, longitude=1.0))  # fmt: skip
    list(look_at_all())

    for kind in ("site_shared", "email_shared", "point_shared"):
        names = names_in(curator, kind)
        assert sorted(names) == ["A1", "A2", "B1", "B2"]
        assert [name[0] for name in names] in (list("AABB"), list("BBAA"))
    assert not Finding.objects.filter(mark__contains="example").exists()


def test_one_site_or_mailbox_is_the_same_however_it_is_written(settings):
    settings.SHARED_BY_MANY = 3
    sites = ["https://a.example", "http://A.example/", "https://www.a.example/"]
    mailboxes = ["Me@a.example", "me@a.example", "me@A.example"]
    for website, email in zip(sites, mailboxes, strict=True):
        make_organization(website=website, email=email)
    make_organization("Elsewhere", website="https://a.example/shop?of=them")

    list(look_at_all())

    assert Finding.objects.filter(kind="site_shared").count() == 3
    assert Finding.objects.filter(kind="email_shared").count() == 3


def test_a_change_shows_within_minutes_and_a_listing_taken_down_is_in_no_list(curator):
    listing, other = make_organization("Fixed", website=""), make_organization("Gone", website="")
    list(look_at_all())
    document = document_of(Organization.objects.with_parts().get(pk=listing.pk))
    start = Revision.objects.latest("sequence").sequence
    organizations.edit(
        listing, document | {"website": "https://a.example/"}, by=None, door=Door.ADMIN
    )
    organizations.withdraw(other, by=None, door=Door.ADMIN)
    assert names_in(curator, "no_website") == ["Fixed"]

    look_again(list(Revision.objects.after(start)))

    assert names_in(curator, "no_website") == []


def test_dead_links_and_stale_listings_are_lists_too(curator):
    listing = make_organization("Example Bakery", website="https://a.example/")
    now = datetime(2026, 5, 1, tzinfo=UTC)
    LinkCheck.objects.create(organization=listing, url=listing.website, next_check_at=now,
                             failures=3, failing_since=now, flagged_at=now)  # fmt: skip
    Organization.objects.filter(pk=listing.pk).update(stale_since=now.date())

    assert names_in(curator, "dead_link") == ["Example Bakery"]
    assert names_in(curator, "stale") == ["Example Bakery"]


def test_an_editor_sees_what_their_networks_care_for_and_no_other(client):
    make_organization("Here", website="")
    make_place("fr/paris")
    make_organization("There", website="", place="fr/paris")
    editor = make_user("mara", is_editor=True)
    make_network(places=["us/maryland"]).editors.add(editor)
    client = signed_in(client, editor)
    list(look_at_all())

    assert names_in(client, "no_website") == ["Here"]
    assert "1 published listing" in client.get(OVERVIEW).content.decode()


def test_groups_say_how_complete_they_are_and_lead_on(curator):
    make_source("other", name="Other register")
    make_organization("Bakery", **WHOLE, types=("bakery",))
    make_organization("Union", types=("credit-union",), sources=[{"source": "other"}])
    list(look_at_all())

    pages = {
        by: curator.get(OVERVIEW, {"by": by}).content.decode()
        for by in ("type", "region", "source")
    }

    assert re.search(r"Bakery</a></th><td class=\"num\">1</td>.*?90 %", pages["type"], re.S)
    assert "Maryland, United States" in pages["region"]
    assert "Other register" in pages["source"]
    assert names_in(curator, "no_website", of="type", code="credit-union") == ["Union"]
    assert names_in(curator, "no_website", of="region", code="us/maryland") == ["Union"]
    assert names_in(curator, "no_website", of="source", code="example-register") == []


def test_before_anybody_looked_nothing_is_called_complete(curator):
    make_organization("Bakery", types=("bakery",))

    page = curator.get(OVERVIEW).content.decode()

    assert "not looked at yet" in page
    assert " %" not in page.partition('class="quality"')[2]


def test_groups_beyond_the_first_page_are_on_the_next(curator, monkeypatch):
    monkeypatch.setattr("directory.admin.quality.GROUPS_AT_ONCE", 1)
    make_organization("Bakery", types=("bakery",))
    make_organization("Union", types=("credit-union",))
    list(look_at_all())

    first, second = (curator.get(OVERVIEW, {"page": page}).content.decode() for page in "12")

    assert "Page 1 of 2" in first
    assert "by=type&amp;page=2#groups" in curator.get(OVERVIEW, {"by": "type"}).content.decode()
    assert ("Bakery</a>" in first, "Credit union</a>" in first) == (True, False)
    assert ("Bakery</a>" in second, "Credit union</a>" in second) == (False, True)


def test_lists_are_paged_and_cost_the_same_for_any_length(curator, queries_of, monkeypatch):
    monkeypatch.setattr("directory.admin.quality.PAGE_SIZE", 3)
    address = reverse("admin:directory_finding_list", args=["no_website"])
    make_organization(website="")
    list(look_at_all())
    queries_of(address)  # Vocabulary and session are read once.
    one, overview = queries_of(address), queries_of(OVERVIEW)
    for _number in range(4):
        make_organization(website="")
    list(look_at_all())

    assert queries_of(address) == one
    assert queries_of(OVERVIEW) == overview <= 25
    assert len(names_in(curator, "no_website")) == 3
    assert len(names_in(curator, "no_website", page="2")) == 2


def test_kinds_that_are_not_known_are_not_there(curator):
    assert curator.get(f"{OVERVIEW}list/nonsense/").status_code == 404
    assert curator.get(OVERVIEW, {"of": "type", "by": "x", "code": "x" * 999}).status_code < 500


def test_the_worker_looks_at_all_listings():
    make_organization(website="")

    call_command("work", once=True, verbosity=0)

    assert Finding.objects.filter(kind="no_website").count() == 1
