"""Editors see what waits and decide: in the queue, one by one, several at once."""

import datetime
import html
import re

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from directory.actions import organizations, proposals
from directory.actions.proposals import Sender, present_document
from directory.models import Door, Organization, Place, Proposal, ReportReason
from tests.factories import (
    make_document,
    make_gap,
    make_network,
    make_organization,
    make_place,
    make_term,
    make_user,
)
from tests.second_factors import signed_in

pytestmark = pytest.mark.django_db

QUEUE = "/admin/directory/proposal/"
DECIDE = "/admin/directory/proposal/decide/"
SENDER = Sender("es", email="visitor@example.org")


def proposed(listing: Organization | None = None, sender: Sender = SENDER, **fields) -> Proposal:
    listing = listing or make_organization()
    base = listing.revisions.newest_first().first()
    changed = base.document | (fields or {"summary": "Bread and cake."})
    return proposals.propose_change(listing, changed, base=base, sender=sender)


def review(proposal: Proposal) -> str:
    return reverse("admin:directory_proposal_change", args=[proposal.pk])


def edited(listing: Organization, **fields) -> None:
    organizations.edit(listing, present_document(listing) | fields, by=None, door=Door.ADMIN)


def page_of(response) -> str:
    assert response.status_code == 200, response
    return html.unescape(response.content.decode())


def test_the_queue_shows_each_with_age_risk_and_region_and_what_would_change(editor):
    proposed(
        make_organization("Example Bakery", website="https://old.example"),
        website="https://new.example",
    )

    page = page_of(editor.get(QUEUE))

    for words in ("Example Bakery", "Risk: high", "Maryland, United States", "ago"):
        assert words in page
    assert "<del>https://old.example</del>" in page
    assert "<ins>https://new.example</ins>" in page


def test_the_queue_and_the_review_say_what_makes_it_as_risky_as_it_is(editor):
    listing = make_organization("Example Bakery", website="https://old.example")
    risky = proposed(listing, website="https://new.example", summary="Bread and cake.")
    proposed(make_organization("Example Garden"), website="https://new.example")
    proposed(make_organization("Example Library"))
    proposals.report(make_organization("Example House"), ReportReason.CLOSED, sender=SENDER)
    proposals.propose_new(make_document("Example Mill"), sender=SENDER)

    page = page_of(editor.get(QUEUE))

    why = "high (people, letters or money could be led elsewhere: Website)"
    for words in (
        f"Risk: {why}",
        "Risk: medium (people will rely on what was not told so far: Website)",
        "Risk: low (it only changes how it is described: In one sentence)",
        "Risk: medium (wrongly accepted, it tells people that it has closed)",
        "Risk: medium (a new listing that nobody has checked yet)",
    ):
        assert words in page
    assert f"<dd>{why}</dd>" in page_of(editor.get(review(risky)))


def test_the_queue_tells_places_as_the_gazetteer_writes_them_and_looks_each_up_once(editor):
    make_place("us/isle-of-example/pont-d-example")
    for path, name in {"": "Isle of Example", "/pont-d-example": "Pont d’Example"}.items():
        Place.objects.filter(path=f"us/isle-of-example{path}").update(name=name)
    for number in range(3):
        where = make_document()["locations"][0] | {"place": "us/isle-of-example/pont-d-example"}
        listing = make_organization(f"Example Bakery {number}", locations=[where])
        proposed(listing, service_areas=[{"kind": "place", "place": where["place"]}])

    with CaptureQueriesContext(connection) as asked:
        page = page_of(editor.get(QUEUE))

    assert page.count("Isle of Example, United States") >= 3
    assert "Pont d’Example, Isle of Example, United States" in page
    assert sum("pont-d-example" in each["sql"] for each in asked) <= 1


