"""Whether the websites of listings answer. Groups without one are not asked for any."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LinkCheckQuerySet(models.QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        """Websites to visit now, the longest due first."""
        return self.filter(next_check_at__lte=now).order_by("next_check_at", "pk")

    def flagged(self) -> Self:
        """Websites that have not answered for so long that somebody should look."""
        return self.filter(flagged_at__isnull=False)


class LinkCheck(models.Model):
    """The website of one published listing, and how it answered."""

    organization = models.OneToOneField(
        "directory.Organization",
        on_delete=models.CASCADE,
        related_name="link_check",
        verbose_name=_("organization"),
    )
    url = models.URLField(_("website"), max_length=500)
    next_check_at = models.DateTimeField(_("next visit"))
    checked_at = models.DateTimeField(_("last visit"), null=True, blank=True)
    last_answer = models.CharField(_("last answer"), max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    flagged_at = models.DateTimeField(_("does not answer since"), null=True, blank=True)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("website visit")
        verbose_name_plural = _("website visits")
        constraints = [
            models.CheckConstraint(condition=~Q(url=""), name="link_check_has_an_address"),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since__isnull=True)
                | Q(failures__gt=0, failing_since__isnull=False),
                name="link_check_dates_its_failures",
            ),
            models.CheckConstraint(
                condition=Q(flagged_at__isnull=True) | Q(failures__gt=0),
                name="link_check_is_flagged_only_while_failing",
            ),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], name="link_check_due"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.url}"
