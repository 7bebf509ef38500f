"""Personal data goes from everywhere, for ever; a tombstone says that it did, not what it was."""

import json

import pytest
from django.core import serializers
from django.urls import reverse

from directory.actions import erasures, organizations, proposals, undo
from directory.actions.confirmations import verify
from directory.actions.erasures import NotErasable, Wish
from directory.actions.mail import queue_mail
from directory.documents import document_of
from directory.models import (
    Door,
    Duplicate,
    Erasure,
    FormerSlug,
    Mail,
    Organization,
    ReportReason,
    Revision,
    VerificationLevel,
)
from tests.factories import make_organization, make_user
from tests.merges.steps import merge, unmerge

pytestmark = pytest.mark.django_db
NAME = "Jané Example-Doe"


def document(listing) -> dict:
    return document_of(Organization.objects.with_parts().get(pk=listing.pk))


def edit(listing, **fields) -> None:
    organizations.edit(listing, document(listing) | fields, by=None, door=Door.ADMIN)


def erase(listing, *words, fields=(), reason="A person asked for it"):
    wish = Wish(list(words), list(fields))
    return erasures.erase(listing, wish, by=None, door=Door.ADMIN, reason=reason)


def everything_written() -> str:
    """Every row of every table of ours, as text."""
    tables = [
        model
        for model in Organization._meta.apps.get_models()
        if model._meta.app_label in {"directory", "admin"}
    ]
    return json.dumps(
        [
            json.loads(serializers.serialize("json", model._default_manager.all()))
            for model in tables
        ],
        ensure_ascii=False,
    )


def test_what_is_erased_stands_nowhere_any_more():
    listing = make_organization(
        "Example bakery of Jané Example-Doe",
        summary="Jané Example-Doe bakes.",
        description="Ask for JANÉ EXAMPLE-DOE at the door.",
        email="jane.private@example.org",
        links=[{"url": "https://example.org/jane-private", "title": "Jané Example-Doe"}],
    )
    edit(listing, slug="jane-example-doe-bakery")
    edit(listing, slug="our-bakery", email="bakery@example.org", other_names=[NAME])
    level, today = VerificationLevel.PEER_VOUCHED, listing.published_at.date()
    verify(listing, level=level, on=today, by=None, door=Door.ADMIN, peer_name=NAME, note=NAME)
    sender = proposals.Sender("en", note=f"{NAME} left", email="jane.private@example.org")
    proposals.report(listing, ReportReason.WRONG_DATA, sender=sender)
    queue_mail("jane.private@example.org", "Is it still right?", "Dear you", "en", "reminder")
    before = everything_written()
    assert "jane.private" in before

    erase(listing, NAME, "jane.private@example.org", "jane-private")

    after = everything_written().casefold()
    assert "example-doe" not in after
    assert "jane" not in after
    assert "jané" not in after
    assert Mail.objects.count() == 0
    assert not FormerSlug.objects.filter(slug__contains="doe").exists()
    assert document(listing)["description"] == "Ask for […] at the door."
    assert document(listing)["email"] == "bakery@example.org"


def test_a_tombstone_says_who_when_and_which_fields():
    listing, ana = make_organization(email="jane.private@example.org"), make_user("ana")
    wish = Wish(fields=["email"])

    erasures.erase(listing, wish, by=ana, door=Door.ADMIN, reason="Asked by the person")

    stone = Erasure.objects.get()
    assert (stone.by, stone.fields, stone.revisions) == (ana, ["email"], 2)
    newest = Revision.objects.newest_first()[0]
    assert (newest.kind, newest.changeset.reason) == ("erased", "Asked by the person")


def test_a_field_is_emptied_in_all_versions_and_its_values_go_from_the_texts_too():
    listing = make_organization(phone="+12025550123", description="Call +12025550123.")
    edit(listing, phone="+12025550199")

    erase(listing, fields=["phone", "addresses"])

    assert document(listing)["description"] == "Call […]."
    for revision in listing.revisions.all():
        assert revision.document["phone"] == ""
        assert revision.document["locations"][0]["latitude"] is None


def test_search_and_pages_follow(client):
    listing = make_organization("Example bakery", summary="Zebedea bakes.", slug="zebedea-bakery")
    ask = {"q": "zebedea"}
    assert client.get("/api/v1/organizations/", ask).json()["count"] == 1

    erase(listing, "Zebedea")

    assert client.get("/api/v1/organizations/", ask).json()["count"] == 0
    listing.refresh_from_db()
    assert listing.slug == "example-bakery"
    assert client.get(reverse("organization-detail", args=["zebedea-bakery"])).status_code == 404
    history = client.get(reverse("organization-history", args=[listing.slug]))
    assert b"ebedea" not in history.content


