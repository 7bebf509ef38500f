"""What became of a proposal, over the API."""

import pytest
from django.urls import reverse

from directory.actions import organizations, proposal_decisions, proposals
from directory.actions.proposals import Sender
from directory.models import Door
from tests.factories import make_organization

pytestmark = pytest.mark.django_db
SENDER = Sender("en", evidence="Secret paper", note="Secret note", email="visitor@example.org")


@pytest.fixture
def proposal():
    listing = make_organization()
    base = listing.revisions.newest_first().first()
    document = base.document | {"summary": "Bread and cake."}
    return proposals.propose_change(listing, document, base=base, sender=SENDER)


def test_the_state_is_read_by_the_number(client, proposal, read, fits):
    answer = read("proposal-detail", proposal.reference)

    fits(answer, "readProposal")
    assert (answer["state"], answer["organization"]) == ("open", proposal.organization.uid)
    assert answer["expected_on"] == proposal.expected_on.isoformat()
    assert client.get(answer["url"]).status_code == 200


def test_a_decision_comes_with_its_reason(proposal, read, fits):
    proposal_decisions.decline(proposal, by=None, reason="spam")

    answer = read("proposal-detail", proposal.reference.lower())

    fits(answer, "readProposal")
    assert answer["message"] == "This had nothing to do with the directory."
    assert answer["expected_on"] is None


def test_nothing_of_the_sender_is_told_and_nobody_keeps_the_answer(client, proposal):
    response = client.get(reverse("api:proposal-detail", args=[proposal.reference]))

    assert "private" in response["Cache-Control"]
    for secret in ("Secret paper", "Secret note", "visitor@example.org"):
        assert secret not in response.content.decode()


def test_a_listing_that_is_not_shown_is_not_named(proposal, read):
    organizations.unpublish(proposal.organization, by=None, door=Door.ADMIN)

    assert read("proposal-detail", proposal.reference)["organization"] is None


@pytest.mark.parametrize("number", ["0000-0000-0000", "x", "É", "x" * 300])
def test_a_wrong_number_is_not_found(client, number):
    assert client.get(reverse("api:proposal-detail", args=[number])).status_code == 404
