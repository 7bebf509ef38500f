"""The do-not-list register: who must not be listed, kept so that nobody can read it."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ExclusionRule(models.TextChoices):
    """By what an enterprise is known that must not be listed."""

    NAME_AND_PLACE = "name_place", _("Name and place")
    WEBSITE = "website", _("Website")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Telephone")


class ExclusionQuerySet(models.QuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def latest_moment(self) -> datetime.datetime | None:
        """When the last one was put in; None where there is none."""
        return self.aggregate(last=models.Max("created_at"))["last"]

    def matching(self, digests: list[str]) -> Self:
        return self.filter(digest__in=digests)


class Exclusion(models.Model):
    """That whoever has this name and place, site, mail or telephone must not be listed.

    The fact itself is not kept, only a keyed digest of it: the register that protects people must
    not be a list of them.
    """

    rule = models.CharField(_("known by"), max_length=10, choices=ExclusionRule)
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    reason = models.CharField(
        _("why"), max_length=200, help_text=_("For editors. Names nobody and nothing.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="exclusions",
        verbose_name=_("by"),
    )
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = ExclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the do-not-list register")
        verbose_name_plural = _("do-not-list register")
        constraints = [
            models.CheckConstraint(
                condition=Q(rule__in=ExclusionRule.values), name="exclusion_rule_is_known"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="exclusion_keeps_a_digest_only"
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="exclusion_has_a_reason",
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.digest[:8]}"