def test_the_queue_tells_codes_by_their_names(editor):
    make_term("deepening-democracy", scheme="value", labels={"en": "Deepening democracy"})
    listing = make_organization("Example Bakery")
    base = listing.revisions.newest_first().first().document
    proposed(
        listing,
        language="pt",
        phone="+12025550142",
        claims=[*base["claims"], {"scheme": "value", "code": "deepening-democracy"}],
        locations=[base["locations"][0] | {"street": "1 Example Street"}],
    )

    page = page_of(editor.get(QUEUE))

    for words in (
        '<th scope="row">Value</th>',
        "<ins>Deepening democracy</ins>",
        "<ins>Portuguese</ins>",
        "<ins>+1 202-555-0142</ins>",
        "1 Example Street, Takoma Park, United States",
    ):
        assert words in page
    assert "Claim" not in page.partition('class="pieces"')[2].partition("</table>")[0]


def test_the_queue_is_narrowed_by_kind_and_region(editor):
    proposed(make_organization("Example Bakery"))
    proposals.report(make_organization("Example Shelter"), ReportReason.CLOSED, sender=SENDER)
    proposals.report(make_organization("Example House"), ReportReason.REMOVE_ME, sender=SENDER)

    def found(query: str) -> set[str]:
        page = page_of(editor.get(f"{QUEUE}?{query}"))
        return {n for n in ("Bakery", "Shelter", "House") if f"Example {n}" in page}

    assert found("") == {"Bakery", "Shelter", "House"}
    assert found("kind=proposals") == {"Bakery"}
    assert found("kind=reports") == {"Shelter"}
    assert found("kind=removals&region=us") == {"House"}
    assert found("region=fr") == set()
    assert found("kind=nonsense&page=999") == {"Bakery", "Shelter", "House"}


def test_the_filters_of_the_queue_are_folded_until_one_is_chosen(editor):
    assert '<details class="fold"><summary>' in page_of(editor.get(QUEUE))
    for query in ("kind=reports", "region=us/maryland"):
        assert '<details class="fold" open><summary>' in page_of(editor.get(f"{QUEUE}?{query}"))


def test_wishes_to_be_taken_out_are_first_the_overdue_ones_before_the_others(editor):
    days = datetime.timedelta(days=settings.REMOVAL_DUE_DAYS)
    with time_machine.travel(timezone.now() - days - datetime.timedelta(days=1)):
        proposals.report(make_organization("Example Late"), ReportReason.REMOVE_ME, sender=SENDER)
    proposals.report(make_organization("Example Soon"), ReportReason.REMOVE_ME, sender=SENDER)
    proposals.report(make_organization("Example Other"), ReportReason.CLOSED, sender=SENDER)

    words = " ".join(re.sub("<[^>]+>", " ", page_of(editor.get(QUEUE))).split())

    late, soon, other = (
        words.index(name) for name in ("Example Late", "Example Soon", "Example Other")
    )
    assert late < soon < other
    assert words.count("overdue since") == 1
    assert late < words.index("overdue since") < soon < words.index("due on") < other


def test_claims_that_run_out_and_listings_nobody_looked_at_wait_too(editor):
    soon = timezone.localdate() + datetime.timedelta(days=settings.CLAIM_EXPIRING_DAYS - 1)
    claim = {"scheme": "type", "code": "worker-cooperative", "valid_until": soon.isoformat()}
    make_organization("Example Bakery", claims=[claim])
    stale = make_organization("Example Shelter")
    Organization.objects.filter(pk=stale.pk).update(
        published_at=timezone.now() - datetime.timedelta(days=200)
    )

    claims = page_of(editor.get(f"{QUEUE}?kind=claims&region=us/maryland"))
    old = page_of(editor.get(f"{QUEUE}?kind=stale&region=us/maryland"))

    assert "Example Bakery" in claims
    assert "Example Shelter" not in claims
    assert "Example Shelter" in old
    assert "Example Bakery" not in old


def test_what_many_looked_for_and_nobody_listed_waits_too(editor):
    town = make_place()
    many = settings.GAPS_SHOWN_FROM
    make_gap("childcare", place=town, count=many)
    make_gap(scheme="type", code="secret", place=town, count=many - 1)

    page = page_of(editor.get(f"{QUEUE}?kind=gaps&region=us/maryland"))

    assert "childcare" in page
    assert "secret" not in page


