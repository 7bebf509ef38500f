"""Pages about the directory itself."""

from html import unescape

import pytest
from django.urls import reverse

from tests.factories import make_organization, make_source
from tests.web.pages import heading, links

pytestmark = pytest.mark.django_db

PAGES = {
    "about": "What belongs here",
    "about-checking": "How listings are checked",
    "about-search": "How results are ordered",
    "about-privacy": "Privacy and removal",
    "about-accessibility": "Accessibility",
    "about-data": "Sources and licences",
}


def page(client, name: str) -> str:
    response = client.get(reverse(name))
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize(("name", "words"), PAGES.items())
def test_each_page_has_its_heading(client, name, words):
    assert heading(page(client, name)) == words


@pytest.mark.parametrize("name", PAGES)
def test_no_page_names_an_address_that_is_not_set(client, settings, name):
    settings.SITE_EMAIL = ""

    assert "mailto:" not in page(client, name)


def test_what_belongs_names_all_families_and_values(client, taxonomy):
    html = page(client, "about")

    assert "/types/land-and-housing/" in links(html)
    assert "/values/extends-the-commons/" in links(html)


def test_every_line_is_explained(client):
    html = page(client, "about-checking")

    for line in ("unchecked", "says", "checked", "paper", "old", "doubt"):
        assert f'class="stitch {line}"' in html
    assert "After 24 months it needs a new look." in html


def test_sources_are_listed_with_licence_credit_and_count(client):
    make_source(
        "open-map",
        name="An open map",
        licence_name="ODbL 1.0",
        licence_url="https://opendatacommons.org/licenses/odbl/1-0/",
        attribution="© contributors of an open map",
    )
    make_organization(source="open-map")
    make_organization(source="open-map", published=False)

    html = page(client, "about-data")

    assert "© contributors of an open map" in html
    assert "https://opendatacommons.org/licenses/odbl/1-0/" in links(html)
    assert '<a href="/organizations/?source=open-map">1</a>' in html
    assert {"https://www.geonames.org/", "https://www.naturalearthdata.com/"} <= set(links(html))


def test_sources_cost_one_query_for_any_number(queries_of):
    make_source("a")
    one = queries_of(reverse("about-data"))
    for code in "bcdef":
        make_source(code)

    assert queries_of(reverse("about-data")) == one


def test_the_order_is_explained_with_all_that_decides_and_all_that_does_not(client):
    html = page(client, "about-search")

    for said in (
        "Nobody can pay for a better spot",
        "There are no ratings here",
        "how often a listing is looked at",
        "Found because",
        "Only between equals it counts how well a listing is known",
        "A place among the words",
    ):
        assert said in html
