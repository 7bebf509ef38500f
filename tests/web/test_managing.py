"""Who speaks for an enterprise looks after its listing: confirms, changes, answers, takes it out."""

import pytest
from django.urls import reverse

from directory.actions import proposals
from directory.actions.proposals import Sender, present_document
from directory.models import (
    Door,
    Exclusion,
    Organization,
    Proposal,
    Publication,
    ReportReason,
    Revision,
    Spokesperson,
    VerificationLevel,
)
from tests.factories import make_network, make_organization, make_user
from tests.web.proposal_pages import filled_in, no_counts, stamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures(no_counts.__name__)]


@pytest.fixture
def bakery():
    return make_organization("Example Bakery", email="private@mail.example")


@pytest.fixture
def speaker(bakery):
    person = make_user("ana", role="enterprise", first_name="Ana")
    Spokesperson.objects.create(organization=bakery, person=person, proof="mail")
    return person


@pytest.fixture
def ours(client, speaker):
    client.force_login(speaker)
    return client


def manage(listing, page: str = "") -> str:
    return reverse(f"organization-manage{page and '-'}{page}", args=[listing.slug])


def edited(client, listing, **fields):
    """Send the listing's form back with some fields changed."""
    url = manage(listing, "edit")
    context = client.get(url).context
    sent = {"version": context["version"], "stamp": stamp()}
    for form in [context["form"], *context["form"].place_forms]:
        for field in form:
            value = field.value()
            if field.name != "stamp" and value not in (None, False, ""):
                sent[field.html_name] = "on" if value is True else field.field.prepare_value(value)
    return client.post(url, sent | fields, follow=True)


def page_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def test_others_are_led_to_where_they_could_ask(client, bakery):
    other = make_user(role="enterprise")
    Spokesperson.objects.create(organization=make_organization(), person=other, proof="mail")
    for person in (None, other):
        if person:
            client.force_login(person)
        for page in ("", "edit", "withdraw"):
            for answer in (client.get(manage(bakery, page)), client.post(manage(bakery, page))):
                assert answer["Location"] == reverse("organization-claim", args=[bakery.slug])

    assert Revision.objects.filter(organization=bakery).count() == 2


def test_a_button_confirms_all_of_it_in_the_name_of_the_organization(ours, bakery):
    page = page_of(ours.post(manage(bakery), {"confirm": "1"}, follow=True))

    bakery.refresh_from_db()
    assert bakery.verification == VerificationLevel.ORG_CONFIRMED
    assert "you confirmed it today" in page
    revision = bakery.revisions.newest_first().first()
    assert (revision.changeset.door, revision.changeset.by.username) == (Door.ENTERPRISE, "ana")


def test_an_editor_does_not_confirm_in_the_name_of_the_organization(client, bakery):
    client.force_login(make_user(is_editor=True))

    page = page_of(client.post(manage(bakery), {"confirm": "1"}, follow=True))

    bakery.refresh_from_db()
    assert "All of this is still right" not in page
    assert bakery.verification == VerificationLevel.UNVERIFIED


def test_a_change_waits_for_an_editor_where_no_network_says_otherwise(ours, bakery):
    page = page_of(edited(ours, bakery, summary="Bread and cake."))

    proposal = Proposal.objects.get()
    bakery.refresh_from_db()
    assert proposal.reference in page
    assert (proposal.relation, proposal.is_own) == ("member", True)
    assert bakery.summary != "Bread and cake."


def test_a_change_is_shown_at_once_where_all_networks_that_care_say_so(ours, bakery):
    make_network(places=["us/maryland"], enterprise_edits="at_once")
    make_network(places=["fr"], enterprise_edits="after_review")

    page = page_of(edited(ours, bakery, summary="Bread and cake.", email_is_public="on"))

    bakery.refresh_from_db()
    assert "shown now" in page
    assert (bakery.summary, bakery.public_email) == ("Bread and cake.", "private@mail.example")
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("is_theirs", [True, False])
def test_the_history_says_whether_the_enterprise_or_an_editor_changed_it(
    client, ours, bakery, settings, is_theirs
):
    settings.ENTERPRISE_EDITS = "at_once"
    if not is_theirs:
        ours.force_login(make_user(is_editor=True))
    edited(ours, bakery, summary="Bread and cake.")

    told = page_of(client.get(f"{bakery.get_absolute_url()}history/"))
    assert ("by the organization itself, on the website" in told) is is_theirs
    answer = client.get(reverse("api:organization-revisions", args=[bakery.uid])).json()
    assert answer["results"][0]["role"] == ("organization" if is_theirs else "editor")


def test_one_network_that_wants_to_look_first_is_enough(ours, bakery):
    make_network(places=["us/maryland"], enterprise_edits="at_once")
    make_network(terms=[("type", "worker-cooperative")], enterprise_edits="after_review")

    edited(ours, bakery, summary="Bread and cake.")

    assert Proposal.objects.count() == 1


def test_what_an_enterprise_says_of_itself_is_marked_so(ours, bakery, settings):
    settings.ENTERPRISE_EDITS = "at_once"
    filled_in()  # Makes the type.

    edited(ours, bakery, types=["worker-cooperative", "bakery"])

    claims = {c["code"]: c["asserted_by"] for c in present_document(bakery)["claims"]}
    assert claims["bakery"] == "organization"


