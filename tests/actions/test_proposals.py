"""Proposals: what visitors send, what editors make of it, and what is left of the sender."""

import pytest
from django.utils import timezone

from directory.actions import organizations, proposal_decisions, proposals
from directory.actions.proposals import Sender
from directory.documents import InvalidDocument
from directory.models import (
    Changeset,
    Door,
    Mail,
    Organization,
    Proposal,
    ProposalContact,
    ReportReason,
    Risk,
)
from directory.models.proposal import tidied_reference
from tests.factories import make_document, make_organization, make_user

pytestmark = pytest.mark.django_db

VISITOR = Sender(language="es", relation="user", evidence="https://example.org/about")
WITH_MAIL = Sender(language="es", email="visitor@example.org")


def present(organization: Organization) -> dict:
    return proposals.present_document(organization)


def proposed(organization: Organization, sender: Sender = VISITOR, **fields) -> Proposal:
    """A change of the listing as it is now."""
    base = organization.revisions.newest_first().first()
    return proposals.propose_change(organization, base.document | fields, base=base, sender=sender)


def accept(proposal: Proposal, **options) -> None:
    proposal_decisions.accept(proposal, by=options.pop("by", None), door=Door.ADMIN, **options)


def new_one(**fields) -> Proposal:
    document = make_document("Example Bakery", **fields) | {"sources": []}
    return proposals.propose_new(document, sender=VISITOR)


def test_a_reference_number_is_found_however_it_is_typed():
    reference = new_one().reference

    for typed in (
        reference.lower(),
        reference.replace("-", " "),
        f" {reference.replace('-', '')} ",
    ):
        assert tidied_reference(typed) == reference


def test_what_a_visitor_says_of_types_is_marked_as_hearsay():
    [claim] = new_one().document["claims"]

    assert (claim["asserted_by"], claim["source"]) == ("import", "visitors")


def test_a_new_listing_goes_onto_the_site_with_a_source_and_a_public_reason():
    proposal, editor = new_one(), make_user()

    accept(proposal, by=editor)

    listing = proposal.organization
    assert listing.is_published
    record = listing.source_records.get()
    assert (record.source.code, record.url) == ("visitors", VISITOR.evidence)
    changeset = listing.revisions.newest_first().first().changeset
    assert (changeset.door, changeset.by) == (Door.ADMIN, editor)
    assert changeset.reason == "Proposed by a visitor"
    assert proposal.changeset == changeset
    assert (proposal.state, proposal.decided_by) == ("accepted", editor)


def test_a_new_listing_without_a_type_stays_a_draft():
    proposal = new_one(types=())

    accept(proposal)

    assert proposal.organization.publication == "draft"


def test_a_listing_named_new_does_not_take_the_address_of_the_form():
    assert make_organization("New").slug != "new"


def test_only_the_chosen_pieces_are_taken_over_and_the_others_are_named():
    listing = make_organization(website="https://old.example.org")
    proposal = proposed(listing, website="https://new.example.org", summary="Bread and cake.")
    by_field = {choice.field: choice.code for choice in proposal_decisions.choices_of(proposal)}

    accept(proposal, codes=[by_field["summary"]], declined_for="no_evidence")

    listing.refresh_from_db()
    assert (listing.website, listing.summary) == ("https://old.example.org", "Bread and cake.")
    assert (proposal.state, proposal.declined_parts) == ("accepted_in_part", ["/website"])


def test_a_change_by_somebody_else_in_between_is_not_lost():
    listing = make_organization()
    proposal = proposed(listing, website="https://new.example.org")
    organizations.edit(
        listing, present(listing) | {"summary": "By an editor."}, by=None, door=Door.ADMIN
    )

    accept(proposal)

    listing.refresh_from_db()
    assert (listing.website, listing.summary) == ("https://new.example.org", "By an editor.")


def test_an_editor_who_saw_an_older_version_is_told_and_nothing_is_written():
    listing = make_organization()
    proposal = proposed(listing, summary="By a visitor.")
    seen = listing.version
    organizations.edit(
        listing, present(listing) | {"summary": "By an editor."}, by=None, door=Door.ADMIN
    )

    with pytest.raises(organizations.EditConflict):
        accept(proposal, expected_version=seen)

    listing.refresh_from_db()
    assert listing.summary == "By an editor."
    assert Proposal.objects.get().is_open


def test_a_hidden_address_is_kept_when_a_change_is_accepted():
    hidden = {"country": "US", "street": "13 Secret Lane", "precision": "hidden"}
    listing = make_organization(place=None, locations=[hidden])
    proposal = proposed(listing, summary="Bread and cake.")

    accept(proposal)

    assert listing.locations.get().street == "13 Secret Lane"


def test_a_proposal_that_changes_nothing_is_refused():
    with pytest.raises(proposals.NothingProposed):
        proposed(make_organization())


def test_a_proposal_is_validated_like_any_document():
    with pytest.raises(InvalidDocument):
        proposed(make_organization(), website="no address")


