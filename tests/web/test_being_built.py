import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from directory.actions import networks
from directory.models import Door, Network, Organization
from directory.search import live
from tests.factories import make_network, make_organization, make_place, make_term


@pytest.fixture
def without_index(settings, tmp_path, db):
    """A large directory whose index is not there yet."""
    settings.SEARCH_IN_MEMORY_MAX = 0
    settings.SEARCH_INDEX_DIR = tmp_path
    settings.SEARCH_BUILDS_ITSELF = False
    live._state = None
    make_place("uy/rocha/la-paloma", latitude=-34.66, longitude=-54.16)
    for number in range(25):
        make_organization(
            f"Harbour {number:02}", types=("credit-union" if number % 2 else "food-co-op",)
        )
    make_network(name="Example keepers", slug="example-keepers")
    yield
    live._state = None


def names_in(response) -> list[str]:
    return [card.organization.name for card in response.context["cards"]]


def test_results_say_that_search_is_being_set_up_and_list_by_name(client, without_index):
    response = client.get("/organizations/", {"q": "harbour 07", "near": "12345"})

    assert response.status_code == 200
    assert "is being set up anew" in response.content.decode()
    assert names_in(response) == [f"Harbour {number:02}" for number in range(20)]
    assert "noindex" in response.content.decode()
    assert response.context["asked_words"] == "harbour 07"


def test_listings_can_be_paged_and_narrowed_by_terms_meanwhile(client, without_index):
    second = client.get("/organizations/?page=2")
    assert names_in(second) == [f"Harbour {number:02}" for number in range(20, 25)]
    assert second.context["pages"]["next_url"] == ""

    unions = client.get("/organizations/?type=credit-union")
    assert names_in(unions) == [f"Harbour {number:02}" for number in range(1, 25, 2)]
    others = client.get("/organizations/?type=-credit-union")
    assert names_in(others) == [f"Harbour {number:02}" for number in range(0, 25, 2)]


def test_a_broader_term_finds_its_narrower_ones_meanwhile(client, without_index):
    make_term("narrow", parent=make_term("wide"))
    make_organization("Zest", types=("narrow",))

    assert names_in(client.get("/organizations/?type=wide")) == ["Zest"]


def test_a_network_and_its_frame_show_its_own_listings_meanwhile(client, without_index):
    network = Network.objects.get()
    joined, approved = Organization.objects.filter(slug__in=["harbour-03", "harbour-05"]).order_by(
        "slug"
    )
    networks.join(network, joined, by=None, door=Door.ADMIN)
    networks.approve(network, approved, by=None, door=Door.ADMIN)
    own = [joined.name, approved.name]

    for address in ("/networks/example-keepers/", "/organizations/?network=example-keepers"):
        assert names_in(client.get(address)) == own
    framed = client.get("/embed/?network=example-keepers&q=harbour+07")
    assert names_in(framed) == own
    assert "is being set up anew" in framed.content.decode()
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert own[0] not in names_in(client.get("/organizations/?network=-example-keepers"))


def test_an_export_of_what_a_search_finds_says_why_it_cannot_be_written(without_index):
    with pytest.raises(CommandError, match="no search index yet"):
        call_command("export_organizations", "type=credit-union")


@pytest.mark.parametrize("page", ["0", "x", "-3", "99999999999999999999", "²"])
def test_a_page_that_is_none_does_no_harm_meanwhile(client, without_index, page):
    response = client.get("/organizations/", {"page": page}, follow=True)

    assert names_in(response)[0] == "Harbour 00"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/types/",
        "/types/credit-union/",
        "/values/",
        "/sectors/",
        "/places/",
        "/places/?q=la+paloma",
        "/places/uy/rocha/la-paloma/",
        "/sitemap.xml",
        "/sitemap-pages-1.xml",
        "/robots.txt",
        "/organizations/harbour-07/",
        "/networks/",
        "/networks/example-keepers/",
        "/embed/",
        "/embed/?near=12345",
        "/embed/?network=example-keepers",
    ],
)
def test_every_other_page_answers_meanwhile(client, without_index, address):
    response = client.get(address, follow=True)

    assert response.status_code == 200
    assert "Nothing is listed" not in response.content.decode()
    assert "0 listings" not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "organizations/?q=harbour",
        "organizations/?near=12345",
        "organizations.geojson?q=harbour",
        "clusters/?bbox=-60,-40,-50,-30&zoom=4",
        "suggest/?q=har",
    ],
)
def test_the_api_says_when_to_ask_again(client, without_index, address):
    response = client.get(f"/api/v1/{address}")

    assert response.status_code == 503, response.content
    assert response["Content-Type"] == "application/problem+json"
    assert int(response["Retry-After"]) > 0
    assert response.json()["status"] == 503
