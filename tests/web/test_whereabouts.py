"""Where a hit stands to the place asked for, in every language of the site."""

import pytest
from django.utils import translation

from tests.factories import make_organization, make_place
from tests.web.pages import page

NEAR = "near=us/maryland/takoma-park"
LANGUAGES = ["en", "es", "pt", "fr"]


def where_line(html: str) -> str:
    """The line of the only hit that says where: its icon and words."""
    return html.split('<p class="where">')[1].split("</p>")[0]


@pytest.fixture
def town(db):
    return make_place("us/maryland/takoma-park")


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_serves_online_is_shown_so_in_every_language(client, town, language):
    make_organization(place=None, service_areas=[{"kind": "online"}])

    line = where_line(page(client, f"{NEAR}&lang={language}"))

    with translation.override(language):
        words = translation.gettext("online, wherever you are.")
    assert "icons.svg#online" in line
    assert words in line


def test_a_circle_is_told_in_the_unit_of_the_place_asked_for(client, town):
    circle = {"kind": "radius", "latitude": 39.0, "longitude": -77.0, "radius_km": 40.2336}
    make_organization(place=None, service_areas=[circle])

    line = where_line(page(client, NEAR))

    assert "icons.svg#area" in line
    assert "everyone within 25 miles." in line


def test_an_area_of_the_gazetteer_is_told_by_its_name(client, town):
    make_organization(place=None, service_areas=[{"kind": "place", "place": "us/maryland"}])

    line = where_line(page(client, NEAR))

    assert "icons.svg#area" in line
    assert "Maryland." in line
