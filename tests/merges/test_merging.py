"""One of two listings: nothing is lost, both ids answer, and what was chosen is what stays."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from directory.actions import merges, networks, organizations, proposals, reminders
from directory.actions.confirmations import verify
from directory.actions.facts import say_still_right
from directory.actions.merges import NotMergeable
from directory.actions.organizations import EditConflict, MergedAway
from directory.actions.proposals import Sender
from directory.documents.past import past_of
from directory.models import (
    Answer,
    Door,
    Fact,
    Organization,
    Publication,
    Reminder,
    ReportReason,
    Revision,
    VerificationLevel,
)
from directory.models.reminder import digest_of_address
from directory.search import engine
from directory.search.query import Query
from tests.factories import make_network, make_organization, make_source, make_user
from tests.merges.steps import document, merge

pytestmark = pytest.mark.django_db


def test_the_document_is_put_together_and_both_names_are_kept():
    kept = make_organization(
        "Kestrel Bread", types=("worker-cooperative",), website="https://kestrel.example"
    )
    gone = make_organization(
        "Kestrel Bakery",
        types=("worker-cooperative", "food-cooperative"),
        website="https://other.example",
        founded="1998",
        identifiers=[{"scheme": "US-EIN", "value": "12-3456789"}],
        place="us/maryland/bowie",
    )

    merge(gone, kept)

    found = document(kept)
    assert (found["name"], found["other_names"]) == ("Kestrel Bread", ["Kestrel Bakery"])
    assert (found["website"], found["founded"]) == ("https://kestrel.example", "1998")
    assert {place["place"] for place in found["locations"]} == {
        "us/maryland/takoma-park",
        "us/maryland/bowie",
    }
    assert {claim["code"] for claim in found["claims"]} == {
        "worker-cooperative",
        "food-cooperative",
    }
    assert len(found["sources"]) == 2
    assert found["identifiers"][0]["value"] == "12-3456789"


def test_each_field_goes_as_it_was_chosen():
    kept = make_organization("Kestrel Bread", phone="+12025550142", phone_is_public=True)
    gone = make_organization("Kestrel Bakery", phone="+12025550143", place="us/maryland/bowie")

    merge(gone, kept, takes={"name": "take", "phone": "take", "locations": "take"})

    found = document(kept)
    assert (found["name"], found["other_names"]) == ("Kestrel Bakery", ["Kestrel Bread"])
    # Whether a number is shown goes with the number.
    assert (found["phone"], found["phone_is_public"]) == ("+12025550143", False)
    assert [place["place"] for place in found["locations"]] == ["us/maryland/bowie"]


def test_a_source_number_leads_to_the_listing_that_stays_and_to_no_other():
    kept, gone = make_organization("Kestrel"), make_organization("Kestrel House")
    number = gone.source_records.get().external_id

    merge(gone, kept)

    found = Organization.objects.filter(source_records__external_id=number)
    assert [*found] == [kept]
    assert Revision.objects.filter(organization=gone, version=1).get().document["sources"]


def test_each_source_still_tells_which_fields_came_from_it():
    make_source("other-register")
    here = {"source": "example-register", "external_id": "1", "fields": ["name", "founded"]}
    there = {"source": "other-register", "external_id": "2", "fields": ["name", "website", "phone"]}
    kept = make_organization("Kestrel", founded="1998", sources=[here])
    other = {"founded": "1999", "website": "https://k.example", "phone": "+12025550142"}
    gone = make_organization("Kestrel House", sources=[there], **other)

    merge(gone, kept, takes={"founded": "take", "phone": "keep"})

    told = {record["source"]: record["fields"] for record in document(kept)["sources"]}
    assert told == {"example-register": ["name"], "other-register": ["website", "other_names"]}


def test_all_that_hangs_on_it_goes_over():
    kept, gone = make_organization("Kestrel"), make_organization("Kestrel House")
    person, network = make_user(role="enterprise"), make_network("Example network")
    verify(
        gone, level=VerificationLevel.DOCUMENTED, on=timezone.localdate(), by=None, door=Door.ADMIN
    )
    say_still_right(gone, facts=[Fact.EXISTS])
    networks.join(network, gone, by=None, door=Door.ADMIN)
    networks.approve(network, gone, by=None, door=Door.ADMIN)
    gone.spokespeople.create(person=person, proof="mail")
    waits = proposals.report(gone, ReportReason.CLOSED, sender=Sender("en"))

    merge(gone, kept)

    assert kept.verification == VerificationLevel.DOCUMENTED
    assert kept.fact_confirmations.count() == 2
    assert [*kept.memberships.values_list("network", flat=True)] == [network.pk]
    assert kept.approvals.standing().count() == 1
    assert [each.person for each in kept.spokespeople.standing()] == [person]
    assert [*kept.proposals.open()] == [waits]


def test_what_both_have_counts_once():
    kept, gone = make_organization("Kestrel"), make_organization("Kestrel House")
    network = make_network("Example network")
    for listing in (kept, gone):
        networks.join(network, listing, by=None, door=Door.ADMIN)
        networks.approve(network, listing, by=None, door=Door.ADMIN)
        say_still_right(listing, facts=[Fact.EXISTS])

    merge(gone, kept)

    assert kept.memberships.count() == kept.approvals.standing().count() == 1
    assert kept.fact_confirmations.count() == 1


def test_who_wants_no_letters_gets_none_for_the_other_listing():
    address = {"email": "hello@kestrel.example"}
    kept, gone = make_organization("Kestrel", **address), make_organization("House", **address)
    reminders.stop(letter_to(gone))

    merge(gone, kept)

    assert kept.reminders.filter(stopped_at__isnull=False).count() == 1


def letter_to(listing: Organization) -> Reminder:
    digest = digest_of_address(listing.email, listing.uid)
    return Reminder.objects.create(organization=listing, address_digest=digest)


def test_both_ids_and_address_words_answer_for_ever_in_one_hop(client):
    first, second, third = (make_organization(name) for name in ("Alpha", "Beta", "Gamma"))
    merge(first, second)
    merge(second, third)

    page = client.get(first.get_absolute_url())
    uid = client.get(reverse("permanent-id", args=[first.uid]))
    api = client.get(reverse("api:organization-detail", args=[first.uid]))

    assert (page.status_code, page.headers["Location"]) == (301, third.get_absolute_url())
    assert uid.headers["Location"] == reverse("permanent-id", args=[third.uid])
    assert (api.status_code, api.json()["merged_into"]) == (301, third.uid)


def test_the_past_of_a_merged_listing_tells_no_address_that_the_other_may_hide():
    kept, gone = make_organization("Kestrel"), make_organization("Kestrel House")
    before = gone.revisions.public().newest_first()[0].document
    merge(gone, kept)

    assert before["locations"]
    assert past_of(gone).public(before)["locations"] == []


def test_search_finds_it_by_the_old_name_and_only_once():
    kept, gone = make_organization("Kestrel Bread"), make_organization("Harrier House")
    merge(gone, kept)

    hits = engine.search(Query(words="harrier house")).hits

    assert [hit.organization_id for hit in hits] == [kept.pk]


def test_one_changeset_has_a_revision_for_both_and_the_history_says_so(client):
    kept, gone = make_organization("Kestrel"), make_organization("Kestrel House")

    made = merge(gone, kept, reason="Same address")

    kinds = {r.organization_id: r.kind for r in made.changeset.revisions.all()}
    assert kinds == {gone.pk: "merged", kept.pk: "absorbed"}
    page = client.get(reverse("organization-history", args=[kept.slug])).content.decode()
    assert "Another listing merged into it" in page
    assert "Same address" in page


def test_a_merged_listing_is_neither_edited_nor_published():
    kept, gone = make_organization("Kestrel"), make_organization("Kestrel House")
    merge(gone, kept)

    with pytest.raises(MergedAway, match="Kestrel"):
        organizations.edit(gone, document(gone) | {"name": "New"}, by=None, door=Door.ADMIN)
    with pytest.raises(MergedAway):
        organizations.publish(gone, by=None, door=Door.ADMIN)


def test_what_comes_for_it_later_counts_for_the_one_that_stands_for_it():
    kept, gone = make_organization("Kestrel"), make_organization("House", email="a@house.example")
    letter = letter_to(gone)
    seen = Organization.objects.get(pk=gone.pk)
    merge(gone, kept)

    reminders.answer(letter, Answer.STILL_RIGHT)
    report = proposals.report(seen, ReportReason.MOVED, sender=Sender("en"))

    kept.refresh_from_db()
    assert kept.verification == VerificationLevel.ORG_CONFIRMED
    assert report.organization == kept


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("published", "draft", "never on the site"),
        ("published", "unpublished", "not on the site now"),
        ("merged", "published", "merged into another listing already"),
        ("published", "merged", "merged into another listing already"),
        ("published", "rejected", "was rejected"),
    ],
)
def test_it_is_refused_in_words(one, other, words):
    gone, kept = (_listing(name) for name in (one, other))

    with pytest.raises(NotMergeable, match=words):
        merge(gone, kept)


def _listing(publication: str) -> Organization:
    listing = make_organization(published=publication not in {"draft", "rejected"})
    if publication == "merged":
        merge(listing, make_organization())
    elif publication == "unpublished":
        organizations.unpublish(listing, by=None, door=Door.ADMIN)
    elif publication == "rejected":
        Organization.objects.filter(pk=listing.pk).update(publication=Publication.REJECTED)
    listing.refresh_from_db()
    return listing


def test_a_listing_is_not_merged_into_itself():
    listing = make_organization()

    with pytest.raises(NotMergeable):
        merge(listing, Organization.objects.get(pk=listing.pk))


def test_the_editor_is_told_if_one_changed_since_they_looked():
    kept, gone = make_organization("Kestrel"), make_organization("Kestrel House")
    seen = (gone.version, kept.version)
    organizations.edit(kept, document(kept) | {"founded": "1998"}, by=None, door=Door.ADMIN)

    with pytest.raises(EditConflict):
        merge(gone, kept, expected_versions=seen)

    gone.refresh_from_db()
    assert gone.is_published


def test_the_preview_tells_what_would_happen_and_writes_nothing():
    kept, gone = make_organization("Kestrel"), make_organization("House", founded="1998")
    verify(
        gone,
        level=VerificationLevel.EDITOR_CHECKED,
        on=datetime.date(2026, 1, 2),
        by=None,
        door=Door.ADMIN,
    )
    before = Revision.objects.count()

    found = merges.preview(gone, kept, {"founded": "keep"})

    assert {change.field for change in found.changes} >= {"other_names", "sources"}
    assert "founded" not in {change.field for change in found.changes}
    assert ("Checks", 1) in found.links
    assert Revision.objects.count() == before