@pytest.mark.parametrize("kind", ["waiting", "claims", "stale", "decided", "gaps"])
def test_the_queue_costs_the_same_for_any_length(editor, kind):
    long_ago = timezone.now() - datetime.timedelta(days=2_000)
    claim = {"scheme": "type", "code": "worker-cooperative", "valid_until": "2020-01-01"}

    def add() -> None:
        listing = make_organization(claims=[claim])
        first, second = proposed(listing), proposed(listing)
        assert first != second
        proposals.withdraw(second)
        Organization.objects.filter(pk=listing.pk).update(published_at=long_ago)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(QUEUE, {"kind": kind}).status_code == 200
        return len(captured)

    add()
    queries()
    one = queries()
    for _ in range(5):
        add()

    assert queries() == one


def test_the_start_page_counts_what_waits_with_links_and_within_the_remit(client):
    here = make_organization("Example Bakery")
    make_place("fr/bretagne/brest")
    there = make_organization("Example Shelter", place="fr/bretagne/brest")
    proposed(here)
    proposals.report(there, ReportReason.CLOSED, sender=SENDER)
    ana, cora = make_user("ana", role="editor"), make_user("cora", role="curator")
    make_network(places=["us/maryland"]).editors.add(ana)

    def told(person) -> list[tuple[str, str]]:
        signed_in(client, person)
        link = r'<a href="[^"]+[?]kind=([a-z]+)">[^<]+<span class="num">([^<]+)</span>'
        return re.findall(link, page_of(client.get("/admin/")))

    assert told(ana) == [("waiting", "1"), ("proposals", "1")]
    assert told(cora) == [("waiting", "2"), ("proposals", "1"), ("reports", "1")]
    with CaptureQueriesContext(connection) as captured:
        client.get("/admin/")
    assert sum("counted" in each["sql"] for each in captured) == 1


def test_to_accept_in_the_queue_changes_the_listing_and_goes_to_the_next(editor):
    proposal, other = proposed(), proposed()

    response = editor.post(
        DECIDE,
        {
            "accept": proposal.pk,
            f"version-{proposal.pk}": proposal.organization.version,
            f"after-{proposal.pk}": other.pk,
            "kind": "proposals",
            "region": "us",
        },
    )

    assert response["Location"] == f"{QUEUE}?kind=proposals&region=us#case-{other.pk}"
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by.username) == ("accepted", "ana")
    assert proposal.organization.summary == "Bread and cake."


@pytest.mark.parametrize("door", ["queue", "bulk", "review"])
def test_a_new_listing_that_lacks_something_is_accepted_as_a_draft_that_waits(editor, door):
    document = make_document("Example Bakery") | {"claims": [], "sources": []}
    proposal = proposals.propose_new(document, sender=SENDER)
    url, sent = {
        "queue": (DECIDE, {"accept": proposal.pk}),
        "bulk": (DECIDE, {"bulk": "accept", "confirm": "1", "chosen": [proposal.pk]}),
        "review": (review(proposal), {"act": "accept"}),
    }[door]

    page = page_of(editor.post(url, sent, follow=True))

    form = reverse("admin:directory_organization_change", args=[Organization.objects.get().pk])
    said = "Example Bakery was accepted as a draft. To publish it: Give it at least one type."
    assert f'{said} <a href="{form}">Complete it</a>' in page
    waiting = page_of(editor.get(f"{QUEUE}?kind=drafts"))
    assert "Give it at least one type." in waiting
    assert f'href="{form}"' in waiting
    assert "?kind=drafts" in page_of(editor.get("/admin/"))


def test_to_decline_takes_a_reason(editor):
    proposal = proposed()

    refused = editor.post(DECIDE, {"decline": proposal.pk}, follow=True)
    assert "Choose a reason" in page_of(refused)
    editor.post(DECIDE, {"decline": proposal.pk, f"reason-{proposal.pk}": "spam"})

    proposal.refresh_from_db()
    assert proposal.state == "declined"


def test_a_press_of_enter_decides_nothing(editor):
    proposal = proposed()

    editor.post(DECIDE, {"nothing": "", f"message-{proposal.pk}": "typing"})

    proposal.refresh_from_db()
    assert proposal.is_open


