"""One organization: all that is public, and what becomes of listings that are not."""

import datetime

import pytest
from django.urls import reverse

from directory.actions import networks, organizations
from directory.models import Door, Organization
from tests.factories import make_network, make_organization


def test_a_listing_shows_all_that_is_public(read, fits):
    organization = make_organization(
        "Bread Co-op",
        website="https://bread.example",
        founded="1998-05",
        further_languages=["es"],
        service_areas=[{"kind": "online"}],
        identifiers=[{"scheme": "GB-COH", "value": "12345678"}],
        translations={"es": {"summary": "Un ejemplo."}},
    )

    answer = read("organization-detail", organization.uid)

    assert answer["website"] == "https://bread.example"
    assert answer["founded"] == "1998-05"
    assert answer["claims"][0]["asserted_by"] == "editor"
    assert answer["claims"][0]["label"] == "Worker cooperative"
    assert answer["identifiers"][0]["scheme_name"] == "Companies House"
    assert answer["sources"][0]["licence"] == "public-domain"
    assert answer["serves"][0]["kind"] == "online"
    assert answer["translations"][0]["language"] == "es"
    assert answer["version"] == 2
    assert answer["id"].endswith(f"/id/organizations/{organization.uid}")
    fits(answer, "readOrganization")


def test_the_tag_of_a_listing_begins_with_its_version(client, db):
    organization = make_organization()

    response = client.get(reverse("api:organization-detail", args=[organization.uid]))

    assert response["ETag"].startswith('"2-')


@pytest.mark.parametrize("uid", ["01JCZ4M3V8Q7T2N5K9XW6R0BHE", "x", "1", "É" * 26, "a" * 500])
def test_an_unknown_id_is_not_found(client, db, uid):
    response = client.get(reverse("api:organization-detail", args=[uid]))

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_a_draft_is_not_found(client, db):
    draft = make_organization(published=False)

    for name in ("organization-detail", "organization-revisions"):
        assert client.get(reverse(f"api:{name}", args=[draft.uid])).status_code == 404


@pytest.mark.parametrize("take_down", [organizations.unpublish, organizations.withdraw])
def test_a_listing_taken_down_is_gone(client, db, take_down):
    organization = make_organization()
    take_down(organization, by=None, door=Door.COMMAND)

    for name in ("organization-detail", "organization-revisions"):
        response = client.get(reverse(f"api:{name}", args=[organization.uid]))

        assert response.status_code == 410
        assert response["Content-Type"] == "application/problem+json"
        assert organization.name not in response.content.decode()


def test_a_merged_listing_leads_to_the_one_it_is_in(client, db, fits):
    kept, merged = make_organization(), make_organization()
    merge(merged, kept)

    response = client.get(reverse("api:organization-detail", args=[merged.uid]))

    assert response.status_code == 301
    assert "no-cache" in response["Cache-Control"]
    assert response["Location"].endswith(reverse("api:organization-detail", args=[kept.uid]))
    assert response.json()["merged_into"] == kept.uid
    fits(response.json(), "readOrganization", "301")


def test_a_listing_merged_into_one_that_was_taken_down_is_gone(client, db):
    kept, merged = make_organization(), make_organization()
    merge(merged, kept)
    organizations.unpublish(kept, by=None, door=Door.COMMAND)

    response = client.get(reverse("api:organization-detail", args=[merged.uid]))

    assert response.status_code == 410


def merge(merged: Organization, kept: Organization) -> None:
    """There is no action for it yet; the rows say what one would leave."""
    Organization.objects.filter(pk=merged.pk).update(publication="merged", merged_into=kept)


def test_a_listing_costs_the_same_for_any_number_of_parts(queries_of):
    small = make_organization()
    large = make_organization(
        types=("credit-union", "land-trust"), values=("deepens-democracy",), sectors=("food",)
    )
    queries_of(reverse("api:organization-detail", args=[small.uid]))

    one = queries_of(reverse("api:organization-detail", args=[small.uid]))
    many = queries_of(reverse("api:organization-detail", args=[large.uid]))

    assert one == many
    assert one <= 10


def test_a_listing_names_the_networks_that_stand_for_it(read, fits):
    organization = make_organization()
    guild = make_network("Example guild", badge="Guild bakery")
    hidden = make_network("Example hidden", is_published=False)
    for network in (guild, hidden):
        networks.join(network, organization, by=None, door=Door.ADMIN)
    networks.approve(
        guild,
        organization,
        by=None,
        door=Door.ADMIN,
        on=datetime.date(2026, 1, 2),
        valid_until=datetime.date(2099, 1, 2),
    )

    answer = read("organization-detail", organization.uid)

    assert answer["networks"] == [
        {
            "slug": guild.slug,
            "name": "Example guild",
            "badge": "Guild bakery",
            "is_member": True,
            "member_since": None,
            "approved_on": "2026-01-02",
            "approved_until": "2099-01-02",
        }
    ]
    fits(answer, "readOrganization")
