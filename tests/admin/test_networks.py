"""Curators make networks: who may edit for one, its address word, and many members at once."""

import html

import pytest
from django.urls import reverse

from directory.actions import organizations
from directory.actions.proposals import present_document
from directory.admin.named import named_by
from directory.models import Door, Network, Organization
from tests.factories import make_network, make_organization, make_user

pytestmark = pytest.mark.django_db
ADD = "/admin/directory/network/add/"
SENT = {"name": "Réseau de l'Example", "kind": "region", "language": "fr", "slug": ""}
SENT |= {"enterprise_edits": "after_review"}


def members_page(network: Network) -> str:
    return reverse("admin:directory_network_members", args=[network.pk])


def test_only_accounts_that_may_edit_are_offered_as_editors(curator):
    for role in ("enterprise", "contributor", "editor", "operator"):
        make_user(f"one-{role}", role=role)

    offered = curator.get(ADD).context["adminform"].form.fields["editors"].queryset

    assert {*offered.values_list("username", flat=True)} == {"cora", "one-editor", "one-operator"}


def test_who_edits_for_it_already_stays_when_it_is_saved(curator):
    ana = make_user("ana", role="editor")
    network = make_network()
    network.editors.add(ana)
    ana.role = "contributor"
    ana.save()

    page = curator.get(reverse("admin:directory_network_change", args=[network.pk]))

    assert ana in page.context["adminform"].form.fields["editors"].queryset


def test_an_address_word_is_made_from_the_name(curator):
    make_network(slug="reseau-de-lexample")

    response = curator.post(ADD, SENT)

    assert response.status_code == 302, response.context["adminform"].form.errors
    assert Network.objects.get(name=SENT["name"]).slug == "reseau-de-lexample-2"


def test_a_name_that_gives_no_address_word_is_told(curator):
    page = html.unescape(curator.post(ADD, SENT | {"name": "生協"}).content.decode())

    assert "Write an address word: the name gives none." in page


def test_members_are_named_by_address_by_id_or_by_address_word(curator):
    network = make_network()
    here, there, old, plain = (make_organization() for _ in range(4))
    former = old.slug
    renamed = present_document(old) | {"slug": "another-word"}
    organizations.edit(old, renamed, by=None, door=Door.ADMIN)
    named = [
        f"https://directory.example{here.get_absolute_url()}history/?page=2#top",
        f"https://directory.example/id/organizations/{there.uid}",
        f"/organizations/{former}/",
        plain.slug,
    ]

    curator.post(members_page(network), {"listings": "\n".join(named)})

    members = {member.organization for member in network.members.all()}
    assert members == {here, there, old, plain}


def test_listings_are_found_by_their_names_without_reading_all_of_them():
    make_organization()

    plan = Organization.objects.filter(named_by(["some-word"])).explain()

    assert "SCAN directory_organization" not in plan  # So SQLite calls it.
    assert "directory_formerslug" not in plan


def test_what_names_no_listing_is_told_as_it_was_written(curator):
    sent = {"listings": "https://directory.example/organizations/nobody-at-all/"}

    page = html.unescape(curator.post(members_page(make_network()), sent).content.decode())

    assert f"No listing is called {sent['listings']}." in page
