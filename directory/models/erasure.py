"""What is left where personal data was removed: that it was, never what it was."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ErasureQuerySet(models.QuerySet):
    def latest_moment(self) -> datetime.datetime | None:
        """When the last of them was; None where there is none."""
        return self.aggregate(last=models.Max("created_at"))["last"]


class Erasure(models.Model):
    """The tombstone of data that was removed from every revision of a listing, for ever."""

    organization = models.ForeignKey(
        "directory.Organization",
        on_delete=models.PROTECT,
        related_name="erasures",
        verbose_name=_("organization"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="erasures",
        verbose_name=_("by"),
    )
    fields = models.JSONField(_("fields"), default=list, help_text=_("Names of fields, no data."))
    reason = models.CharField(
        _("why"), max_length=300, help_text=_("In general words: never name the data again.")
    )
    revisions = models.PositiveIntegerField(_("revisions that held it"))
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.created_at:%Y-%m-%d}"