def test_what_crosses_a_change_of_somebody_else_must_be_compared(editor):
    listing = make_organization(summary="Bread.")
    proposal = proposed(listing)
    edited(listing, summary="By an editor.")

    answer = editor.post(
        DECIDE, {"accept": proposal.pk, f"version-{proposal.pk}": "2"}, follow=True
    )
    assert "Open it and compare" in page_of(answer)

    page = page_of(editor.get(review(proposal)))
    for words in (
        "When it was sent",
        "Bread.",
        "By an editor.",
        "Bread and cake.",
        "Not decided yet",
    ):
        assert words in page


def test_pieces_are_decided_one_by_one_and_the_reason_is_in_the_language_of_the_sender(editor):
    listing = make_organization(website="https://old.example")
    proposal = proposed(listing, website="https://new.example", summary="Bread and cake.")
    form = editor.get(review(proposal)).context["case"]
    codes = {piece.label: f"piece-{piece.code}" for piece in form.pieces}

    editor.post(
        review(proposal),
        {
            "act": "pieces",
            "version": form.version,
            codes["Website"]: "decline",
            codes["In one sentence"]: "accept",
            "reason": "no_evidence",
            "message": "Gracias",
        },
    )

    proposal.refresh_from_db()
    listing.refresh_from_db()
    assert (listing.website, listing.summary) == ("https://old.example", "Bread and cake.")
    assert proposal.state == "accepted_in_part"
    assert proposal.message.endswith("Gracias")
    assert len(proposal.message) > len("Gracias") + 10


def test_a_piece_left_open_is_asked_for_and_the_ticks_are_kept(editor):
    proposal = proposed(website="https://new.example", summary="Bread and cake.")
    pieces = editor.get(review(proposal)).context["case"].pieces

    response = editor.post(
        review(proposal),
        {
            "act": "pieces",
            f"piece-{pieces[0].code}": "decline",
            "message": "typed",
            "reason": "spam",
        },
    )

    page = page_of(response)
    assert "Accept or decline each change." in page
    assert "typed</textarea>" in page
    assert f'name="piece-{pieces[0].code}" value="decline" checked' in page
    assert '<option value="spam" selected' in page


def test_nothing_is_ticked_before_an_editor_ticks_it_and_a_declined_piece_needs_a_reason(editor):
    listing = make_organization(website="https://old.example")
    proposal = proposed(listing, website="https://new.example", summary="Bread and cake.")
    shown = editor.get(review(proposal))
    first, second = (piece.code for piece in shown.context["case"].pieces)
    sent = {"act": "pieces", f"piece-{first}": "decline", f"piece-{second}": "accept"}

    answer = page_of(editor.post(review(proposal), sent))

    assert not re.search(r'type="radio"[^>]* checked', page_of(shown))
    assert "Choose a reason, or write one." in answer
    assert f'name="piece-{first}" value="decline" checked' in answer
    assert Proposal.objects.open().exists()


def test_a_proposal_all_of_whose_pieces_are_declined_is_declined(editor):
    proposal = proposed(website="https://new.example", summary="Bread and cake.")
    pieces = editor.get(review(proposal)).context["case"].pieces
    ticks = {f"piece-{piece.code}": "decline" for piece in pieces}

    editor.post(review(proposal), {"act": "pieces", "reason": "spam"} | ticks)

    proposal.refresh_from_db()
    assert proposal.state == "declined"
    assert proposal.message


def test_an_editor_who_was_overtaken_is_told_and_sees_the_new_state(editor):
    listing = make_organization()
    proposal = proposed(listing)
    case = editor.get(review(proposal)).context["case"]
    edited(listing, website="https://editor.example")

    response = editor.post(review(proposal), {"act": "accept", "version": case.version})

    assert "Somebody changed this listing after you opened it." in page_of(response)
    assert response.context["case"].version > case.version
    proposal.refresh_from_db()
    assert proposal.is_open
    editor.post(review(proposal), {"act": "accept", "version": response.context["case"].version})
    listing.refresh_from_db()
    assert (listing.website, listing.summary) == ("https://editor.example", "Bread and cake.")


