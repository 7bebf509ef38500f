"""Whoever has the number sees what became of it, and can take it back."""

import pytest
from django.urls import reverse

from directory.actions import organizations, proposal_decisions, proposals
from directory.actions.merges import merge
from directory.actions.proposals import Sender
from directory.models import Door, Mail, Proposal, ReportReason
from tests.factories import make_document, make_organization
from tests.web.proposal_pages import no_counts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(no_counts.__name__)]


@pytest.fixture
def proposal() -> Proposal:
    document = make_document("<b>Example</b> Bakery") | {"sources": []}
    return proposals.propose_new(document, sender=Sender("en", email="visitor@example.org"))


def page_of(client, proposal: Proposal) -> str:
    response = client.get(proposal.get_absolute_url())
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_an_open_one_says_what_happens_next_and_by_when(client, proposal):
    page = page_of(client, proposal)

    assert proposal.reference in page
    assert f'datetime="{proposal.expected_on.isoformat()}"' in page
    assert "&lt;b&gt;Example&lt;/b&gt; Bakery" in page
    assert "visitor@example.org" not in page
    assert 'name="robots" content="noindex"' in page


def test_a_declined_one_says_why_as_text(client, proposal):
    proposal_decisions.decline(
        proposal, by=None, reason="spam", message="<script>alert(1)</script>"
    )

    page = page_of(client, proposal)

    assert "This had nothing to do with the directory." in page
    assert "<script>alert" not in page
    assert "take_back" not in page


def test_an_accepted_one_leads_to_the_listing_and_names_what_was_left_out(client, proposal):
    codes = [c.code for c in proposal_decisions.choices_of(proposal) if c.field != "locations"]
    proposal.document["service_areas"] = [{"kind": "online"}]
    how = {"by": None, "door": Door.ADMIN, "declined_for": "no_evidence"}
    proposal_decisions.accept(proposal, codes=codes, **how)

    page = page_of(client, proposal)

    assert "Accepted in part" in page
    assert "Locations" in page


def test_one_accepted_as_a_draft_says_so_in_page_and_letter_and_leads_to_it_once_shown(client):
    document = make_document("Example Bakery") | {"claims": [], "sources": []}
    sender = Sender("en", email="visitor@example.org")
    proposal = proposals.propose_new(document, sender=sender)
    proposal_decisions.accept(proposal, by=None, door=Door.ADMIN)
    promise = "It will be shown once an editor has completed it."
    url = proposal.organization.get_absolute_url()

    assert promise in page_of(client, proposal)
    assert url not in page_of(client, proposal)
    assert promise in Mail.objects.get().body

    full = make_document("Example Bakery")
    organizations.edit(proposal.organization, full, by=None, door=Door.ADMIN)
    organizations.publish(proposal.organization, by=None, door=Door.ADMIN)
    assert promise not in page_of(client, proposal)
    assert f'<a href="{url}">Example Bakery</a>' in page_of(client, proposal)


def test_one_whose_listing_was_merged_leads_to_the_listing_that_is_left(client, proposal):
    proposal_decisions.accept(proposal, by=None, door=Door.ADMIN)
    left = make_organization("Example Mill")
    merge(proposal.organization, into=left, by=None, door=Door.ADMIN)

    assert f'<a href="{left.get_absolute_url()}">Example Mill</a>' in page_of(client, proposal)


def test_it_can_be_taken_back_once(client, proposal):
    client.post(proposal.get_absolute_url(), {"take_back": "1"})

    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    assert client.post(proposal.get_absolute_url(), {"take_back": "1"}).status_code == 302


def test_looking_changes_nothing(client, proposal):
    client.get(proposal.get_absolute_url(), {"take_back": "1"})
    client.post(proposal.get_absolute_url(), {})

    proposal.refresh_from_db()
    assert proposal.is_open


def test_nothing_is_told_of_a_listing_that_was_taken_out(client):
    listing = make_organization("Example Shelter")
    report = proposals.report(listing, ReportReason.REMOVE_ME, sender=Sender("en"))
    proposal_decisions.accept(report, by=None, door=Door.ADMIN)

    assert "Example Shelter" not in page_of(client, report)


def test_the_number_is_found_however_it_is_typed(client, proposal):
    typed = proposal.reference.lower().replace("-", " ")

    assert (
        client.get("/proposals/", {"reference": typed})["Location"] == proposal.get_absolute_url()
    )
    assert client.get(f"/proposals/{typed}/")["Location"] == proposal.get_absolute_url()
    assert "Your number" in client.get("/proposals/").content.decode()


@pytest.mark.parametrize("typed", ["0000", "x" * 5_000, "‮", "%", "' or 1=1", "É"])
def test_a_wrong_number_is_said_to_be_wrong(client, proposal, typed):
    page = client.get("/proposals/", {"reference": typed}).content.decode()

    assert "There is no suggestion with this number." in page
    assert client.get(reverse("proposal-status", args=[typed[:200]])).status_code == 404


def test_nobody_tries_numbers_for_long(client, proposal, settings):
    settings.PROPOSAL_LOOKUPS_PER_HOUR = 2
    for _ in range(2):
        client.get("/proposals/", {"reference": "0000"})

    assert client.get("/proposals/", {"reference": "0000"}).status_code == 429
    assert client.get(proposal.get_absolute_url()).status_code == 429
    assert client.get(proposal.get_absolute_url(), REMOTE_ADDR="10.1.1.1").status_code == 200
