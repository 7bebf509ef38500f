"""Letters that ask an enterprise whether its listing is still right, and the answers."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What the enterprise says to a reminder."""

    STILL_RIGHT = "still_right", _("Still right")
    CHANGE = "change", _("Something changed")
    CLOSED = "closed", _("It has closed")
    NOT_US = "not_us", _("This is not us")


class Reminder(models.Model):
    """One letter to the address of a listing, answered once or never."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="reminders"
    )
    # Tells whether the listing still has the address that was written to; not the address itself.
    address_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("wants no more since"), null=True, blank=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="reminder_answer_is_dated",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answer__in=Answer.values),
                name="reminder_answer_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.answer or 'no answer yet'}"


def digest_of_address(address: str, uid: str) -> str:
    """A mark of an address, by which it is known again but not read; another for each listing."""
    return hashlib.sha256(f"{uid} {address.strip().lower()}".encode()).hexdigest()
