"""Handing letters of the outbox over to a mail server, or to files in development.

A letter is sent at least once: it is marked after the server took it. Killed in between, the
worker sends it again under the same Message-ID, by which mailboxes show it once.
"""

import logging
import smtplib
from collections.abc import Iterator

from django.core.mail import EmailMessage
from django.utils import timezone

from directory.actions.mail import (
    give_up_broken_mail,
    mark_refused,
    mark_sent,
    queue_mail,
    take_mail,
)
from directory.models import Mail

__all__ = ["queue_mail", "send_waiting"]

logger = logging.getLogger(__name__)


def send_waiting() -> Iterator[Mail]:
    """Hand over what is due, one letter at a time; each is given out when its fate is noted."""
    give_up_broken_mail(timezone.now())
    while (mail := take_mail(timezone.now())) is not None:
        _hand_over(mail)
        yield mail


def _hand_over(mail: Mail) -> None:
    headers = {
        "Message-ID": mail.message_id,
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
    }
    letter = EmailMessage(mail.subject, mail.body, to=[mail.recipient], headers=headers)
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("mail %s was not taken: %s", mail.pk, error)
        mark_refused(mail, str(error))
    else:
        mark_sent(mail)
