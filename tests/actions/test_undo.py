"""Any change can be undone, as a new one, and nobody's later change is lost by it."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from directory.actions import organizations, undo
from directory.actions.confirmations import verify
from directory.actions.log import open_changeset
from directory.documents import document_of
from directory.models import (
    Changeset,
    Door,
    Organization,
    Publication,
    Revision,
    VerificationLevel,
)
from tests.factories import make_document, make_organization, make_user

pytestmark = pytest.mark.django_db


def document(listing) -> dict:
    return document_of(Organization.objects.with_parts().get(pk=listing.pk))


def edit(listing, changeset=None, **fields) -> Revision:
    organizations.edit(
        listing, document(listing) | fields, by=None, door=Door.ADMIN, changeset=changeset
    )
    return newest(listing)


def newest(listing) -> Revision:
    return Revision.objects.filter(organization=listing).newest_first()[0]


def revert(revision, **options):
    return undo.revert_revision(revision, by=None, door=Door.ADMIN, **options)


def test_undoing_an_edit_brings_back_what_was_and_keeps_what_came_later():
    listing = make_organization(summary="We bake.")
    before = document(listing)
    mistake = edit(listing, summary="We brew.", phone="+12025550123")
    edit(listing, founded="1998")

    revert(mistake, reason="Wrong enterprise")

    assert document(listing) == before | {"founded": "1998"}
    step = newest(listing)
    assert (step.kind, step.changeset.reverts) == ("reverted", mistake.changeset)
    assert step.changeset.reason == "Wrong enterprise"


def test_an_undoing_is_undone_like_any_change():
    listing = make_organization(summary="We bake.")
    change = edit(listing, summary="We brew.")
    revert(change)

    revert(newest(listing))

    assert document(listing)["summary"] == "We brew."


def test_what_was_changed_again_since_is_shown_and_nothing_is_lost():
    listing = make_organization(summary="We bake.")
    mistake = edit(listing, summary="We brew.", founded="1998")
    edit(listing, summary="We brew and bake.")
    version = newest(listing).version

    with pytest.raises(undo.NotUndoable) as refusal:
        revert(mistake)

    [conflict] = refusal.value.plan.conflicts
    assert (conflict.field, conflict.base, conflict.theirs, conflict.present) == (
        "summary",
        "We brew.",
        "We bake.",
        "We brew and bake.",
    )
    assert newest(listing).version == version

    revert(mistake, keeping=True)
    now = document(listing)
    assert (now["summary"], now["founded"]) == ("We brew and bake.", "")


def test_a_claim_a_number_and_an_address_come_back():
    listing = make_organization(
        types=("worker-cooperative",),
        values=("deepens-democracy",),
        identifiers=[{"scheme": "XX-EXAMPLE", "value": "7"}],
    )
    before = document(listing)
    types = [claim for claim in before["claims"] if claim["scheme"] == "type"]
    moved = [before["locations"][0] | {"street": "1 Example Street"}]
    mistake = edit(listing, claims=types, identifiers=[], locations=moved)

    revert(mistake)

    assert document(listing) == before


@pytest.mark.parametrize("act", ["unpublish", "withdraw"])
def test_what_was_taken_down_comes_back(act, client):
    listing = make_organization()
    getattr(organizations, act)(listing, by=None, door=Door.ADMIN)
    assert client.get(listing.get_absolute_url()).status_code == 410

    revert(newest(listing))

    assert client.get(listing.get_absolute_url()).status_code == 200
    assert newest(listing).kind == "published"


def test_undoing_the_publishing_takes_it_down_and_its_id_goes_on_answering(client):
    listing = make_organization()

    revert(newest(listing))

    listing.refresh_from_db()
    assert listing.publication == Publication.UNPUBLISHED
    assert client.get(listing.get_absolute_url()).status_code == 410
    assert newest(listing).kind == "unpublished"


def test_a_draft_whose_adding_is_undone_is_rejected_not_deleted():
    draft = make_organization(published=False)

    revert(newest(draft))

    draft.refresh_from_db()
    assert draft.publication == Publication.REJECTED


def test_a_publication_that_was_moved_again_is_left_alone():
    listing = make_organization()
    published = newest(listing)
    organizations.withdraw(listing, by=None, door=Door.ADMIN)

    with pytest.raises(undo.NotUndoable):
        revert(published)


def test_a_listing_that_lacks_something_is_not_put_back_on_the_site():
    listing = make_organization()
    organizations.unpublish(listing, by=None, door=Door.ADMIN)
    taken_down = newest(listing)
    edit(listing, sources=[], claims=[])

    with pytest.raises(undo.NotUndoable, match="type"):
        revert(taken_down)

    listing.refresh_from_db()
    assert listing.publication == Publication.UNPUBLISHED


def test_undoing_a_check_takes_it_back():
    listing, ana = make_organization(), make_user("ana")
    level, today = VerificationLevel.EDITOR_CHECKED, listing.published_at.date()
    verify(listing, level=level, on=today, by=None, door=Door.ADMIN)

    undo.revert_revision(newest(listing), by=ana, door=Door.ADMIN)

    listing.refresh_from_db()
    assert listing.verification == VerificationLevel.UNVERIFIED
    assert listing.verification_events.get().voided_by == ana


def test_what_is_undone_already_says_so():
    listing = make_organization()
    change = edit(listing, founded="1998")
    revert(change)

    with pytest.raises(undo.NotUndoable, match="nothing left"):
        revert(change)


def test_an_address_word_that_another_listing_has_now_is_not_taken_from_it():
    listing = make_organization("Example bakery")
    change = edit(listing, slug="example-brewery")
    listing.former_slugs.all().delete()
    make_organization("Example bakery")

    with pytest.raises(undo.NotUndoable, match="example-bakery"):
        revert(change)


def test_a_whole_changeset_is_undone_listing_by_listing():
    import_run = open_changeset(by=None, door=Door.IMPORT, reason="Example import")
    kept = make_organization(founded="1998")
    changed = make_organization(founded="1998")
    for listing in (kept, changed):
        edit(listing, import_run, founded="2001", phone="+12025550123")
    added = organizations.add(make_document(), by=None, door=Door.IMPORT, changeset=import_run)
    organizations.publish(added, by=None, door=Door.IMPORT, changeset=import_run)
    edit(kept, founded="2002")

    done = undo.revert_changeset(import_run, by=None, door=Door.ADMIN)

    assert (done.count, done.left) == (2, 0)
    assert [listing.pk for listing, _why in done.refused] == [kept.pk]
    assert document(changed)["founded"] == "1998"
    assert document(kept)["founded"] == "2002"
    added.refresh_from_db()
    assert added.publication == Publication.UNPUBLISHED

    assert undo.revert_changeset(import_run, by=None, door=Door.ADMIN, keeping=True).count == 1
    assert (document(kept)["founded"], document(kept)["phone"]) == ("2002", "")


def test_a_changeset_whose_undoing_was_undone_can_be_undone_again():
    import_run = open_changeset(by=None, door=Door.IMPORT)
    listing = make_organization()
    edit(listing, import_run, founded="2001")
    first = undo.revert_changeset(import_run, by=None, door=Door.ADMIN)
    undo.revert_changeset(first.changeset, by=None, door=Door.ADMIN)
    assert document(listing)["founded"] == "2001"

    undo.revert_changeset(import_run, by=None, door=Door.ADMIN)

    assert document(listing)["founded"] == ""


def test_a_long_changeset_is_undone_in_parts(settings):
    settings.UNDO_AT_ONCE_MAX = 2
    import_run = open_changeset(by=None, door=Door.IMPORT)
    for _listing in range(3):
        organizations.add(make_document(), by=None, door=Door.IMPORT, changeset=import_run)

    first = undo.revert_changeset(import_run, by=None, door=Door.ADMIN)
    second = undo.revert_changeset(import_run, by=None, door=Door.ADMIN)

    assert (first.count, first.left, second.count, second.left) == (2, 1, 1, 0)


def test_nothing_is_left_behind_where_nothing_could_be_undone():
    listing = make_organization()
    change = edit(listing, founded="1998")
    edit(listing, founded="1999")
    before = Changeset.objects.count()

    with pytest.raises(undo.NotUndoable):
        revert(change)

    assert Changeset.objects.count() == before


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_past_from_before_the_choice_to_show_contact_details_changes_nothing_of_it(is_shown):
    listing = make_organization(email="a@example.org", email_is_public=is_shown)
    shown = {"email_is_public": is_shown, "phone_is_public": False}
    before = listing.revisions.newest_first()[0]
    silent = {name: value for name, value in before.document.items() if name not in shown}
    listing.revisions.update(document=silent)

    migration = importlib.import_module("directory.migrations.0034_contact_shown_in_the_past")
    migration.fill(apps, connection.schema_editor())
    revert(edit(listing, summary="We brew."))

    assert shown.items() <= document(listing).items()
    assert all(shown.items() <= row.document.items() for row in listing.revisions.all())