def test_to_accept_nothing_is_refused():
    proposal = proposed(make_organization(), summary="Bread and cake.")

    with pytest.raises(proposal_decisions.NothingChosen):
        accept(proposal, codes=[])


def test_a_proposal_is_decided_once():
    proposal = proposed(make_organization(), summary="Bread and cake.")
    same = Proposal.objects.get()
    proposal_decisions.decline(proposal, by=None, reason="not_clear")

    with pytest.raises(proposals.NotOpen):
        accept(same)
    with pytest.raises(proposals.NotOpen):
        proposals.withdraw(same)


def test_to_decline_takes_a_reason_which_is_said_in_the_language_of_the_sender():
    proposal = proposed(make_organization(), summary="Bread and cake.")
    with pytest.raises(proposal_decisions.NoReason):
        proposal_decisions.decline(proposal, by=None, message="  ")

    proposal_decisions.decline(proposal, by=None, reason="spam", message="<b>Bye</b>")

    assert proposal.message.endswith("\n\n<b>Bye</b>")
    assert proposal.state == "declined"


@pytest.mark.parametrize(
    ("fields", "risk"),
    [
        ({"website": "https://other.example.org"}, Risk.HIGH),
        ({"lifecycle": "closed"}, Risk.HIGH),
        ({"founded": "1998"}, Risk.LOW),
        ({"claims": []}, Risk.MEDIUM),
    ],
)
def test_the_risk_follows_from_what_would_change(fields, risk):
    listing = make_organization(website="https://old.example.org")

    assert proposed(listing, **fields).risk == risk


def test_to_show_an_address_more_exactly_is_risky():
    listing = make_organization()
    [location] = present(listing)["locations"]
    organizations.edit(
        listing,
        present(listing) | {"locations": [location | {"precision": "town"}]},
        by=None,
        door=Door.ADMIN,
    )

    assert proposed(listing, locations=[location]).risk == Risk.HIGH


def test_a_report_that_it_closed_closes_it():
    listing = make_organization()

    accept(proposals.report(listing, ReportReason.CLOSED, sender=VISITOR))

    listing.refresh_from_db()
    assert listing.lifecycle == "closed"


def test_who_asks_to_be_taken_out_is_so_by_a_day():
    listing = make_organization()
    report = proposals.report(listing, ReportReason.REMOVE_ME, sender=VISITOR)
    assert report.due_on > timezone.localdate()
    assert report.risk == Risk.HIGH

    accept(report)

    listing.refresh_from_db()
    assert listing.publication == "withdrawn"


def test_what_does_not_belong_is_unpublished():
    listing = make_organization()

    accept(proposals.report(listing, ReportReason.NOT_SOLIDARITY_ECONOMY, sender=VISITOR))

    listing.refresh_from_db()
    assert listing.publication == "unpublished"


def test_a_report_that_an_editor_settled_by_hand_leaves_no_empty_trace():
    report = proposals.report(make_organization(), ReportReason.MOVED, sender=VISITOR)

    before = Changeset.objects.count()
    accept(report)

    assert (report.state, report.changeset) == ("accepted", None)
    assert Changeset.objects.count() == before


def test_the_address_of_the_sender_is_gone_once_the_letter_is_written():
    proposal = proposed(make_organization("Example Bakery"), WITH_MAIL, summary="Bread and cake.")
    assert ProposalContact.objects.get().email == WITH_MAIL.email

    proposal_decisions.decline(proposal, by=None, message="No <b>cake</b> there.")

    assert not ProposalContact.objects.exists()
    letter = Mail.objects.get()
    assert (letter.recipient, letter.language) == (WITH_MAIL.email, "es")
    assert "No <b>cake</b> there." in letter.body
    assert proposal.reference in letter.body


def test_a_question_is_sent_and_the_proposal_waits():
    proposal = proposed(make_organization(), WITH_MAIL, summary="Bread and cake.")

    proposal_decisions.answer(proposal, message="Which cake?")

    assert proposal.is_open
    assert ProposalContact.objects.exists()
    assert "Which cake?" in Mail.objects.get().body


def test_the_address_is_gone_when_a_proposal_is_taken_back_and_no_letter_goes_out():
    proposal = proposed(make_organization(), WITH_MAIL, summary="Bread and cake.")

    proposals.withdraw(proposal)

    assert not ProposalContact.objects.exists()
    assert not Mail.objects.exists()
    assert proposal.decided_by is None


def test_the_queue_puts_due_dates_first_then_risk_then_age():
    listing = make_organization(website="https://old.example.org")
    low = proposed(listing, founded="1998")
    older = proposed(listing, website="https://other.example.org")
    newer = proposed(listing, website="https://third.example.org")
    removal = proposals.report(listing, ReportReason.REMOVE_ME, sender=VISITOR)

    assert list(Proposal.objects.open().in_queue_order()) == [removal, older, newer, low]
    assert set(Proposal.objects.within("us")) == {removal, older, newer, low}
    assert set(Proposal.objects.within("us/maryland")) == {removal, older, newer, low}
    assert not Proposal.objects.within("us/mary").exists()
