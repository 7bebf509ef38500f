"""Ask an enterprise whether its listing is still right, and take its answer."""

import datetime
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.actions import reminder_letters
from directory.actions.confirmations import verify
from directory.actions.proposals import Sender, report
from directory.actions.reminder_ages import SHORTEST_DAYS, remind_after
from directory.models import (
    Answer,
    Door,
    Fact,
    Mail,
    Organization,
    Reminder,
    ReportReason,
    Scheme,
    VerificationLevel,
    vocabulary,
)
from directory.models.reminder import digest_of_address

LISTINGS_AT_ONCE = 500
NOTE_LENGTH_MAX = 2_000  # As long as a proposal's.
# One purpose each: a link to answer cannot stop the letters, and the other way round.
ANSWER_SALT, STOP_SALT = "directory.reminder.answer", "directory.reminder.stop"


class NotAnswerable(Exception):
    """The link is not ours, too old or used already; the message says which."""


def remind_all() -> Iterator[int]:
    """Write to those who are due, REMINDERS_PER_RUN at most; gives the ids of listings."""
    now = timezone.now()
    for key in _due(now):
        if remind(key, now=now):
            yield key


@transaction.atomic
def remind(key: int, *, now: datetime.datetime) -> Reminder | None:
    """Write one letter to the address of the listing; None where nobody is to be asked now."""
    organization = Organization.objects.select_for_update().get(pk=key)
    due = Organization.objects.to_remind(now, SHORTEST_DAYS, settings.REMINDER_PAUSE_DAYS)
    if not due.filter(pk=key).exists() or not _may_be_asked(organization):
        return None
    reminder = Reminder.objects.create(
        organization=organization,
        address_digest=digest_of_address(organization.email, organization.uid),
    )
    write_letter(reminder)
    return reminder


def write_letter(reminder: Reminder) -> Mail:
    """The letter of a reminder, with its two signed links."""
    answer = signing.dumps(reminder.pk, salt=ANSWER_SALT)
    stop = signing.dumps(reminder.pk, salt=STOP_SALT)
    return reminder_letters.ask(reminder.organization, answer_token=answer, stop_token=stop)


def reminder_of(token: str) -> Reminder:
    """The reminder that a link to answer belongs to, answered already or not.

    Raises NotAnswerable.
    """
    return _read(token, ANSWER_SALT, settings.REMINDER_ANSWER_DAYS)


def stopped_by(token: str) -> Reminder:
    """The reminder whose link to stop this is. Raises NotAnswerable."""
    return _read(token, STOP_SALT, settings.REMINDER_STOP_DAYS)


@transaction.atomic
def answer(
    reminder: Reminder, said: Answer, *, facts: Iterable[Fact] = (), words: str = ""
) -> None:
    """Take the answer of the enterprise, once.

    "Still right" confirms the listing and the given facts; everything else goes to the editors'
    queue, and the listing stays as it is until they decide. Raises NotAnswerable.
    """
    locked = Reminder.objects.select_for_update().get(pk=reminder.pk)
    if locked.answer:
        raise NotAnswerable(_("This letter was answered already."))
    locked.answer, locked.answered_at = said, timezone.now()
    locked.save(update_fields=["answer", "answered_at"])
    if said == Answer.STILL_RIGHT:
        verify(
            locked.organization,
            level=VerificationLevel.ORG_CONFIRMED,
            on=timezone.localdate(),
            by=None,
            door=Door.MAIL,
            facts=[Fact.EXISTS, *facts],
        )
    else:
        _tell_editors(locked.organization, said, words)


@transaction.atomic
def stop(reminder: Reminder) -> None:
    """Write no more reminders about this listing to this address."""
    Reminder.objects.filter(pk=reminder.pk, stopped_at=None).update(stopped_at=timezone.now())


REPORTED_AS = {
    Answer.CHANGE: ReportReason.WRONG_DATA,
    Answer.CLOSED: ReportReason.CLOSED,
    Answer.NOT_US: ReportReason.WRONG_DATA,
}


def _tell_editors(organization: Organization, said: Answer, words: str) -> None:
    """A report in the editors' queue, with what the enterprise wrote."""
    note = _("In answer to our letter, from the address of the listing: %(answer)s.") % {
        "answer": Answer(said).label
    }
    sender = Sender(
        language=reminder_letters.language_of(organization),
        note=f"{note}\n\n{words}".strip()[:NOTE_LENGTH_MAX],
        email=organization.email,
    )
    report(organization, REPORTED_AS[said], sender=sender, is_own=True)


def _due(now: datetime.datetime) -> list[int]:
    """Ids of listings to ask now, the longest silent first."""
    terms = vocabulary()
    rows = Organization.objects.to_remind(now, SHORTEST_DAYS, settings.REMINDER_PAUSE_DAYS)
    found = []
    loaded = rows.prefetch_related("claims__term", "reminders")
    for organization in loaded.iterator(chunk_size=LISTINGS_AT_ONCE):
        claims = organization.claims.all()
        types = [claim.term.code for claim in claims if claim.term.scheme == Scheme.TYPE]
        silent = datetime.timedelta(days=remind_after(types, terms))
        if now - organization.last_sign_at >= silent and _may_be_asked(organization):
            found.append(organization.pk)
        if len(found) >= settings.REMINDERS_PER_RUN:
            break
    return found


def _may_be_asked(organization: Organization) -> bool:
    """Not where the address wants no more letters, or has left the last ones unanswered."""
    digest = digest_of_address(organization.email, organization.uid)
    sent = [each for each in organization.reminders.all() if each.address_digest == digest]
    if any(reminder.stopped_at for reminder in sent):
        return False
    last = sorted(sent, key=lambda each: each.pk)[-settings.REMINDERS_UNANSWERED_MAX :]
    is_silent = all(not reminder.answer for reminder in last)
    return len(last) < settings.REMINDERS_UNANSWERED_MAX or not is_silent


def _read(token: str, salt: str, days: int) -> Reminder:
    try:
        key = signing.loads(token, salt=salt, max_age=datetime.timedelta(days=days))
    except signing.SignatureExpired:
        raise NotAnswerable(_("This link is too old. The next letter has a new one.")) from None
    except signing.BadSignature:
        raise NotAnswerable(_("This link is not complete, or not ours.")) from None
    reminder = Reminder.objects.select_related("organization").filter(pk=key).first()
    if reminder is None:
        raise NotAnswerable(_("This link is not complete, or not ours."))
    return reminder
