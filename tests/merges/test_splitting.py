"""Two of one listing: each piece where it was sent, in one change that can be undone."""

import pytest

from directory.actions import splits, undo
from directory.actions.organizations import NotPublishable
from directory.documents import InvalidDocument
from directory.models import Door, Organization, Publication
from tests.factories import make_organization, make_source
from tests.merges.steps import document

pytestmark = pytest.mark.django_db


def melted() -> Organization:
    make_source("other-register")
    return make_organization(
        "Kestrel Bread",
        types=("worker-cooperative", "credit-union"),
        website="https://kestrel.example",
        email="money@kestrel.example",
        email_is_public=True,
        other_names=["Kestrel Credit Union"],
        identifiers=[{"scheme": "X-NCUA-CHARTER", "value": "123"}],
        sources=[
            {"source": "example-register", "external_id": "1"},
            {"source": "other-register", "external_id": "7"},
        ],
    )


WHERE = {
    "other_names-0": "goes",
    "claims-1": "goes",
    "identifiers-0": "goes",
    "sources-1": "goes",
    "locations-0": "both",
    "email": "goes",
    "website": "both",
    "summary": "both",
}


def split(listing: Organization, **options) -> Organization:
    how = {"name": "Kestrel Credit Union", "where": WHERE} | options
    return splits.split(listing, by=None, door=Door.ADMIN, **how)


def test_each_piece_is_where_it_was_sent():
    listing = melted()

    made = split(listing)

    rest, new = document(listing), document(made)
    assert [claim["code"] for claim in rest["claims"]] == ["worker-cooperative"]
    assert [claim["code"] for claim in new["claims"]] == ["credit-union"]
    assert (rest["identifiers"], new["identifiers"][0]["value"]) == ([], "123")
    assert (rest["email"], rest["email_is_public"]) == ("", False)
    assert (new["email"], new["email_is_public"]) == ("money@kestrel.example", True)
    assert rest["website"] == new["website"] == "https://kestrel.example"
    assert len(rest["locations"]) == len(new["locations"]) == 1
    assert made.publication == Publication.DRAFT


def test_the_new_listing_says_where_it_comes_from_and_no_number_leads_to_both():
    listing = melted()

    made = split(listing)

    records = {r["source"]: r["external_id"] for r in document(made)["sources"]}
    assert records == {"other-register": "7", "example-register": ""}
    assert [r["external_id"] for r in document(listing)["sources"]] == ["1"]


def test_it_is_one_changeset_and_undone_as_one():
    listing = melted()
    before = document(listing)
    made = split(listing, is_published=True)
    [changeset] = {r.changeset for r in made.revisions.select_related("changeset")}
    assert {r.kind for r in changeset.revisions.all()} == {"split", "split_off", "published"}

    done = undo.revert_changeset(changeset, by=None, door=Door.ADMIN)

    made.refresh_from_db()
    assert (done.count, done.refused) == (2, [])
    assert document(listing) == before
    assert made.publication == Publication.UNPUBLISHED


def test_neither_may_lose_what_its_page_needs():
    listing = melted()
    before = document(listing)

    with pytest.raises(NotPublishable, match="at least one type"):
        split(listing, where=WHERE | {"claims-0": "goes"})
    with pytest.raises(NotPublishable, match="at least one type"):
        split(listing, where={}, is_published=True)
    with pytest.raises(InvalidDocument):
        split(listing, name="")

    assert document(listing) == before
    assert Organization.objects.count() == 1
