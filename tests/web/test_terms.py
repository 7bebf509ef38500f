"""Pages of types, values and sectors."""

from html import unescape

import pytest
from django.urls import reverse

from directory.models import Term
from tests.factories import make_organization, make_place, make_term
from tests.web.pages import heading, links, names

pytestmark = pytest.mark.django_db


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.fixture
def tree():
    """Cooperative over worker cooperative and food co-op."""
    top = make_term("cooperative", definitions={"en": "Owned by those who use it."})
    make_term("worker-cooperative", parent=top, order=1)
    make_term("food-cooperative", parent=top, order=2, labels={"en": "Food co-op"})
    return top


def test_a_list_explains_its_terms_and_counts_them_with_those_below(client, tree):
    make_organization(types=("worker-cooperative",))
    make_organization(types=("food-cooperative",))

    html = page(client, reverse("type-list"))

    assert "Owned by those who use it." in html
    assert "2 listings." in html
    assert html.index("Worker cooperative") < html.index("Food co-op")


@pytest.mark.parametrize("name", ["type-list", "value-list", "sector-list"])
def test_each_scheme_has_its_list(client, taxonomy, name):
    html = page(client, reverse(name))

    assert heading(html) in {"Types", "Values", "Sectors"}


def test_every_term_has_a_page(client, taxonomy):
    for scheme in ("type", "value", "sector"):
        for term in Term.objects.active().in_scheme(scheme).order_by("order", "pk")[:12]:
            assert heading(page(client, term.get_absolute_url())) == term.label


def test_a_term_shows_what_it_means_and_who_carries_it(client, tree):
    make_organization("Example Bakery", types=("worker-cooperative",))
    make_organization("Example Shop", types=("food-cooperative",))

    html = page(client, reverse("type-detail", args=["worker-cooperative"]))

    assert names(html) == ["Example Bakery"]
    assert "/organizations/?type=worker-cooperative" in links(html)
    assert "/types/cooperative/" in links(html)
    assert "/types/food-cooperative/" in links(html)
    assert "/ns/type/worker-cooperative" in html


def test_a_broader_term_counts_its_narrower_ones(client, tree):
    make_organization("Example Bakery", types=("worker-cooperative",))

    html = page(client, reverse("type-detail", args=["cooperative"]))

    assert names(html) == ["Example Bakery"]
    assert "See the listing<" in html


def test_a_value_asks_for_its_evidence(client):
    question = {"en": "Who votes, and on what?"}
    make_term(
        "deepens-democracy",
        scheme="value",
        details={"evidence_question": question},
        notes={"en": "A suggestion box is not enough."},
    )

    html = page(client, reverse("value-detail", args=["deepens-democracy"]))

    assert "Who votes, and on what?" in html
    assert "A suggestion box is not enough." in html


def test_it_tells_what_else_the_same_listings_carry_and_where_they_are(client):
    make_organization(values=("deepens-democracy",), sectors=("food",))
    make_organization(types=("timebank",), values=("advances-justice",))

    html = page(client, reverse("type-detail", args=["worker-cooperative"]))
    together = html.split("Often stand for")[1]

    assert "Deepens democracy" in together
    assert "Advances justice" not in together
    assert "/organizations/?place=us%2Fmaryland&type=worker-cooperative" in links(html)


def test_it_counts_how_well_its_listings_are_known(client):
    make_organization()

    html = page(client, reverse("type-detail", args=["worker-cooperative"]))

    assert html.index("Papers seen") < html.index("0 listings") < html.index("Not checked yet")
    assert html.split("Not checked yet</span></span>")[1].strip().startswith("1 listing")


def test_a_term_that_nobody_carries_says_so_and_what_to_do(client, tree, settings):
    settings.SITE_EMAIL = "editors@example.org"

    html = page(client, reverse("type-detail", args=["worker-cooperative"]))

    assert "No listing is of this type yet." in html
    assert "mailto:editors@example.org" in links(html)
    assert "/types/cooperative/" in links(html.split("No listing is of")[1])


def test_names_in_other_languages_are_marked(client):
    make_term("timebank", labels={"en": "Timebank", "es": "Banco de tiempo"})

    html = page(client, reverse("type-detail", args=["timebank"]))

    assert '<dt>Español</dt><dd lang="es">Banco de tiempo</dd>' in html


def test_an_unknown_term_is_not_found(client):
    for name in ("type-detail", "value-detail", "sector-detail"):
        assert client.get(reverse(name, args=["no-such-term"])).status_code == 404


def test_a_value_is_not_found_among_the_types(client):
    make_term("deepens-democracy", scheme="value")

    assert client.get(reverse("type-detail", args=["deepens-democracy"])).status_code == 404


@pytest.mark.parametrize("address", ["/types/", "/types/worker-cooperative/"])
def test_pages_cost_the_same_for_one_listing_and_for_six(queries_of, address):
    make_place()
    make_organization()
    queries_of(address)  # The index is read once.
    one = queries_of(address)
    for number in range(5):
        make_organization(values=("deepens-democracy",), sectors=(f"sector-{number}",))
    queries_of(address)

    assert queries_of(address) == one
