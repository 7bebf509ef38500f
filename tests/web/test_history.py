"""What changed in a listing, as anyone may read it."""

import re
from html import unescape

import pytest
from django.urls import reverse

from directory.actions import organizations
from directory.documents import document_of
from directory.models import Door, Organization
from tests.factories import make_organization, make_place, make_term, make_user

pytestmark = pytest.mark.django_db


def change(organization, *, by=None, door=Door.ADMIN, reason="", **fields):
    document = document_of(Organization.objects.with_parts().get(pk=organization.pk))
    organizations.edit(organization, document | fields, by=by, door=door, reason=reason)


def history(client, organization) -> str:
    response = client.get(reverse("organization-history", args=[organization.slug]))
    assert response.status_code == 200
    return unescape(response.content.decode())


def revision(client, organization, version) -> str:
    address = reverse("organization-revision", args=[organization.slug, version])
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def marks(html: str, tag: str) -> list[str]:
    return [mark.strip() for mark in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)]


def test_it_begins_with_the_first_public_state(client):
    organization = make_organization(published=False)
    change(organization, summary="A secret of the draft.")
    change(organization, summary="Bakes bread.")
    organizations.publish(organization, by=None, door=Door.ADMIN)

    html = history(client, organization)

    assert "It was shown for the first time." in html
    assert "A secret of the draft." not in html
    assert "Versions 1 to 3 were its drafts, which only editors could read." in html


def test_versions_that_nobody_could_read_are_accounted_for(client):
    organization = make_organization(summary="Bakes white bread.")
    organizations.unpublish(organization, by=None, door=Door.ADMIN)
    change(organization, summary="Bakes brown bread.")
    organizations.publish(organization, by=None, door=Door.ADMIN)

    html = history(client, organization)

    assert "Version 1 was its draft, which only editors could read." in html
    assert "Version 4 was made while it was off the site." in html
    assert "Version 4 was made while it was off the site." in revision(client, organization, 5)


def test_an_edit_shows_words_that_went_and_words_that_came(client):
    organization = make_organization(summary="Bakes white bread.")
    change(organization, summary="Bakes brown bread.")

    html = history(client, organization)

    assert "In one sentence" in html
    assert marks(html, "del") == ["white"]
    assert marks(html, "ins") == ["brown"]


def test_values_are_words_and_not_codes(client):
    place = make_place("fr/ile-de-france/paris")
    organization = make_organization()
    make_term("housing", scheme="sector", labels={"en": "Housing and land"})
    claims = document_of(Organization.objects.with_parts().get(pk=organization.pk))["claims"]
    change(
        organization,
        lifecycle="paused",
        claims=[*claims, {"scheme": "sector", "code": "housing", "asserted_by": "organization"}],
        service_areas=[{"kind": "place", "place": place.path}],
        governance={"voting_rule": "one_member_one_vote"},
    )

    html = history(client, organization)

    assert "Housing and land; who says so: The organization itself" in html
    assert "Paris, Ile De France, France" in html
    assert "Each member has one vote" in html
    assert marks(html, "ins")[0] == "Paused"
    assert "one_member_one_vote" not in html


@pytest.mark.parametrize(
    ("door", "words"),
    [
        (Door.ADMIN, "by an editor, in the admin"),
        (Door.API, "by a partner, over the API"),
        (Door.WEB, "by an editor, on the website"),
        (Door.IMPORT, "by an import"),
        (Door.COMMAND, "from the command line"),
    ],
)
def test_who_changed_it_is_a_role_and_never_a_name(client, door, words):
    organization = make_organization()
    ana = make_user("ana-maria-lopez", first_name="Ana", last_name="Lopez", email="ana@example.org")
    change(organization, by=ana, door=door, reason="They moved.", summary="New words.")

    for html in (history(client, organization), revision(client, organization, 3)):
        assert words in html
        assert "Why: They moved." in html
        assert not re.search("lopez|ana-maria|ana@", html, re.I)


def test_texts_in_other_languages_are_told_by_the_names_of_these(client):
    organization = make_organization(translations={"es": {"summary": "Pan."}})

    assert "<dd>Spanish: in one sentence: Pan.</dd>" in revision(client, organization, 2)


def test_a_visitor_without_an_account_is_called_a_visitor(client):
    organization = make_organization()
    change(organization, door=Door.WEB, summary="New words.")

    assert "by a visitor, on the website" in history(client, organization)


def test_a_revision_shows_the_listing_as_it_was(client):
    organization = make_organization("Old name", summary="Bakes bread.")
    change(organization, name="New name")

    old, new = revision(client, organization, 2), revision(client, organization, 3)

    assert "<dd>Old name</dd>" in old
    assert "<dd>New name</dd>" in new
    assert "<dd>Bakes bread.</dd>" in new
    assert reverse("organization-revision", args=[organization.slug, 3]) in old


