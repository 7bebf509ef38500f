"""An edit writes all that it says, keeps what did not change, and overwrites nobody unawares."""

import pytest

from directory.actions import organizations
from directory.documents import document_of
from directory.models import Door, Organization
from tests.at_once import at_once
from tests.factories import make_document, make_organization, make_term, make_user

pytestmark = pytest.mark.django_db

OWN, NEWS = {"url": "https://example.org/"}, {"url": "https://example.org/news"}
POINT = {"country": "GH", "latitude": 5.0, "longitude": 0.0}


def document_now(listing: Organization) -> dict:
    return document_of(Organization.objects.with_parts().get(pk=listing.pk))


def edit(listing: Organization, *, by: object = None, expected_version=None, **fields) -> bool:
    return organizations.edit(
        listing,
        document_now(listing) | fields,
        by=by,
        door=Door.ADMIN,
        expected_version=expected_version,
    )


def test_nought_members_is_written_and_can_be_taken_back():
    listing = make_organization()

    assert edit(listing, members_count=0)
    assert document_now(listing)["members_count"] == 0

    assert edit(listing, members_count=None)
    assert document_now(listing)["members_count"] is None


def test_a_point_on_the_null_meridian_can_be_taken_off():
    listing = make_organization(locations=[POINT])

    assert edit(listing, locations=[POINT | {"latitude": None, "longitude": None}])

    assert document_now(listing)["locations"][0]["longitude"] is None


def test_another_order_of_claims_is_written():
    claims = [{"scheme": "type", "code": make_term(code).code} for code in ("timebank", "guild")]
    listing = make_organization(claims=claims)

    assert edit(listing, claims=claims[::-1])

    assert [claim["code"] for claim in document_now(listing)["claims"]] == ["guild", "timebank"]


def test_another_order_of_links_is_written():
    listing = make_organization(links=[OWN, NEWS])

    assert edit(listing, links=[NEWS, OWN])

    assert [link["url"] for link in document_now(listing)["links"]] == [NEWS["url"], OWN["url"]]


def test_what_is_written_once_is_no_change_when_it_is_written_again():
    terms = [make_term(code).code for code in ("timebank", "guild")]
    claims = [{"scheme": "type", "code": code, "is_primary": code == "guild"} for code in terms]
    fields = {"claims": claims, "locations": [POINT], "links": [OWN, NEWS], "members_count": 0}
    listing = make_organization(**fields, translations={"es": {"summary": "Uno."}})

    assert edit(listing, **fields) is False


def test_the_rows_of_parts_that_did_not_change_stay():
    listing = make_organization(locations=[POINT, {"country": "TG"}])
    first, second = (row.pk for row in listing.locations.order_by("position"))

    edit(listing, locations=[{"country": "FR"}, {"country": "TG"}, POINT])

    rows = list(listing.locations.order_by("position"))
    assert [row.country for row in rows] == ["FR", "TG", "GH"]
    assert [row.pk for row in rows][1:] == [second, first]


def test_an_edit_of_an_older_version_is_refused_and_told_what_changed_since():
    listing = make_organization("Old name")
    opened = listing.version
    edit(listing, by=make_user("ana"), name="New name")

    with pytest.raises(organizations.EditConflict) as raised:
        edit(listing, summary="Bread.", expected_version=opened)

    (change,) = raised.value.changes
    (revision,) = raised.value.revisions
    assert (change.pointer, change.before, change.after) == ("/name", "Old name", "New name")
    assert revision.changeset.by.username == "ana"
    assert raised.value.version == listing.version
    assert document_now(listing)["summary"] != "Bread."


def test_an_edit_of_the_present_version_is_written():
    listing = make_organization()

    assert edit(listing, summary="Bread.", expected_version=listing.version)


def test_a_listing_that_was_only_taken_down_since_can_still_be_edited():
    listing = make_organization()
    opened = listing.version
    organizations.unpublish(listing, by=None, door=Door.ADMIN)

    assert edit(listing, summary="Bread.", expected_version=opened)


def test_an_edit_of_a_version_that_never_was_is_refused():
    listing = make_organization()

    with pytest.raises(organizations.EditConflict):
        edit(listing, summary="Bread.", expected_version=99)


@pytest.mark.django_db(transaction=True)
def test_listings_of_one_name_that_are_added_at_once_all_get_an_address():
    document = make_document("Hope Credit Union")

    failures = at_once(
        *[lambda: organizations.add(document, by=None, door=Door.API) for _ in range(6)]
    )

    assert failures == []
    assert len(set(Organization.objects.values_list("slug", flat=True))) == 6


@pytest.mark.django_db(transaction=True)
def test_of_two_that_ask_for_one_address_word_at_once_the_second_is_told():
    document = make_document("Hope Credit Union", slug="hope")

    failures = at_once(
        *[lambda: organizations.add(document, by=None, door=Door.API) for _ in range(4)]
    )

    assert [type(failure) for failure in failures] == [organizations.SlugTaken] * 3
    assert Organization.objects.get().slug == "hope"


@pytest.mark.django_db(transaction=True)
def test_of_two_that_move_to_one_address_word_at_once_the_second_is_told():
    listings = [make_organization() for _ in range(4)]

    failures = at_once(*[lambda row=row: edit(row, slug="hope") for row in listings])

    assert [type(failure) for failure in failures] == [organizations.SlugTaken] * 3
    assert Organization.objects.filter(slug="hope").count() == 1
