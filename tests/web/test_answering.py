"""The links of a reminder: opening one changes nothing, a button acts once, for a while."""

import datetime
import re

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from directory.actions import organizations, reminders
from directory.models import Door, Mail, Organization, Proposal, Reminder, VerificationLevel
from tests.factories import make_organization
from tests.web.pages import heading

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as travelled:
        yield travelled


@pytest.fixture
def letter(clock) -> list[str]:
    """The two links of a letter: to answer, and to stop."""
    make_organization(
        "Example Bakery",
        email="bakery@example.org",
        website="https://bakery.example.org/",
        phone="+12025550123",
    )
    clock.shift(400 * DAY)
    list(reminders.remind_all())
    return re.findall(r"http://127\.0\.0\.1:8000(/answers/\S+)", Mail.objects.get().body)


def test_opening_the_link_shows_the_listing_and_changes_nothing(client, letter):
    version = Organization.objects.get().version

    for _visit in range(3):
        response = client.get(letter[0])

    html = response.content.decode()
    assert "Example Bakery" in heading(html)
    assert "bakery@example.org" in html
    # Others learn at most our host, never the link.
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "no-store" in response["Cache-Control"]
    assert Reminder.objects.get().answer == ""
    assert Organization.objects.get().version == version


def test_the_button_confirms_once(client, letter):
    sent = {"answer": "still_right", "facts": ["exists", "contact"]}
    response = client.post(letter[0], sent, follow=True)

    assert heading(response.content.decode()) == "Thank you"
    listing = Organization.objects.get()
    assert listing.verification == VerificationLevel.ORG_CONFIRMED
    assert listing.fact_confirmations.count() == 2

    client.post(letter[0], {"answer": "closed"})
    assert Proposal.objects.count() == 0


@pytest.mark.parametrize("said", ["change", "closed", "not_us"])
def test_other_buttons_tell_the_editors(client, letter, said):
    response = client.post(letter[0], {"answer": said, "words": "Ask us."}, follow=True)

    assert heading(response.content.decode()) == "Thank you"
    assert Proposal.objects.get().note.endswith("Ask us.")
    assert Organization.objects.get().is_published


@pytest.mark.parametrize("sent", [{}, {"answer": "no_such_answer"}, {"facts": ["exists"]}])
def test_what_is_no_answer_changes_nothing(client, letter, sent):
    assert client.post(letter[0], sent).status_code == 200
    assert Reminder.objects.get().answer == ""


def test_the_link_to_stop_stops_and_does_nothing_else(client, letter):
    client.get(letter[1])
    assert Reminder.objects.get().stopped_at is None

    response = client.post(letter[1], {"stop": "1"}, follow=True)

    assert heading(response.content.decode()) == "You get no more such letters"
    assert Reminder.objects.get().stopped_at is not None
    assert Organization.objects.get().verification == VerificationLevel.UNVERIFIED


def test_one_link_cannot_be_used_for_the_other_purpose(client, letter):
    answer, stop = (re.fullmatch(r"/answers/([^/]+)/(?:stop/)?", link)[1] for link in letter)

    assert client.post(f"/answers/{stop}/", {"answer": "still_right"}).status_code == 410
    assert client.post(f"/answers/{answer}/stop/", {"stop": "1"}).status_code == 410
    assert Reminder.objects.filter(answer="", stopped_at=None).count() == 1


@pytest.mark.parametrize("token", ["x", "1:2:3", "a" * 300, "%00", "é:é:é"])
def test_a_link_that_is_not_ours_says_so(client, db, token):
    assert client.get(f"/answers/{token}/").status_code in {400, 410}
    assert client.post(f"/answers/{token}/stop/").status_code in {400, 410}


def test_a_signature_for_something_else_opens_nothing(client, letter):
    forged = signing.dumps(Reminder.objects.get().pk, salt="directory.proposal")

    assert client.get(f"/answers/{forged}/").status_code == 410


def test_the_link_to_answer_runs_out_and_the_one_to_stop_holds_longer(client, letter, clock):
    clock.shift(61 * DAY)

    assert client.get(letter[0]).status_code == 410
    assert client.post(letter[0], {"answer": "still_right"}).status_code == 410
    assert client.get(letter[1]).status_code == 200
    assert Reminder.objects.get().answer == ""


def test_links_hold_on_when_the_secret_changes(client, letter, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret that is at least fifty signs long, I say"

    assert client.get(letter[0]).status_code == 200


def test_a_listing_that_was_taken_down_meanwhile_is_not_shown(client, letter):
    organizations.withdraw(Organization.objects.get(), by=None, door=Door.ADMIN)

    response = client.get(letter[0])

    assert response.status_code == 410
    assert b"Bakery" not in response.content