def test_what_was_erased_does_not_come_back_by_undoing():
    listing = make_organization(email="jane.private@example.org")
    edit(listing, email="", founded="1998")
    change = listing.revisions.newest_first()[0]
    erase(listing, fields=["email"])

    undo.revert_revision(change, by=None, door=Door.ADMIN)

    assert (document(listing)["email"], document(listing)["founded"]) == ("", "")
    with pytest.raises(undo.NotUndoable, match="gone for good"):
        undo.revert_revision(listing.revisions.get(kind="erased"), by=None, door=Door.ADMIN)


@pytest.mark.parametrize(
    ("words", "fields", "reason", "told"),
    [
        ((), (), "A person asked", "nowhere"),
        (("Nobody at all",), (), "A person asked", "nowhere"),
        (("ab",), (), "A person asked", "too short"),
        (("Example bakery",), (), "A person asked", "another name"),
        (("bakes",), (), "She bakes no more", "do not name"),
        ([f"word {i}" for i in range(21)], (), "A person asked", "At most"),
    ],
)
def test_it_refuses(words, fields, reason, told):
    listing = make_organization("Example bakery", summary="Somebody bakes.")
    before = document(listing)

    with pytest.raises(NotErasable, match=told):
        erase(listing, *words, fields=fields, reason=reason)

    assert document(listing) == before
    assert listing.revisions.count() == 2


def test_it_goes_out_of_all_that_was_merged_into_the_listing_and_the_merges_can_be_undone():
    first, second = make_organization("Zebedea"), make_organization("Bread", summary="By Zebedea.")
    kept = make_organization("Kestrel", email="a@kestrel.example")
    merge(first, second)
    made = merge(second, kept)
    pair = Duplicate.objects.create(
        first=first, second=kept, score=0.9, evidence=[{"kind": "name", "detail": "zebedea"}]
    )

    erase(kept, "Zebedea", fields=["email"])

    assert "zebedea" not in everything_written().casefold()
    assert {*Erasure.objects.values_list("organization", flat=True)} == {
        listing.pk for listing in (first, second, kept)
    }
    pair.refresh_from_db()
    assert pair.evidence[0]["detail"] == "[…]"
    assert unmerge(made).refused == []


def test_begun_on_a_listing_that_was_merged_away_it_goes_out_of_the_one_that_stays_too():
    first, second = make_organization("Bread"), make_organization("Kestrel", website="")
    kept = make_organization("Merlin", summary="Zebedea bakes.", website="https://a.example")
    merge(first, kept)
    merge(second, kept)

    stone = erase(first, "Zebedea", fields=["website"])

    assert stone.organization == first
    assert "zebedea" not in everything_written().casefold()
    assert document(kept)["website"] == ""
    assert Erasure.objects.count() == 3
    assert kept.revisions.newest_first()[0].kind == "erased"


def test_an_erasure_ends_where_merges_written_past_the_actions_are_a_circle():
    first = make_organization("Kestrel", summary="Zebedea brews.")
    second = make_organization("Merlin", summary="Zebedea bakes.", website="https://a.example")
    merge(first, second)
    Organization.objects.filter(pk=second.pk).update(publication="merged", merged_into=first)

    erase(first, "Zebedea")

    assert "zebedea" not in everything_written().casefold()


def test_a_field_is_emptied_in_what_was_proposed_too_and_the_rest_of_that_stays():
    listing = make_organization(website="https://a.example", legal_name="Zebedea Example")
    base = listing.revisions.newest_first()[0]
    changed = base.document | {"website": "https://zebedea.example", "founded": "1998"}
    proposal = proposals.propose_change(listing, changed, base=base, sender=proposals.Sender("en"))

    stone = erase(listing, fields=["website", "legal_name"])

    proposal.refresh_from_db()
    assert (proposal.document["website"], proposal.document["founded"]) == ("", "1998")
    assert "zebedea" not in everything_written().casefold()
    assert {"legal_name", "proposals", "website"} <= {*stone.fields}


def test_other_listings_are_left_alone():
    listing = make_organization(summary="Zebedea bakes.")
    other = make_organization(summary="Zebedea brews.")

    erase(listing, "Zebedea")

    assert document(other)["summary"] == "Zebedea brews."


def test_erasing_a_long_history_takes_few_queries(django_assert_max_num_queries):
    listing = make_organization(email="jane.private@example.org")
    for year in range(1990, 2010):
        edit(listing, founded=str(year))

    with django_assert_max_num_queries(80):
        erase(listing, fields=["email"])