def test_a_change_of_something_else_than_was_changed_since_is_shown_beside_it(
    ours, bakery, settings
):
    settings.ENTERPRISE_EDITS = "at_once"
    before = bakery.summary
    edited(ours, bakery, summary="Bread and cake.")

    edited(ours, bakery, version="2", summary=before, founded="1999")

    bakery.refresh_from_db()
    assert (bakery.summary, bakery.founded) == ("Bread and cake.", "1999")


def test_a_change_that_crosses_another_overwrites_nothing_and_goes_to_the_editors(
    ours, bakery, settings
):
    settings.ENTERPRISE_EDITS = "at_once"
    edited(ours, bakery, summary="Bread and cake.")

    page = page_of(edited(ours, bakery, version="2", summary="Only bread."))

    proposal = Proposal.objects.get()
    bakery.refresh_from_db()
    assert proposal.reference in page
    assert (proposal.is_own, proposal.document["summary"]) == (True, "Only bread.")
    assert bakery.summary == "Bread and cake."


def test_a_form_without_a_change_says_so(ours, bakery):
    assert "Nothing differs" in page_of(edited(ours, bakery))


def test_a_private_address_is_shown_to_them_and_to_nobody_who_suggests(ours, bakery):
    assert "private@mail.example" in page_of(ours.get(manage(bakery, "edit")))

    suggest = page_of(ours.get(reverse("organization-suggest", args=[bakery.slug])))
    assert "private@mail.example" not in suggest


def test_they_see_what_others_propose_and_answer_it(ours, bakery):
    base = bakery.revisions.newest_first().first()
    sender = Sender("en", note="Secret of the sender", email="visitor@example.org")
    proposal = proposals.propose_change(
        bakery, base.document | {"summary": "Closed for good."}, base=base, sender=sender
    )
    proposals.report(bakery, ReportReason.CLOSED, sender=sender)
    page = page_of(ours.get(manage(bakery)))
    assert "Closed for good." in page
    assert "It has closed" in page
    assert "Secret of the sender" not in page

    said = {"answer": proposal.pk, f"words-{proposal.pk}": "We are open <b>daily</b>."}
    page = page_of(ours.post(manage(bakery), said, follow=True))

    proposal.refresh_from_db()
    assert proposal.own_word == "We are open <b>daily</b>."
    assert "<b>daily" not in page
    ours.force_login(make_user(is_editor=True))
    review = page_of(ours.get(reverse("admin:directory_proposal_change", args=[proposal.pk])))
    assert "We are open &lt;b&gt;daily" in review


@pytest.mark.parametrize("answer", ["", "x", "0", "9" * 40, "-1", "²"])
def test_an_answer_to_nothing_changes_nothing(ours, bakery, answer):
    assert ours.post(manage(bakery), {"answer": answer}).status_code == 302
    assert ours.post(manage(bakery), {"end": answer}).status_code == 302
    assert Spokesperson.objects.standing().count() == 1


def test_a_proposal_about_another_listing_is_not_theirs_to_answer(ours, bakery):
    other = proposals.report(make_organization(), ReportReason.CLOSED, sender=Sender("en"))

    ours.post(manage(bakery), {"answer": other.pk, f"words-{other.pk}": "Ours."})

    other.refresh_from_db()
    assert other.own_word == ""


def test_consent_is_withdrawn_by_a_button(ours, bakery):
    assert "Take Example Bakery out" in page_of(ours.get(manage(bakery, "withdraw")))

    page = page_of(ours.post(manage(bakery, "withdraw"), {"reason": "We move."}, follow=True))

    bakery.refresh_from_db()
    assert bakery.publication == Publication.WITHDRAWN
    assert "Your listing is taken out." in page
    assert ours.get(bakery.get_absolute_url()).status_code == 410
    assert not Exclusion.objects.exists()


def test_whoever_never_wants_to_be_listed_again_is_not_proposed_again(ours, bakery):
    ours.post(manage(bakery, "withdraw"), {"is_for_good": "on"})

    response = ours.post("/organizations/new/", filled_in(none_of_these="on"))

    assert "We may not list this." in page_of(response)
    assert Proposal.objects.count() == 0
    assert Organization.objects.count() == 1


def test_a_listing_that_was_taken_out_cannot_be_changed_or_confirmed(ours, bakery):
    ours.post(manage(bakery, "withdraw"), {})
    version = Organization.objects.get().version

    assert ours.get(manage(bakery, "edit")).status_code == 404
    ours.post(manage(bakery), {"confirm": "1"})
    ours.post(manage(bakery, "withdraw"), {})

    assert Organization.objects.get().version == version


def test_who_speaks_for_it_no_longer_is_shut_out_at_once(ours, bakery, speaker):
    mine = Spokesperson.objects.get()
    assert "Ana (you)" in page_of(ours.get(manage(bakery)))

    ours.post(manage(bakery), {"end": mine.pk})

    answer = ours.get(manage(bakery))
    assert answer["Location"] == reverse("organization-claim", args=[bakery.slug])