def test_fields_are_told_in_the_order_in_which_they_are_read(client):
    organization = make_organization(summary="Bakes bread.")
    change(
        organization,
        phone="+12025550142",
        phone_is_public=True,
        name="New name",
        summary="Bakes cakes.",
    )

    html = history(client, organization)

    assert html.index("Name</h3>") < html.index("In one sentence</h3>")
    assert html.index("In one sentence</h3>") < html.index("Telephone</h3>")


def test_drafts_and_unknown_versions_are_not_found(client):
    organization = make_organization()

    for version in (1, 99, 10**19):
        address = reverse("organization-revision", args=[organization.slug, version])
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "zzz", "1.5", str(10**19)])
def test_a_page_that_does_not_exist_leads_to_the_first(client, page):
    organization = make_organization()
    address = reverse("organization-history", args=[organization.slug])

    response = client.get(address, {"page": page})

    assert (response.status_code, response.headers["Location"]) == (302, address)


@pytest.mark.parametrize("page", ["", "1"])
def test_the_first_page_needs_no_number(client, page):
    address = reverse("organization-history", args=[make_organization().slug])

    assert client.get(address, {"page": page}).status_code == 200


def test_a_long_history_stands_on_pages_of_twenty(client):
    organization = make_organization()
    for number in range(24):
        change(organization, summary=f"Words {number}")
    address = reverse("organization-history", args=[organization.slug])

    newest, oldest = (client.get(address, {"page": page}).content.decode() for page in ("1", "2"))

    assert [html.count("<section") for html in (newest, oldest)] == [20, 5]
    assert "It was shown for the first time." not in newest
    assert "It was shown for the first time." in oldest
    # The oldest change of a page is told by what stood before it, on the next page.
    assert marks(newest, "del")[-1] == marks(oldest, "ins")[0] == "3"


@pytest.mark.parametrize("name", ["organization-history", "organization-detail"])
def test_a_language_that_pages_do_not_speak_is_ignored(client, name):
    response = client.get(reverse(name, args=[make_organization().slug]), {"lang": "xx"})

    assert response.status_code == 200
    assert '<html lang="en"' in response.content.decode()
    assert not response.cookies


def test_the_history_says_when_the_listing_was_off_the_site(client):
    organization = make_organization(summary="Bakes bread.")
    organizations.unpublish(organization, by=None, door=Door.ADMIN, reason="Ana was threatened.")
    change(organization, summary="A secret of the draft.")
    change(organization, summary="Bakes cakes.")
    organizations.publish(organization, by=None, door=Door.ADMIN)
    address = reverse("organization-revision", args=[organization.slug, 3])

    html = history(client, organization)

    assert re.findall("(Published|Unpublished|Edited), <time", html) == [
        "Published",
        "Unpublished",
        "Published",
    ]
    assert "It was taken off the site." in html
    assert (marks(html, "del"), marks(html, "ins")) == (["bread."], ["cakes."])
    assert not [secret for secret in ("secret", "threatened") if secret in html]
    assert address not in html
    assert client.get(address).status_code == 404


def test_the_pages_of_versions_pass_over_the_time_off_the_site(client):
    organization = make_organization()
    organizations.withdraw(organization, by=None, door=Door.ADMIN)
    organizations.publish(organization, by=None, door=Door.ADMIN)

    before, after = revision(client, organization, 2), revision(client, organization, 4)

    assert reverse("organization-revision", args=[organization.slug, 4]) in before
    assert reverse("organization-revision", args=[organization.slug, 2]) in after
    assert "The text of the listing stayed the same." in after


def test_the_listing_counts_as_many_changes_as_its_history_tells(client):
    organization = make_organization()
    organizations.withdraw(organization, by=None, door=Door.ADMIN)
    organizations.publish(organization, by=None, door=Door.ADMIN)

    html = client.get(organization.get_absolute_url()).content.decode()

    assert "3 changes" in html
    assert history(client, organization).count("<section") == 3


def test_an_address_hidden_later_is_gone_from_the_whole_history(client):
    place = make_place()
    location = {"place": place.path, "country": "US", "street": "99 Hidden Lane"}
    organization = make_organization(locations=[location])
    change(organization, locations=[location | {"street": "98 Hidden Lane"}])
    change(organization, locations=[location | {"precision": "hidden"}])

    pages = [history(client, organization)]
    pages += [revision(client, organization, version) for version in (2, 3, 4)]

    assert not [html for html in pages if "Hidden Lane" in html]


def test_the_history_costs_the_same_for_any_length(queries_of):
    organization = make_organization()
    address = reverse("organization-history", args=[organization.slug])
    change(organization, summary="Words 0")
    short = queries_of(address)
    for number in range(1, 7):
        change(organization, summary=f"Words {number}")

    assert queries_of(address) == short


def test_a_version_costs_the_same_however_much_came_after_it(queries_of):
    organization = make_organization()
    change(organization, summary="Words 0")
    change(organization, summary="Words 1")
    address = reverse("organization-revision", args=[organization.slug, 3])
    short = queries_of(address)
    for number in range(2, 8):
        change(organization, summary=f"Words {number}")

    assert queries_of(address) == short
