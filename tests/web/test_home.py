"""The first page."""

import re

import pytest
from django.utils import timezone

from directory.actions import confirmations
from directory.models import Door, VerificationLevel
from tests.factories import make_organization, make_user

pytestmark = pytest.mark.django_db


def test_what_and_where_are_both_optional(client):
    html = client.get("/").content.decode()

    assert 'name="q"' in html
    assert 'name="near"' in html
    assert "required" not in html
    assert client.get("/organizations/?q=&near=").status_code == 200


def test_an_empty_directory_has_a_first_page(client):
    response = client.get("/")

    assert response.status_code == 200
    assert 'class="map"' not in response.content.decode()


def test_families_and_values_lead_to_their_pages_with_live_counts(client, taxonomy):
    make_organization(types=("worker-cooperative",), values=("deepens-democracy",))
    make_organization(types=("credit-union",))
    html = client.get("/").content.decode()

    quilt = html[html.index('class="quilt"') : html.index("</nav>", html.index('class="quilt"'))]
    counts = dict(re.findall(r'href="/types/([\w-]+)/">.*?class="num">(\d+)', quilt, re.S))
    assert len(counts) == 8
    assert (counts["cooperative"], counts["finance"], counts["land-and-housing"]) == ("1", "1", "0")
    assert re.search(r'href="/values/deepens-democracy/".*?1 listing\.', html, re.S)


def test_drafts_are_counted_nowhere(client, taxonomy):
    make_organization(types=("credit-union",), published=False, name="Example draft")
    html = client.get("/").content.decode()

    assert "Example draft" not in html
    assert "<dt>listings in all</dt><dd>0</dd>" in html


def test_the_map_has_an_equivalent_in_the_list_of_places(client):
    make_organization(place="us/maryland/takoma-park")
    make_organization(place="us/maryland/takoma-park")
    html = client.get("/").content.decode()

    assert 'aria-label="2 listings around Takoma Park"' in html
    assert re.search(r'place=us%2Fmaryland%2Ftakoma-park".*?Takoma Park.*?2', html, re.S)


def test_the_latest_listings_are_shown(client):
    make_organization("Example bakery")

    assert "Example bakery" in client.get("/").content.decode()


def test_what_was_checked_last_is_shown_with_its_stitch(client):
    organization = make_organization("Example bakery")
    confirmations.verify(
        organization,
        level=VerificationLevel.EDITOR_CHECKED,
        on=timezone.localdate(),
        by=make_user(is_editor=True),
        door=Door.ADMIN,
    )
    html = client.get("/").content.decode()

    assert "Latest to be checked or confirmed" in html
    assert "Checked by an editor" in html


def test_the_first_page_costs_the_same_for_any_number_of_listings(queries_of):
    make_organization()
    queries_of("/")  # The index is read once.
    one = queries_of("/")
    for _ in range(5):
        make_organization()
    queries_of("/")

    assert queries_of("/") == one
