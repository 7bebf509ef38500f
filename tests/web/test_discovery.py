"""Files by which browsers and crawlers find their way."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from directory.web.discovery import short_name
from tests.factories import make_organization

pytestmark = pytest.mark.django_db
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def addresses(client: Client, path: str) -> list[str]:
    response = client.get(path)
    assert response["Content-Type"].startswith("application/xml")
    return [
        each.text for each in ElementTree.fromstring(response.content).iterfind(".//s:loc", SITEMAP)
    ]


def test_robots_find_the_sitemap_and_stay_out_of_the_admin(client):
    text = client.get("/robots.txt").content.decode()

    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def test_the_sitemaps_name_every_published_listing_and_no_other(client):
    shown = make_organization("Example bakery")
    hidden = make_organization("Example draft", published=False)

    index = addresses(client, "/sitemap.xml")
    listed = addresses(client, "/sitemap-organizations-1.xml")

    assert "http://testserver/sitemap-organizations-1.xml" in index
    assert f"http://testserver{shown.get_absolute_url()}" in listed
    assert f"http://testserver{hidden.get_absolute_url()}" not in listed


def test_the_sitemaps_name_terms_and_places_with_listings(client):
    make_organization(types=("worker-cooperative",), place="us/maryland/takoma-park")

    listed = addresses(client, "/sitemap-pages-1.xml")

    assert "http://testserver/types/worker-cooperative/" in listed
    assert "http://testserver/places/us/maryland/takoma-park/" in listed


@pytest.mark.parametrize("path", ["organizations-0", "organizations-99999999999999999999", "no-1"])
def test_a_sitemap_that_does_not_exist_is_not_found(client, path):
    assert client.get(f"/sitemap-{path}.xml").status_code == 404


def test_browsers_can_search_from_their_own_box(client, settings):
    response = client.get("/opensearch.xml")
    root = ElementTree.fromstring(response.content)

    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    assert 0 < len(root.find("o:ShortName", SEARCH).text) <= 16
    template = root.find("o:Url", SEARCH).get("template")
    assert template == "http://testserver/organizations/?q={searchTerms}&page={startPage?}"


def test_what_a_browser_makes_of_the_template_is_a_search(client):
    assert client.get("/organizations/?q=bread&page=").status_code == 200


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Common Ground", "Common Ground"),
        ("Solidarity Directory", "Solidarity"),
        ("Genossenschaftsverzeichnis", "Genossenschaftsv"),
    ],
)
def test_a_long_name_is_cut_between_words(name, short):
    assert short_name(name) == short


def test_the_favicon_is_the_mark(client):
    assert client.get("/favicon.ico")["Location"].endswith("mark.svg")


def test_the_ground_of_a_map_is_geojson_from_here(client):
    response = client.get("/basemap.geojson", {"bbox": "-80,35,-70,42"})

    assert response["Content-Type"] == "application/geo+json"
    assert response.json()["type"] == "FeatureCollection"


@pytest.mark.parametrize("bbox", ["", "1,2,3", "nan,0,1,1", "0,50,1,40", "500,0,501,1"])
def test_a_box_that_is_none_is_refused_in_words(client, bbox):
    response = client.get("/basemap.geojson", {"bbox": bbox})

    assert response.status_code == 400
    assert response.json()["detail"]
