"""Letters to send: the outbox. A row is written with the change that it tells of."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """What became of a letter."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    GIVEN_UP = "given_up", _("Given up")


class MailQuerySet(models.QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        """Letters to try now, the longest waiting first."""
        return self.waiting().filter(next_try_at__lte=now).order_by("next_try_at", "pk")

    def waiting(self) -> Self:
        return self.filter(state=MailState.WAITING)

    def done_before(self, moment: datetime.datetime) -> Self:
        """Letters that nobody will try again, written before then."""
        return self.exclude(state=MailState.WAITING).filter(created_at__lt=moment)


class Mail(models.Model):
    """One letter to one address, as text."""

    # The same at every try, so that a mailbox shows a letter once that was handed over twice.
    message_id = models.CharField(_("message id"), max_length=255, unique=True)
    recipient = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=12)
    purpose = models.CharField(_("what for"), max_length=40)
    state = models.CharField(
        _("state"), max_length=10, choices=MailState, default=MailState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    last_error = models.CharField(_("last error"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MailState.values), name="mail_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(recipient=""), name="mail_goes_to_somebody"),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="mail_is_dated_once_sent",
            ),
        ]
        indexes = [
            # The sender looks every few seconds; nearly all letters are done.
            models.Index(fields=["next_try_at"], name="mail_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.purpose}: {self.state}"
