"""Editors see and decide what their networks care for; who may speak for a listing is theirs to say."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.actions import proposals, speaking
from directory.actions.proposals import Sender
from directory.models import Mail, Network, ReportReason, RequestState, Spokesperson
from tests.factories import (
    make_document,
    make_gap,
    make_network,
    make_organization,
    make_place,
    make_user,
)

pytestmark = pytest.mark.django_db

QUEUE = "/admin/directory/proposal/"


def page_of(response) -> str:
    assert response.status_code == 200, response
    return response.content.decode()


def asked(listing, **fields):
    defaults = {"email": "ana@elsewhere.example", "name": "Ana", "statement": "I bake there."}
    return speaking.ask(listing, language="es", **defaults | fields)


def speaking_page(listing) -> str:
    return reverse("admin:directory_organization_speaking", args=[listing.pk])


def kinds_where(client, name: str) -> set[str]:
    kinds = ("waiting", "proposals", "reports", "removals", "speaking", "claims", "stale")
    return {kind for kind in kinds if name in page_of(client.get(f"{QUEUE}?kind={kind}"))}


@pytest.fixture
def here():
    return make_organization("Example Bakery")


@pytest.fixture
def elsewhere():
    make_place("fr/paris")
    return make_organization("Example Fournil", place="fr/paris")


@pytest.fixture
def network(client):
    """A network of Maryland whose editor is signed in."""
    person = make_user("mara", is_editor=True)
    network = make_network(places=["us/maryland"])
    network.editors.add(person)
    client.force_login(person)
    return network


def test_the_queue_looks_up_once_what_an_editor_answers_for(client, network, here):
    asked(here)

    with CaptureQueriesContext(connection) as done:
        page_of(client.get(QUEUE))

    editors = Network._meta.get_field("editors").m2m_db_table()
    assert sum(f'JOIN "{editors}"' in each["sql"] for each in done) == 1


def test_the_queue_of_an_editor_holds_what_their_networks_care_for(
    client, network, here, elsewhere
):
    for listing in (here, elsewhere):
        proposals.report(listing, ReportReason.CLOSED, sender=Sender("en"))
        asked(listing)

    assert kinds_where(client, "Example Bakery") == {"waiting", "reports", "speaking"}
    assert kinds_where(client, "Example Fournil") == set()


def test_a_curator_sees_all_of_it(client, network, elsewhere):
    asked(elsewhere)
    proposals.report(elsewhere, ReportReason.CLOSED, sender=Sender("en"))

    client.force_login(make_user(role="curator"))

    assert kinds_where(client, "Example Fournil") == {"waiting", "reports", "speaking"}


def test_a_new_listing_waits_for_those_who_would_care_for_it_and_for_curators(client, network):
    make_place("fr/paris")
    near = proposals.propose_new(make_document("Example Mill"), sender=Sender("en"))
    far = proposals.propose_new(
        make_document("Example Moulin", place="fr/paris"), sender=Sender("fr")
    )
    review = f"{QUEUE}{{}}/change/".format

    assert kinds_where(client, "Example Mill") == {"waiting", "proposals"}
    assert kinds_where(client, "Example Moulin") == set()
    assert client.get(review(near.pk)).status_code == 200
    assert client.get(review(far.pk)).status_code == 403
    client.post(f"{QUEUE}decide/", {"accept": far.pk})
    far.refresh_from_db()
    assert far.is_open

    client.force_login(make_user(is_editor=True))
    assert kinds_where(client, "Example Mill") == set()
    client.force_login(make_user(role="curator"))
    assert kinds_where(client, "Example Moulin") == {"waiting", "proposals"}


@pytest.mark.parametrize(
    ("terms", "places", "is_seen"),
    [
        ([("type", "worker-cooperative")], [], True),
        ([("type", "credit-union")], [], False),
        ([("type", "worker-cooperative")], ["us"], True),
        ([("type", "worker-cooperative")], ["fr/paris"], False),
        ([], ["us/maryland/takoma-park"], True),
        ([], [], False),
    ],
)
def test_a_new_listing_falls_into_a_remit_as_it_would_once_listed(client, terms, places, is_seen):
    editor = make_user(is_editor=True)
    for path in places:
        make_place(path)
    make_network(terms=terms, places=places).editors.add(editor)
    proposals.propose_new(make_document("Example Mill"), sender=Sender("en"))
    client.force_login(editor)

    assert ("Example Mill" in page_of(client.get(QUEUE))) is is_seen


def test_what_nobody_lists_is_for_every_editor(client, network):
    make_gap("childcare", count=9, month="2026-05-01")

    assert "childcare" in page_of(client.get(f"{QUEUE}?kind=gaps"))


def test_an_editor_lets_somebody_in_and_a_letter_goes_out(client, network, here):
    request = asked(here)
    page = page_of(client.get(speaking_page(here)))
    assert "ana@elsewhere.example" in page

    client.post(speaking_page(here), {"grant": request.pk})

    letter = Mail.objects.get()
    assert (letter.recipient, letter.language) == ("ana@elsewhere.example", "es")
    link = re.search(r"http://127\.0\.0\.1:8000(/claims/\S+)", letter.body).group(1)
    client.logout()
    client.post(link)
    assert Spokesperson.objects.get().organization == here


def test_a_request_is_declined_with_a_reason(client, network, here):
    request = asked(here)

    page = page_of(client.post(speaking_page(here), {"decline": request.pk}, follow=True))
    assert "Write why: they are told." in page
    client.post(
        speaking_page(here), {"decline": request.pk, f"reason-{request.pk}": "Nobody knew you."}
    )

    request.refresh_from_db()
    assert (request.state, request.email) == (RequestState.DECLINED, "")
    assert "Nobody knew you." in Mail.objects.get().body


def test_a_request_is_decided_once(client, network, here):
    request = asked(here)
    client.post(speaking_page(here), {"grant": request.pk})

    page = page_of(client.post(speaking_page(here), {"grant": request.pk}, follow=True))

    assert "decided already" in page
    assert Mail.objects.count() == 1


def test_a_code_is_shown_once_and_works(client, network, here):
    page = page_of(client.post(speaking_page(here), {"issue": "1"}))
    code = re.search(r"<strong>([A-Z0-9-]{14})</strong>", page).group(1)

    assert code not in page_of(client.get(speaking_page(here)))
    request = speaking.use_code(
        here, code, email="ana@elsewhere.example", name="Ana", language="en"
    )
    assert request.state == RequestState.MAILED


def test_an_editor_ends_that_somebody_speaks_for_it(client, network, here):
    row = Spokesperson.objects.create(organization=here, person=make_user(), proof="editor")

    client.post(speaking_page(here), {"end": row.pk})

    row.refresh_from_db()
    assert row.ended_at is not None


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 40])
def test_a_button_without_a_row_behind_it_changes_nothing(client, network, here, number):
    for name in ("grant", "decline", "end"):
        assert client.post(speaking_page(here), {name: number}).status_code == 302
    assert not Mail.objects.exists()


def test_listings_elsewhere_are_not_there_for_them(client, network, elsewhere):
    request = asked(elsewhere)

    assert client.get(speaking_page(elsewhere)).status_code == 404
    assert client.post(speaking_page(elsewhere), {"grant": request.pk}).status_code == 404
    assert not Mail.objects.exists()
