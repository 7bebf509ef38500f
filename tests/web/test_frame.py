"""The frame of every page: language, menu, foot, nothing inline, nobody else's servers."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from directory.models import Term
from tests.factories import make_organization, make_place

pytestmark = pytest.mark.django_db
PAGES = ["/", "/organizations/", "/organizations/?q=zzzzqqqq", "/organizations/?near=nowhere"]
UNPACKED = 60_000  # Bytes of HTML before the map: old telephones have to read them all.
BUDGET = {"html": 20_000, "css": 12_000, "js": 25_000}  # Bytes, compressed: EXPERIENCE 55.
COUNTRIES = (
    "us ca mx gt hn cr pa co ec pe bo cl ar uy py br es pt fr it de gb ie nl be ch at pl cz gr"
).split()
KINDS = ["worker-cooperative", "credit-union", "timebank", "community-land-trust", "repair-cafe"]


class Outline(HTMLParser):
    """Elements of a page as (tag, attributes), and the text of its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def outline(client: Client, address: str) -> Outline:
    return Outline(client.get(address).content.decode())


@pytest.fixture
def listings(db):
    """Three listings in two towns."""
    make_organization("Example bakery")
    make_organization("Example credit union", types=("credit-union",))
    make_organization("Example timebank", place="uy/montevideo/montevideo")


@pytest.mark.parametrize("address", PAGES)
def test_pages_hold_no_script_or_style_of_their_own(client, listings, address):
    page = outline(client, address)

    assert page.all("style") == []
    assert [a for _, a in page.elements if "style" in a or any(n.startswith("on") for n in a)] == []
    inline = [a for a in page.all("script") if "src" not in a]
    assert [a for a in inline if a.get("type") != "application/ld+json"] == []


@pytest.mark.parametrize("address", PAGES)
def test_pages_load_nothing_from_others(client, listings, address):
    page = outline(client, address)
    loaded = [a["src"] for a in page.all("script") + page.all("img") if "src" in a]
    loaded += [a["href"] for a in page.all("link") if a["rel"] in {"stylesheet", "icon"}]

    assert loaded
    assert [each for each in loaded if not each.startswith("/static/")] == []


@pytest.mark.parametrize("address", PAGES)
def test_pages_have_one_heading_landmarks_and_a_way_past_the_menu(client, listings, address):
    page = outline(client, address)

    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert page.all("a")[0]["href"] == "#main"
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("address", PAGES)
def test_every_field_has_a_label_and_every_description_exists(client, listings, address):
    page = outline(client, address)
    ids = {a["id"] for _, a in page.elements if "id" in a}
    labelled = {a["for"] for a in page.all("label") if "for" in a}
    fields = [a for a in page.all("input") + page.all("select") if a.get("type") != "hidden"]

    assert [a for a in fields if a.get("type") != "checkbox" and a.get("id") not in labelled] == []
    described = {a[name] for _, a in page.elements for name in a if name == "aria-describedby"}
    assert described <= ids


@pytest.mark.parametrize(("code", "name"), settings.LANGUAGES)
def test_a_page_says_which_language_it_is_in(client, listings, code, name):
    response = client.get("/", {"lang": code})

    assert f'<html lang="{code}">' in response.content.decode()


def test_the_language_switch_keeps_the_page_and_the_question(client, listings):
    html = client.get("/organizations/?q=bakery&type=worker-cooperative").content.decode()

    assert 'href="/organizations/?q=bakery&amp;type=worker-cooperative&amp;lang=es"' in html
    alternates = re.findall(r'rel="alternate" hreflang="([\w-]+)"', html)
    assert alternates == ["en", "es", "pt", "fr", "x-default"]


def test_pages_know_their_one_address(client, listings):
    html = client.get("/organizations/?type=worker-cooperative&q=bakery&page=1").content.decode()

    canonical = re.search(r'rel="canonical" href="([^"]+)"', html).group(1)
    assert canonical == "http://testserver/organizations/?q=bakery&amp;type=worker-cooperative"


def test_the_foot_credits_where_places_and_outlines_come_from(client):
    html = client.get("/").content.decode()

    assert "GeoNames" in html
    assert "Natural Earth" in html
    assert settings.SITE_LICENCE in html


def test_the_site_has_the_name_the_operator_gave_it(client, settings):
    settings.SITE_NAME, settings.SITE_REGION = "Ground <Common>", "Here & there"
    html = client.get("/").content.decode()

    assert "Ground &lt;Common&gt;" in html
    assert "Here &amp; there" in html


def test_only_the_chosen_language_is_remembered(client):
    assert client.get("/").cookies == {}
    assert list(client.get("/?lang=fr").cookies) == ["language"]


def packed(content: bytes) -> int:
    return len(gzip.compress(content))


def test_a_full_page_of_results_stays_light(client, taxonomy):
    for number in range(30):
        make_place(f"us/state-{number % 7}/town-{number}", latitude=30 + number % 9)
        make_organization(
            f"Example enterprise {number} of the people of town {number}",
            types=(KINDS[number % 5], KINDS[(number + 1) % 5]),
            values=("deepens-democracy", "extends-the-commons"),
            place=f"us/state-{number % 7}/town-{number}",
            summary=f"Summary {number * 7919} of what neighbours do together, and for whom. " * 3,
        )

    html = client.get("/organizations/?q=example&verified_only=0").content

    # The map is counted apart: "before the map" (EXPERIENCE 55).
    before_map = re.sub(rb'<svg class="map".*?</svg>', b"", html, flags=re.S)
    assert html.count(b'class="hit"') == 20
    assert packed(before_map) <= BUDGET["html"]


def test_a_page_of_results_stays_light_where_every_filter_is_long(client, taxonomy):
    codes = {
        scheme: [*Term.objects.filter(scheme=scheme, is_active=True).values_list("code", flat=True)]
        for scheme in ("type", "value", "sector")
    }
    languages = "en es pt fr de it nl ca eu gl sv da no fi pl cs el tr ar ht qu gn".split()
    for number in range(90):
        path = f"{COUNTRIES[number % 30]}/region-{number}/town-of-number-{number}"
        make_place(path, latitude=-40 + number, longitude=-150 + 3 * number)
        make_organization(
            f"Example enterprise {number} of the people of town {number}",
            types=tuple(codes["type"][number % 45 :: 45]),
            values=tuple(codes["value"][number % 3 :: 3]),
            sectors=tuple(codes["sector"][number % 45 :: 45]),
            further_languages=[languages[number % 22]] if number % 22 else [],
            place=path,
            source=f"register-{number % 30}",
            summary=f"Summary {number * 7919} of what neighbours do together there.",
        )

    html = client.get("/organizations/").content
    before_map = html[: html.index(b'id="map"')]

    assert html.count(b'class="hit"') == 20
    assert html.count(b'class="choice') > 90
    assert len(before_map) <= UNPACKED
    assert packed(before_map) <= BUDGET["html"]


@pytest.mark.parametrize(
    ("files", "kind"),
    [(["style.css", "map.css"], "css"), (["results.js", "map.js", "suggest.js"], "js")],
)
def test_styles_and_scripts_stay_light(files, kind):
    contents = [Path(finders.find(file)).read_bytes() for file in files]

    assert sum(map(packed, contents)) <= BUDGET[kind]
