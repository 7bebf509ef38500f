"""Adding, editing, publishing and taking down a listing."""

import pytest

from directory.actions import organizations
from directory.documents import InvalidDocument, document_of
from directory.models import Door, FormerSlug, Organization, Revision
from tests.factories import make_document, make_organization, make_user

pytestmark = pytest.mark.django_db


def add(document: dict) -> Organization:
    return organizations.add(document, by=None, door=Door.COMMAND)


def edit(organization: Organization, **fields) -> bool:
    document = document_of(Organization.objects.with_parts().get(pk=organization.pk))
    return organizations.edit(organization, document | fields, by=None, door=Door.WEB, reason="r")


def test_a_new_listing_is_a_draft_with_one_revision():
    listing = add(make_document("Glut Example"))

    revision = listing.revisions.get()
    assert listing.publication == "draft"
    assert (revision.kind, revision.version, revision.is_public) == ("added", 1, False)
    assert revision.document["name"] == "Glut Example"


def test_an_invalid_document_writes_nothing():
    with pytest.raises(InvalidDocument):
        add(make_document() | {"name": ""})

    assert not Organization.objects.exists()
    assert not Revision.objects.exists()


def test_an_edit_says_who_did_it_through_which_door_and_why():
    listing = make_organization()
    ana = make_user("ana")
    document = document_of(Organization.objects.with_parts().get(pk=listing.pk))

    organizations.edit(
        listing, document | {"name": "Renamed"}, by=ana, door=Door.ADMIN, reason="They moved"
    )

    changeset = listing.revisions.newest_first()[0].changeset
    assert (changeset.by, changeset.door, changeset.reason) == (ana, "admin", "They moved")


def test_an_edit_that_changes_nothing_leaves_no_revision():
    listing = make_organization()
    before = listing.revisions.count()

    assert edit(listing) is False
    assert listing.revisions.count() == before


def test_a_field_left_out_of_a_document_is_emptied():
    listing = make_organization(website="https://example.org")
    document = document_of(Organization.objects.with_parts().get(pk=listing.pk))
    del document["website"]

    organizations.edit(listing, document, by=None, door=Door.API)

    listing.refresh_from_db()
    assert listing.website == ""


def test_publishing_dates_the_listing_and_shows_it():
    listing = make_organization(published=False)

    organizations.publish(listing, by=None, door=Door.ADMIN)

    assert listing.published_at is not None
    assert list(Organization.objects.published()) == [listing]
    assert listing.revisions.newest_first()[0].is_public


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"claims": []}, "type"),
        ({"summary": ""}, "one sentence"),
        ({"locations": []}, "location"),
        ({"sources": []}, "source"),
    ],
)
def test_publishing_says_what_is_missing(fields, sentence):
    listing = add(make_document() | fields)

    with pytest.raises(organizations.NotPublishable, match=sentence):
        organizations.publish(listing, by=None, door=Door.ADMIN)

    listing.refresh_from_db()
    assert listing.publication == "draft"


def test_a_published_listing_cannot_lose_its_last_type():
    listing = make_organization()

    with pytest.raises(organizations.NotPublishable):
        edit(listing, claims=[])

    assert listing.claims.count() == 1


def test_what_was_published_can_be_taken_down_and_put_back():
    listing = make_organization()
    first = listing.published_at

    organizations.unpublish(listing, by=None, door=Door.ADMIN)
    assert not Organization.objects.published().exists()

    organizations.publish(listing, by=None, door=Door.ADMIN)
    assert listing.published_at == first


def test_withdrawing_is_said_to_be_the_wish_of_the_enterprise():
    listing = make_organization()

    organizations.withdraw(listing, by=None, door=Door.ADMIN, reason="They asked")

    assert listing.publication == "withdrawn"
    assert listing.revisions.newest_first()[0].kind == "withdrawn"


@pytest.mark.parametrize("act", [organizations.unpublish, organizations.withdraw])
def test_only_what_is_published_can_be_taken_down(act):
    with pytest.raises(organizations.NotPublished):
        act(make_organization(published=False), by=None, door=Door.ADMIN)


def test_two_of_the_same_name_get_different_addresses():
    slugs = [make_organization("Hope Credit Union").slug for _ in range(3)]

    assert slugs == [
        "hope-credit-union",
        "hope-credit-union-takoma-park",
        "hope-credit-union-2",
    ]


def test_a_name_without_latin_letters_still_gets_an_address():
    assert make_organization("東京").slug.startswith("listing")


def test_an_address_word_that_changes_goes_on_answering():
    listing = make_organization("Old Name")

    edit(listing, slug="new-name")

    assert FormerSlug.objects.get().slug == "old-name"
    with pytest.raises(organizations.SlugTaken):
        make_organization(slug="old-name")


def test_a_listing_may_take_back_its_own_former_address_word():
    listing = make_organization("Old Name")
    edit(listing, slug="new-name")

    edit(listing, slug="old-name")

    assert listing.slug == "old-name"
    assert FormerSlug.objects.get().slug == "new-name"
