"""Editors undo a change, or a whole import, after seeing what that would do."""

import re

import pytest
from django.urls import reverse

from directory.actions import organizations
from directory.actions.log import open_changeset
from directory.documents import document_of
from directory.models import Door, Organization, Publication, Revision
from tests.admin.forms import messages_of
from tests.factories import make_document, make_organization, make_user

pytestmark = pytest.mark.django_db
WHY = {"reason": "Wrong enterprise"}


def edit(listing, **fields) -> Revision:
    document = document_of(Organization.objects.with_parts().get(pk=listing.pk))
    organizations.edit(listing, document | fields, by=None, door=Door.ADMIN)
    return listing.revisions.newest_first()[0]


def undoing(target) -> str:
    return reverse(f"admin:directory_{target._meta.model_name}_undo", args=[target.pk])


def test_a_change_is_undone_after_a_look(curator):
    listing = make_organization(summary="We bake.")
    change = edit(listing, summary="We brew.")

    page = curator.get(undoing(change)).content.decode()
    assert "<del>We brew.</del>" in page
    assert "<ins>We bake.</ins>" in page
    assert Organization.objects.get().summary == "We brew."

    response = curator.post(undoing(change), WHY, follow=True)

    assert messages_of(response) == "It is undone."
    listing.refresh_from_db()
    assert listing.summary == "We bake."
    assert listing.revisions.newest_first()[0].changeset.by.username == "cora"


def test_it_is_undone_only_with_a_reason(curator):
    change = edit(make_organization(), founded="1998")

    assert curator.post(undoing(change), {}).status_code == 200
    assert Organization.objects.get().founded == "1998"


def test_later_changes_are_shown_and_kept(curator):
    listing = make_organization(summary="We bake.")
    change = edit(listing, summary="We brew.", founded="1998")
    edit(listing, summary="We brew and bake.")

    page = curator.post(undoing(change), WHY).content.decode()
    assert "Somebody changed it again since." in page
    assert "<strong>We brew and bake.</strong>" in page

    curator.post(undoing(change), WHY | {"keeping": "on"})
    listing.refresh_from_db()
    assert (listing.summary, listing.founded) == ("We brew and bake.", "")


def test_an_import_is_undone_as_a_whole(curator):
    run = open_changeset(by=None, door=Door.IMPORT, reason="Example import")
    for _row in range(3):
        listing = organizations.add(make_document(), by=None, door=Door.IMPORT, changeset=run)
        organizations.publish(listing, by=None, door=Door.IMPORT, changeset=run)

    assert curator.get(undoing(run)).content.count(b"<strong>Unpublished</strong>") == 3
    response = curator.post(undoing(run), WHY, follow=True)

    assert messages_of(response) == "3 listings put back."
    states = set(Organization.objects.values_list("publication", flat=True))
    assert states == {Publication.UNPUBLISHED}


def test_what_cannot_be_undone_in_an_import_is_named(curator):
    run = open_changeset(by=None, door=Door.IMPORT)
    listing = make_organization("Example bakery")
    document = document_of(Organization.objects.with_parts().get(pk=listing.pk))
    changed = document | {"founded": "1998"}
    organizations.edit(listing, changed, by=None, door=Door.IMPORT, changeset=run)
    edit(listing, founded="1999")

    response = curator.post(undoing(run), WHY, follow=True)

    assert "Example bakery: Somebody changed it again since." in messages_of(response)
    assert not listing.revisions.filter(changeset__reverts=run).exists()


def test_the_history_of_a_listing_leads_to_undoing(curator):
    change = edit(make_organization(), founded="1998")
    url = reverse("admin:directory_organization_history", args=[change.organization_id])

    assert undoing(change) in re.findall(r'href="([^"]+)"', curator.get(url).content.decode())


@pytest.mark.parametrize("who", ["nobody", "contributor", "enterprise"])
def test_others_undo_nothing(client, who):
    change = edit(make_organization(), founded="1998")
    if who != "nobody":
        client.force_login(make_user("ben", role=who))

    for target in (change, change.changeset):
        assert client.post(undoing(target), WHY).status_code in {302, 403, 404}
    assert Organization.objects.get().founded == "1998"


def test_markup_in_a_listing_is_text_in_the_preview(curator):
    listing = make_organization()
    change = edit(listing, summary="<script>alert(1)</script>")

    page = curator.get(undoing(change)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
