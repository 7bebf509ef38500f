"""Pages of countries, regions and towns."""

from html import unescape

import pytest
from django.urls import reverse

from tests.factories import make_organization, make_place
from tests.web.pages import heading, links, names

pytestmark = pytest.mark.django_db


def page(client, address: str, **query) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_countries_are_listed_with_their_counts(client):
    make_organization()
    make_organization(place="uy/montevideo/montevideo")
    make_organization(place="uy/salto/salto")

    html = page(client, reverse("place-list"))

    assert html.index("Uruguay") < html.index("United States")
    assert "/places/uy/" in links(html)


def test_one_place_of_a_name_is_shown_at_once(client):
    make_place()

    response = client.get(reverse("place-list"), {"q": "Takoma Park"})

    assert response.status_code == 302
    assert response.headers["Location"] == "/places/us/maryland/takoma-park/"


def test_several_places_of_a_name_are_offered(client):
    make_place("ar/cordoba/cordoba", latitude=-31.4, longitude=-64.2)
    make_place("es/andalusia/cordoba", latitude=37.9, longitude=-4.8)

    html = page(client, reverse("place-list"), q="Cordoba")

    assert "/places/es/andalusia/cordoba/" in links(html)
    assert "/places/ar/cordoba/cordoba/" in links(html)


def test_a_name_nobody_has_says_so_and_keeps_what_was_typed(client):
    html = page(client, reverse("place-list"), q='Xyzzy "<b>')

    assert "No place is called" in html
    assert "<b>" not in html.split("<main")[1].replace("<body>", "").split("“")[0]


def test_a_place_says_what_it_is_and_what_is_there(client):
    make_place(names=("Takoma", "Такома-Парк"))
    make_organization("Example Bakery")
    make_organization("Example Elsewhere", place="us/virginia/richmond")

    html = page(client, "/places/us/maryland/takoma-park/")

    assert heading(html) == "Takoma Park"
    assert '<p class="over">Town, Maryland, United States</p>' in html
    assert "17,000" in html
    assert "according to GeoNames" in html
    assert "Такома-Парк" in html
    assert names(html) == ["Example Bakery"]
    assert "/organizations/?place=us%2Fmaryland%2Ftakoma-park" in links(html)
    assert "/organizations/?near=us%2Fmaryland%2Ftakoma-park" in links(html)


def test_a_region_counts_the_towns_inside(client):
    make_organization()
    make_organization(place="us/maryland/greenbelt")
    make_organization(place="us/maryland/greenbelt")

    html = page(client, "/places/us/maryland/")
    inside = html.split('id="inside"')[1]

    assert "3 listings are located here." in html
    assert inside.index("Greenbelt") < inside.index("Takoma Park")
    assert "/places/us/maryland/greenbelt/" in links(inside)


def test_a_country_is_called_in_the_language_of_the_page(client):
    make_place("uy/montevideo/montevideo")
    make_place("us/maryland/greenbelt")

    assert heading(page(client, "/places/us/", lang="es")) == "Estados Unidos"


def test_a_place_with_nothing_names_the_nearest_listings(client):
    make_place("us/virginia/richmond", latitude=37.54, longitude=-77.43)
    make_organization("Example Bakery")

    html = page(client, "/places/us/virginia/richmond/")

    assert "Nothing is listed here yet." in html
    assert "Example Bakery" in html.split('id="nearest"')[1]
    assert "miles" in html.split('id="nearest"')[1]


def test_listings_with_a_point_stand_on_the_map(client):
    make_organization()

    html = page(client, "/places/us/maryland/")

    assert "Map of listings in Maryland" in html
    assert "1 listing around Takoma Park" in html


@pytest.mark.parametrize("path", ["xx", "us/nowhere", "us/maryland/nowhere", "us/a/b/c", "US"])
def test_an_unknown_path_is_not_found(client, path):
    make_place()

    assert client.get(f"/places/{path}/").status_code == 404


def test_a_place_costs_the_same_for_one_listing_and_for_six(queries_of):
    make_organization()
    address = "/places/us/maryland/"
    queries_of(address)  # The index is read once.
    one = queries_of(address)
    for _more in range(5):
        make_organization(values=("deepens-democracy",))
    queries_of(address)

    assert queries_of(address) == one


def test_marks_of_a_place_lead_to_its_own_listings_only(client):
    make_organization()

    marks = [link for link in links(page(client, "/places/us/maryland/")) if "bbox=" in link]

    assert marks
    assert all("place=us%2Fmaryland" in link for link in marks)


@pytest.mark.parametrize(
    ("path", "is_told"), [("us", True), ("us/maryland", False), ("us/maryland/takoma-park", True)]
)
def test_people_are_told_of_towns_and_countries_and_not_of_regions(client, path, is_told):
    make_place("us/maryland/takoma-park", population=17_000)

    assert ("according to GeoNames" in page(client, f"/places/{path}/")) is is_told
