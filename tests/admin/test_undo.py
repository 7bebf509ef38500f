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


def test_a_changeset_names_its_first_listings_and_what_undid_it(curator):
    run = open_changeset(by=None, door=Door.IMPORT, reason="Example import")
    for name in ("Bakery", "Cheesery", "Dairy", "Epicerie", "Farm"):
        organizations.add(make_document(name), by=None, door=Door.IMPORT, changeset=run)
    first = Organization.objects.get(name="Bakery")
    url = reverse("admin:directory_changeset_changelist")
    link = reverse("admin:directory_organization_change", args=[first.pk])

    page = curator.get(url).content.decode()
    assert f'<a href="{link}">Bakery</a>' in page
    assert "Dairy</a> and 2 more" in page
    assert undoing(run) in page

    curator.post(undoing(run), WHY)
    last = run.reverted_by.get()
    told = f'cora (<a href="{reverse("admin:directory_changeset_change", args=[last.pk])}">'
    for address in (
        url,
        reverse("admin:directory_changeset_change", args=[run.pk]),
        undoing(run),
    ):
        page = curator.get(address).content.decode()
        assert "Undone, " in page
        assert told in page
    assert f'href="{undoing(run)}"' not in curator.get(url).content.decode()


def test_a_changeset_of_which_one_listing_was_put_back_is_undone_in_part_and_can_be_redone(curator):
    run = open_changeset(by=None, door=Door.IMPORT)
    rows = [
        organizations.add(make_document(), by=None, door=Door.IMPORT, changeset=run) for _ in "ab"
    ]
    url = reverse("admin:directory_changeset_changelist")
    curator.post(undoing(rows[0].revisions.get()), WHY)
    assert "Undone in part, " in curator.get(url).content.decode()

    curator.post(undoing(run.reverted_by.get()), WHY)

    page = curator.get(reverse("admin:directory_changeset_change", args=[run.pk]))
    assert "Undone" not in page.content.decode()


def test_who_may_undo_no_changeset_is_not_offered_to(editor):
    run = edit(make_organization(), founded="1998").changeset

    page = editor.get(reverse("admin:directory_changeset_changelist")).content.decode()

    assert undoing(run) not in page
    assert "Example co-op" in page


def test_the_list_of_changesets_costs_the_same_for_any_length(curator, queries_of):
    url = reverse("admin:directory_changeset_changelist")
    edit(make_organization(), founded="1998")
    few = queries_of(url)
    for _ in range(5):
        curator.post(undoing(edit(make_organization(), founded="1998")), WHY)

    assert queries_of(url) == few
