"""The outbox: write a letter, and note what became of it. `exchange.mail` hands letters over."""

import datetime
import unicodedata
import uuid
from email.utils import parseaddr

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from directory.models import Mail, MailState

SUBJECT_LENGTH_MAX = 200
ERROR_LENGTH_MAX = 500


def queue_mail(to: str, subject: str, body: str, language: str, purpose: str) -> Mail:
    """Write a letter into the outbox, in the transaction of the change that it tells of.

    It is sent by `manage.py work` once that transaction is committed, and never if it is rolled
    back. `body` is plain text in `language`; `purpose` is a word that operators see in the list.
    Raises django.core.exceptions.ValidationError where `to` is no address.
    """
    validate_email(to)
    return Mail.objects.create(
        message_id=_message_id(),
        recipient=to,
        subject=_one_line(subject),
        body=body,
        language=language,
        purpose=purpose,
    )


@transaction.atomic
def take_mail(now: datetime.datetime) -> Mail | None:
    """The next letter to hand over, or None. Its try counts from here, also if we are killed."""
    mail = Mail.objects.due(now).select_for_update(skip_locked=True).first()
    if mail is None:
        return None
    mail.attempts += 1
    mail.next_try_at = now + _pause(mail.attempts)
    mail.save(update_fields=["attempts", "next_try_at"])
    return mail


def mark_sent(mail: Mail) -> None:
    """Note that the letter was handed over."""
    mail.state, mail.sent_at, mail.last_error = MailState.SENT, timezone.now(), ""
    mail.save(update_fields=["state", "sent_at", "last_error"])


def mark_refused(mail: Mail, error: str) -> None:
    """Note why the letter could not be handed over; after MAIL_ATTEMPTS_MAX tries, give it up."""
    mail.last_error = error[:ERROR_LENGTH_MAX]
    if mail.attempts >= settings.MAIL_ATTEMPTS_MAX:
        mail.state = MailState.GIVEN_UP
    mail.save(update_fields=["state", "last_error"])


def give_up_broken_mail(now: datetime.datetime) -> int:
    """Give up letters at which the worker itself broke off time and again; how many."""
    broken = Mail.objects.due(now).filter(attempts__gte=settings.MAIL_ATTEMPTS_MAX)
    return broken.update(state=MailState.GIVEN_UP)


def try_mail_again(mail: Mail) -> None:
    """Let the letter be tried at once, as if for the first time; one that was sent stays so."""
    Mail.objects.filter(pk=mail.pk).exclude(state=MailState.SENT).update(
        state=MailState.WAITING, attempts=0, next_try_at=timezone.now()
    )


def forget_mail(now: datetime.datetime) -> int:
    """Delete letters that are done and past MAIL_KEPT_DAYS; how many."""
    past = now - datetime.timedelta(days=settings.MAIL_KEPT_DAYS)
    return Mail.objects.done_before(past).delete()[0]


def _pause(attempts: int) -> datetime.timedelta:
    """1, 4, 16, 64 minutes … at most half a day: a mail server may be down for a day."""
    return min(datetime.timedelta(minutes=4 ** (attempts - 1)), datetime.timedelta(hours=12))


def _message_id() -> str:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{uuid.uuid4().hex}@{domain}>"


def _one_line(text: str) -> str:
    """Without line ends and other control characters, which would forge a header."""
    kept = (
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text
    )
    return " ".join("".join(kept).split())[:SUBJECT_LENGTH_MAX]
