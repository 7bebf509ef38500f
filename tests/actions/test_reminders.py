"""Enterprises are asked by mail as often as their type needs it, and never pestered."""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone

from directory.actions import organizations, reminders
from directory.actions.confirmations import verify
from directory.actions.reminder_ages import DAYS_BY_TYPE, remind_after
from directory.documents import document_of
from directory.models import (
    Answer,
    Door,
    Fact,
    FactConfirmation,
    Mail,
    Organization,
    Proposal,
    Reminder,
    VerificationLevel,
    vocabulary,
)
from tests.factories import make_organization

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
ADDRESS = "bakery@example.org"


@pytest.fixture
def clock():
    # A check counts from the noon of its day.
    with time_machine.travel(timezone.now().replace(hour=15), tick=False) as travelled:
        yield travelled


def remind() -> list[int]:
    return list(reminders.remind_all())


def edit(listing, **fields) -> None:
    document = document_of(Organization.objects.with_parts().get(pk=listing.pk))
    organizations.edit(listing, document | fields, by=None, door=Door.ADMIN)


def days_with_letters(clock, days: int) -> list[int]:
    """The days on which a letter was written, of so many from now on."""
    found = []
    for day in range(1, days + 1):
        clock.shift(DAY)
        if remind():
            found.append(day)
    return found


@pytest.mark.usefixtures("taxonomy")
def test_a_repair_cafe_is_asked_sooner_than_a_credit_union(clock):
    terms = vocabulary()

    assert remind_after(["repair-cafe"], terms) < remind_after([], terms)
    assert remind_after([], terms) < remind_after(["credit-union"], terms)
    # A narrower type goes by the nearest broader one, several by the one that ages fastest.
    narrow = remind_after(["community-development-credit-union"], terms)
    assert narrow == DAYS_BY_TYPE["credit-union"]
    assert remind_after(["credit-union", "repair-cafe"], terms) == DAYS_BY_TYPE["repair-cafe"]
    assert all(terms.get("type", code) for code in DAYS_BY_TYPE)


def test_the_letter_comes_after_the_time_of_its_type_and_three_times_at_most(clock, settings):
    make_organization(types=("repair-cafe",), email=ADDRESS)

    pause = settings.REMINDER_PAUSE_DAYS
    assert days_with_letters(clock, 600) == [180, 180 + pause, 180 + 2 * pause]


def test_a_confirmation_by_anyone_puts_the_letter_off(clock):
    listing = make_organization(types=("repair-cafe",), email=ADDRESS)
    clock.shift(170 * DAY)
    level = VerificationLevel.EDITOR_CHECKED
    verify(listing, level=level, on=timezone.localdate(), by=None, door=Door.ADMIN)

    assert days_with_letters(clock, 181) == [180]


@pytest.mark.parametrize("fields", [{"email": ""}, {"lifecycle": "closed"}])
def test_nobody_is_asked_who_cannot_answer(clock, fields):
    make_organization(**{"types": ("repair-cafe",), "email": ADDRESS} | fields)
    clock.shift(400 * DAY)

    assert remind() == []


def test_a_listing_off_the_site_asks_nobody(clock):
    listing = make_organization(types=("repair-cafe",), email=ADDRESS)
    organizations.withdraw(listing, by=None, door=Door.ADMIN)
    clock.shift(400 * DAY)

    assert remind() == []


def test_the_letter_speaks_the_language_of_the_listing(clock):
    make_organization("Example panadería", language="es", email=ADDRESS)
    clock.shift(400 * DAY)

    remind()

    letter = Mail.objects.get()
    assert (letter.recipient, letter.language, letter.purpose) == (ADDRESS, "es", "reminder")
    assert "Example panadería" in letter.subject
    assert len(re.findall(r"http://127\.0\.0\.1:8000/answers/", letter.body)) == 2


def test_markup_in_a_name_stays_text_in_the_letter(clock):
    make_organization("Example <b>co-op</b> & {{ 7 }}", email=ADDRESS)
    clock.shift(400 * DAY)

    remind()

    assert "Example <b>co-op</b> & {{ 7 }}" in Mail.objects.get().body


def test_still_right_confirms_the_listing_and_its_facts(clock):
    listing = make_organization(email=ADDRESS)
    clock.shift(400 * DAY)
    remind()

    reminders.answer(Reminder.objects.get(), Answer.STILL_RIGHT, facts=[Fact.CONTACT])

    listing.refresh_from_db()
    assert listing.verification == VerificationLevel.ORG_CONFIRMED
    assert listing.last_confirmed_at.date() == timezone.localdate()
    newest = listing.revisions.newest_first()[0]
    assert (newest.kind, newest.changeset.door) == ("verified", "mail")
    confirmed = FactConfirmation.objects.values_list("fact", "witness")
    assert set(confirmed) == {("exists", "organization"), ("contact", "organization")}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (Answer.CHANGE, "wrong_data"),
        (Answer.CLOSED, "closed"),
        (Answer.NOT_US, "wrong_data"),
    ],
)
def test_any_other_answer_goes_to_the_editors_and_changes_nothing(clock, said, reason):
    listing = make_organization(email=ADDRESS)
    clock.shift(400 * DAY)
    remind()
    version = listing.version

    reminders.answer(Reminder.objects.get(), said, words="We moved to <i>Example</i> Street")

    report = Proposal.objects.get()
    assert (report.organization, report.report_reason) == (listing, reason)
    assert str(said.label) in report.note
    assert "We moved to <i>Example</i> Street" in report.note
    listing.refresh_from_db()
    assert (listing.version, listing.verification) == (version, VerificationLevel.UNVERIFIED)


def test_a_letter_is_answered_once(clock):
    make_organization(email=ADDRESS)
    clock.shift(400 * DAY)
    remind()
    reminders.answer(Reminder.objects.get(), Answer.CLOSED)

    with pytest.raises(reminders.NotAnswerable):
        reminders.answer(Reminder.objects.get(), Answer.STILL_RIGHT)

    assert Organization.objects.get().verification == VerificationLevel.UNVERIFIED


def test_whoever_wants_no_more_letters_gets_none_but_a_new_address_is_asked(clock):
    listing = make_organization(types=("repair-cafe",), email=ADDRESS)
    clock.shift(200 * DAY)
    remind()
    reminders.stop(Reminder.objects.get())

    assert days_with_letters(clock, 300) == []

    edit(listing, email="new@example.org")
    assert days_with_letters(clock, 1) == [1]


def test_those_who_are_never_asked_do_not_hold_up_the_others(clock, settings):
    settings.REMINDERS_PER_RUN = 1
    make_organization(types=("repair-cafe",), email=ADDRESS)
    clock.shift(200 * DAY)
    remind()
    reminders.stop(Reminder.objects.get())
    other = make_organization(types=("repair-cafe",), email="other@example.org")
    clock.shift(200 * DAY)

    assert remind() == [other.pk]


def test_a_letter_is_not_written_twice_by_two_workers(clock):
    listing = make_organization(email=ADDRESS)
    clock.shift(400 * DAY)

    first = reminders.remind(listing.pk, now=timezone.now())
    second = reminders.remind(listing.pk, now=timezone.now())

    assert (first is None, second is None) == (False, True)
    assert Mail.objects.count() == 1