def test_after_a_decision_the_next_one_opens(editor):
    first, second = proposed(), proposed()

    response = editor.post(review(first), {"act": "decline", "reason": "spam", "later": second.pk})

    assert response["Location"] == review(second)


def test_the_sender_can_be_asked(editor):
    proposal = proposed()

    editor.post(review(proposal), {"act": "ask", "message": "Which cake?"})

    proposal.refresh_from_db()
    assert (proposal.is_open, proposal.message) == (True, "Which cake?")


def test_several_are_decided_at_once_after_a_look_at_them(editor):
    listing = make_organization("Example Crossing")
    crossing, plain = proposed(listing), proposed(make_organization("Example Bakery"))
    edited(listing, summary="By an editor.")
    ticked = {"bulk": "accept", "chosen": [crossing.pk, plain.pk]}

    preview = page_of(editor.post(DECIDE, ticked))
    assert "Stays in the queue" in preview
    assert Proposal.objects.open().count() == 2
    answer = page_of(editor.post(DECIDE, ticked | {"confirm": "1"}, follow=True))

    assert "1 decision made." in answer
    assert "Example Crossing: Somebody else changed the same since." in answer
    assert list(Proposal.objects.open()) == [crossing]


def test_several_are_declined_with_one_reason(editor):
    several = [proposed() for _ in range(3)]
    ticked = {"bulk": "decline", "chosen": [each.pk for each in several], "confirm": "1"}

    assert "Choose a reason" in page_of(editor.post(DECIDE, ticked, follow=True))
    editor.post(DECIDE, ticked | {"reason": "spam"})

    assert not Proposal.objects.open().exists()


@pytest.mark.parametrize("key", ["", "x", "-1", "٣", "9" * 30, "1.5"])
@pytest.mark.parametrize("name", ["accept", "decline", "chosen", "after-1", "version-1"])
def test_numbers_that_are_none_of_ours_decide_nothing(editor, key, name):
    proposed()

    response = editor.post(
        DECIDE, {name: key, "bulk": "accept"} if name == "chosen" else {name: key}
    )

    assert response.status_code == 302
    assert Proposal.objects.open().count() == 1


def test_a_new_listing_is_reviewed_and_published(editor):
    document = make_document("Example Bakery") | {"sources": []}
    proposal = proposals.propose_new(document, sender=SENDER)
    assert "Example Bakery" in page_of(editor.get(review(proposal)))

    editor.post(review(proposal), {"act": "accept"})

    assert Organization.objects.published().get().name == "Example Bakery"
    assert "Accepted" in page_of(editor.get(review(proposal)))
    assert "Example Bakery" in page_of(editor.get(f"{QUEUE}?kind=decided"))


def test_what_is_wrong_by_now_is_said_and_stays(editor):
    document = make_document("Example Bakery") | {"sources": []}
    proposal = proposals.propose_new(document, sender=SENDER)
    Proposal.objects.update(document=document | {"website": "no address", "claims": []})

    response = editor.post(review(proposal), {"act": "accept"})

    assert "/website" in page_of(response)
    assert Proposal.objects.open().exists()


def test_markup_is_shown_as_text(editor):
    evil = "<script>alert(1)</script>"
    document = make_document(evil, description=evil, summary=evil) | {"sources": []}
    sender = Sender("en", evidence=f"javascript:alert(1) {evil}", note=evil)
    proposal = proposals.propose_new(document, sender=sender)

    for address in (QUEUE, review(proposal)):
        page = editor.get(address).content.decode()
        assert "<script>alert" not in page
        assert 'href="javascript' not in page


@pytest.mark.parametrize("person", ["nobody", "contributor", "enterprise"])
def test_nobody_else_sees_or_decides(client, person):
    proposal = proposed()
    if person != "nobody":
        client.force_login(make_user("somebody", role=person))

    for address in (QUEUE, review(proposal)):
        assert client.get(address).status_code in {302, 403}
    for address, sent in ((DECIDE, {"accept": proposal.pk}), (review(proposal), {"act": "accept"})):
        assert client.post(address, sent).status_code in {302, 403}
    proposal.refresh_from_db()
    assert proposal.is_open
