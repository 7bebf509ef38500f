"""Two listings that may be one enterprise, and what was decided about them."""

from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.models.organization import Organization


class DuplicateStatus(models.TextChoices):
    """What is known of the pair."""

    SUGGESTED = "suggested", _("Worth a look")
    NOT_DUPLICATE = "not_duplicate", _("Not a duplicate")
    MERGED = "merged", _("Merged")


class DuplicateQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Pairs that nobody decided about, of listings that can still be merged; surest first."""
        rows = Organization.objects.comparable().values("pk")
        waiting = self.filter(status=DuplicateStatus.SUGGESTED, first__in=rows, second__in=rows)
        return waiting.order_by("-is_sure", "-score", "pk")

    def of(self, keys: Collection[int] | models.QuerySet) -> Self:
        """Pairs that hold any of the listings: their row ids, or the question for them."""
        return self.filter(Q(first__in=keys) | Q(second__in=keys))

    def between(self, one: int, other: int) -> Self:
        return self.filter(first=min(one, other), second=max(one, other))

    def within(self, region: str) -> Self:
        """Those with a listing in the place of this path or below it."""
        there = Organization.objects.located_in(region).values("pk")
        return self.filter(Q(first__in=there) | Q(second__in=there))


class Duplicate(models.Model):
    """That two listings may be one enterprise, with what speaks for and against it."""

    first = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="duplicates_after",
        verbose_name=_("one"),
    )
    second = models.ForeignKey(
        Organization,
        on_delete=models.CASCADE,
        related_name="duplicates_before",
        verbose_name=_("other"),
    )
    score = models.FloatField(_("how sure"), help_text=_("From 0 to 1."))
    is_sure = models.BooleanField(_("sure enough to act on"), default=False)
    # Each a kind, weight and detail (search.matching.evidence). Once it was decided that the two
    # are not one, it stays what was known then: the pair comes back only if there is more.
    evidence = models.JSONField(_("evidence"), default=list)
    status = models.CharField(
        _("status"), max_length=14, choices=DuplicateStatus, default=DuplicateStatus.SUGGESTED
    )
    found_at = models.DateTimeField(_("found"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decided_duplicates",
        verbose_name=_("decided by"),
    )

    objects = DuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("suspected duplicate")
        verbose_name_plural = _("suspected duplicates")
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="duplicate_pair_is_known_once"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="duplicate_pair_is_in_order"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0.0, score__lte=1.0), name="duplicate_score_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DuplicateStatus.values), name="duplicate_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status="suggested", decided_at__isnull=True)
                | (~Q(status="suggested") & Q(decided_at__isnull=False)),
                name="duplicate_is_dated_once_decided",
            ),
        ]
        indexes = [
            # The queue, and the other half of "all pairs of this listing".
            models.Index(
                fields=["-is_sure", "-score"],
                name="duplicate_queue",
                condition=Q(status="suggested"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}? {self.score:.2f}"
