"""Who speaks for an enterprise that is listed, how that was shown, and who asks to."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Proof(models.TextChoices):
    """How somebody shows that they speak for an enterprise."""

    MAIL = "mail", _("A letter to the enterprise's own domain or address")
    CODE = "code", _("A code that an editor gave them")
    EDITOR = "editor", _("An editor's approval")


class RequestState(models.TextChoices):
    """What became of a request to speak for an enterprise."""

    MAILED = "mailed", _("A letter was sent")
    WAITING = "waiting", _("Waits for an editor")
    GRANTED = "granted", _("Granted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Not answered in time")


class SpeakingRequestQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """For an editor to decide, the oldest first."""
        return self.filter(state=RequestState.WAITING).order_by("created_at", "pk")

    def unanswered_since(self, moment: datetime.datetime) -> Self:
        return self.filter(state=RequestState.MAILED, mailed_at__lt=moment)


class SpeakingRequest(models.Model):
    """Somebody asks to speak for a listed enterprise."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="speaking_requests"
    )
    # Kept only while the request is open: deleted with the decision (constraint below).
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    statement = models.CharField(_("how they belong to it"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    proof = models.CharField(_("how it is shown"), max_length=8, choices=Proof)
    state = models.CharField(_("state"), max_length=10, choices=RequestState)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    mailed_at = models.DateTimeField(_("letter sent"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decided_speaking_requests",
        verbose_name=_("decided by"),
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = SpeakingRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to speak for an enterprise")
        verbose_name_plural = _("requests to speak for an enterprise")
        constraints = [
            models.CheckConstraint(
                condition=Q(proof__in=Proof.values) & Q(state__in=RequestState.values),
                name="speaking_request_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["mailed", "waiting"], decided_at__isnull=True)
                | (~Q(state__in=["mailed", "waiting"]) & Q(decided_at__isnull=False)),
                name="speaking_request_is_dated_once_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state="mailed") | Q(mailed_at__isnull=False),
                name="speaking_request_is_dated_once_mailed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["mailed", "waiting"]) | Q(email="", name=""),
                name="speaking_request_forgets_who_asked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.state}"


class SpokespersonQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Spokesperson(models.Model):
    """Somebody who speaks for a listed enterprise."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="spokespeople"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="speaks_for"
    )
    proof = models.CharField(_("how it was shown"), max_length=8, choices=Proof)
    since = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = SpokespersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("spokesperson")
        verbose_name_plural = _("spokespeople")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "person"],
                condition=Q(ended_at__isnull=True),
                name="spokesperson_speaks_for_an_enterprise_once",
                violation_error_message=_("This person speaks for it already."),
            ),
            models.CheckConstraint(
                condition=Q(proof__in=Proof.values), name="spokesperson_showed_it_somehow"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.organization_id}"


class SpeakingCode(models.Model):
    """A code that an editor gave to an enterprise, by telephone or letter; works once.

    Only a digest is kept, so that the code is known to the enterprise alone.
    """

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="speaking_codes"
    )
    digest = models.CharField(max_length=64, unique=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="issued_codes",
        verbose_name=_("given by"),
    )
    issued_at = models.DateTimeField(_("given"), auto_now_add=True)
    expires_at = models.DateTimeField(_("works until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("code for an enterprise")
        verbose_name_plural = _("codes for enterprises")

    def __str__(self) -> str:
        return f"{self.organization_id} until {self.expires_at:%Y-%m-%d}"
