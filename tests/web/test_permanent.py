"""Addresses that answer for ever."""

import pytest
from django.urls import reverse

from directory.actions import merges, organizations
from directory.documents import document_of
from directory.models import Door, Organization, Term
from tests.factories import make_organization, make_term

pytestmark = pytest.mark.django_db


def permanent(organization) -> str:
    return reverse("permanent-id", args=[organization.uid])


def test_the_id_of_a_listing_leads_to_its_page(client):
    organization = make_organization()

    response = client.get(permanent(organization))

    assert response.status_code == 303
    assert response.headers["Location"] == organization.get_absolute_url()


def test_a_machine_that_asks_for_json_is_led_to_the_api(client):
    organization = make_organization()

    response = client.get(permanent(organization), headers={"accept": "application/json"})

    assert response.status_code == 303
    assert response.headers["Location"] == reverse(
        "api:organization-detail", args=[organization.uid]
    )
    assert "Accept" in response.headers["Vary"]


def test_a_draft_was_never_here(client):
    draft = make_organization(published=False)

    assert client.get(permanent(draft)).status_code == 404
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(reverse("organization-history", args=[draft.slug])).status_code == 404


def test_an_unknown_id_is_not_found(client):
    assert client.get(reverse("permanent-id", args=["nonsense"])).status_code == 404


@pytest.mark.parametrize("take_down", [organizations.unpublish, organizations.withdraw])
def test_a_listing_taken_down_says_so_and_nothing_more(client, take_down):
    organization = make_organization("Example Safe House")
    take_down(organization, by=None, door=Door.ADMIN)

    for address in (
        permanent(organization),
        organization.get_absolute_url(),
        reverse("organization-history", args=[organization.slug]),
        reverse("organization-revision", args=[organization.slug, 2]),
    ):
        response = client.get(address)
        assert response.status_code == 410
        assert "no longer shown" in response.content.decode()
        assert "Example Safe House" not in response.content.decode()


def test_a_merged_listing_redirects_to_the_one_it_became(client):
    target, merged = make_organization(), make_organization()
    merges.merge(merged, into=target, by=None, door=Door.ADMIN)

    page = client.get(merged.get_absolute_url())
    uid = client.get(permanent(merged))

    assert (page.status_code, page.headers["Location"]) == (301, target.get_absolute_url())
    assert (uid.status_code, uid.headers["Location"]) == (301, permanent(target))
    # Kept by a browser for good, it would outlive the undoing of the merge.
    assert (page.headers["Cache-Control"], uid.headers["Cache-Control"]) == ("no-cache", "no-cache")


def test_a_former_address_redirects_to_the_new_one(client):
    organization = make_organization("Example Bakery")
    document = document_of(Organization.objects.with_parts().get(pk=organization.pk))
    organizations.edit(organization, document | {"slug": "new-bakery"}, by=None, door=Door.ADMIN)

    page = client.get("/organizations/example-bakery/")
    history = client.get("/organizations/example-bakery/history/")

    assert (page.status_code, page.headers["Location"]) == (301, "/organizations/new-bakery/")
    assert history.headers["Location"] == "/organizations/new-bakery/history/"


@pytest.mark.parametrize("scheme", ["type", "value", "sector"])
def test_terms_that_listings_carry_lead_to_their_page(client, scheme):
    make_term("example-term", scheme=scheme)

    response = client.get(reverse("vocabulary-term", args=[scheme, "example-term"]))

    assert response.status_code == 303
    assert response.headers["Location"] == reverse(f"{scheme}-detail", args=["example-term"])


def test_other_terms_have_a_plain_page(client):
    make_term("bread", scheme="offer-category", definitions={"en": "Loaves."})

    page = client.get("/ns/offer-category/bread").content.decode()

    assert "Loaves." in page
    assert "<h1>Bread</h1>" in page
    assert "Bread" in client.get("/ns/offer-category/").content.decode()


def test_a_scheme_is_given_as_skos(client):
    make_term("cooperative", labels={"en": "Cooperative", "es": "Cooperativa"})
    make_term("worker-cooperative", parent=Term.objects.get(code="cooperative"))

    response = client.get("/ns/type.jsonld")
    graph = {entry["@id"]: entry for entry in response.json()["@graph"]}
    child = graph["http://testserver/ns/type/worker-cooperative"]

    assert response.headers["Content-Type"] == "application/ld+json"
    assert child["broader"] == "http://testserver/ns/type/cooperative"
    assert graph[child["broader"]]["prefLabel"]["es"] == "Cooperativa"


def test_an_unknown_scheme_or_term_is_not_found(client):
    for address in ("/ns/nonsense/", "/ns/nonsense.jsonld", "/ns/type/nonsense"):
        assert client.get(address).status_code == 404


def test_a_term_out_of_use_leads_to_the_one_in_its_place(client):
    make_term("new-term")
    make_term("old-term", is_active=False, replaced_by=Term.objects.get(code="new-term"))

    response = client.get(reverse("type-detail", args=["old-term"]))

    assert (response.status_code, response.headers["Location"]) == (301, "/types/new-term/")


def test_merges_in_a_circle_end(client):
    one, other = make_organization(), make_organization()
    # No action writes this.
    for row, into in ((one, other), (other, one)):
        Organization.objects.filter(pk=row.pk).update(publication="merged", merged_into=into)

    assert client.get(one.get_absolute_url()).status_code == 410


def test_a_scheme_has_its_name_in_each_language_whoever_asks(client):
    def names(language: str) -> dict[str, str]:
        answer = client.get("/ns/relationship-kind.jsonld", headers={"accept-language": language})
        return answer.json()["@graph"][0]["prefLabel"]

    assert names("es") == names("en")
    assert names("es")["en"] == "Kind of relationship"
    assert len(set(names("fr").values())) == 4
