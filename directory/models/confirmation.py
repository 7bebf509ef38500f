"""How well a listing is known, as logged events; the level is derived from them."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class VerificationLevel(models.IntegerChoices):
    """How firmly a listing is known, from nothing to papers seen."""

    UNVERIFIED = 0, _("Not checked yet")
    SELF_REPORTED = 1, _("Says so itself")
    EDITOR_CHECKED = 2, _("Checked by an editor")
    ORG_CONFIRMED = 3, _("Confirmed by itself")
    PEER_VOUCHED = 4, _("Vouched for by a peer")
    DOCUMENTED = 5, _("Papers seen")

    @property
    def code(self) -> str:
        """The name used in addresses and the API: unverified, self_reported, …"""
        return self.name.lower()


# Days after which a level wants a new look. INTEROP.md 8.7.
STALE_AFTER_DAYS = {
    VerificationLevel.UNVERIFIED: 180,
    VerificationLevel.SELF_REPORTED: 365,
    VerificationLevel.EDITOR_CHECKED: 365,
    VerificationLevel.ORG_CONFIRMED: 540,
    VerificationLevel.PEER_VOUCHED: 540,
    VerificationLevel.DOCUMENTED: 730,
}


def is_stale(level: int, day: datetime.date, today: datetime.date) -> bool:
    """Whether a check of this level wants a new look."""
    return today >= stale_from(level, day)


def stale_from(level: int, day: datetime.date) -> datetime.date:
    """The first day on which a check of this level wants a new look."""
    days = STALE_AFTER_DAYS[VerificationLevel(level)]
    return day + datetime.timedelta(days=days + 1)


class VerificationEventQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(voided_at__isnull=True)

    def firmest_first(self) -> Self:
        return self.order_by("-level", "-happened_on", "-pk")

    def newest_first(self) -> Self:
        return self.order_by("-happened_on", "-level", "-pk")


class VerificationEvent(models.Model):
    """Somebody looked, confirmed or vouched, on a day, from something they saw."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="verification_events"
    )
    level = models.PositiveSmallIntegerField(_("how"), choices=VerificationLevel)
    happened_on = models.DateField(_("on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="verification_events",
        verbose_name=_("by"),
    )
    peer_name = models.CharField(_("name of the peer"), max_length=200, blank=True)
    evidence_url = models.URLField(_("evidence"), max_length=500, blank=True)
    evidence_title = models.CharField(_("what was seen"), max_length=100, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    # Where it was logged, so that undoing the change takes the check back.
    changeset = models.ForeignKey(
        "directory.Changeset",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="verification_events",
    )
    created_at = models.DateTimeField(_("written down"), auto_now_add=True)
    # Recorded by mistake: it counts and is shown no longer, and stays readable for editors.
    voided_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="voided_verification_events",
        verbose_name=_("taken back by"),
    )

    objects = VerificationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=VerificationLevel.values),
                name="verification_level_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(level=VerificationLevel.PEER_VOUCHED) | ~Q(peer_name=""),
                name="verification_names_its_peer",
                violation_error_message=_("Name the peer who vouches."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.get_level_display()} {self.happened_on}"
