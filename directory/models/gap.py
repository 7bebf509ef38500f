"""What people looked for and did not find: counted, never by whom."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models.term import CLAIMABLE_SCHEMES


class GapQuerySet(models.QuerySet):
    def shown(self) -> Self:
        """Those that so many searches share that none of them stands out."""
        return self.filter(count__gte=settings.GAPS_SHOWN_FROM)

    def within(self, region: str) -> Self:
        """Those around a place of this path or below it."""
        return self.filter(Q(place__path=region) | Q(place__path__startswith=f"{region}/"))

    def most_sought_first(self) -> Self:
        return self.order_by("-count", "-month", "pk")

    def before(self, month: datetime.date) -> Self:
        return self.filter(month__lt=month)


class Gap(models.Model):
    """Searches of one month for one thing in one part of the world, for which nothing is listed.

    What was sought is a term, or else folded words: these may be of a person, so there is only a
    keyed digest of them until so many searches share them that they may be shown. The place is a
    region, a country, or the largest town of a degree square; none where nobody asked for one.
    """

    month = models.DateField(_("month"), help_text=_("Its first day."))
    scheme = models.CharField(_("scheme"), max_length=20, blank=True)
    code = models.CharField(_("code"), max_length=80, blank=True)
    words = models.CharField(_("words"), max_length=80, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # Of words; also once they are here.
    place = models.ForeignKey(
        "directory.Place",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="gaps",
        verbose_name=_("place"),
    )
    count = models.PositiveIntegerField(_("searches"), default=1)

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "scheme", "code", "digest", "place"],
                name="gap_is_counted_once_a_month",
            ),
            models.UniqueConstraint(
                fields=["month", "scheme", "code", "digest"],
                condition=Q(place__isnull=True),
                name="gap_without_place_is_counted_once_a_month",
            ),
            models.CheckConstraint(
                condition=Q(scheme="", code="") | (Q(scheme__in=CLAIMABLE_SCHEMES) & ~Q(code="")),
                name="gap_names_a_term_by_scheme_and_code",
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(digest=""), name="gap_is_of_a_term_or_of_words"
            ),
            models.CheckConstraint(
                condition=~Q(code="", digest="", place__isnull=True), name="gap_is_of_something"
            ),
            models.CheckConstraint(
                condition=Q(words="", digest="")
                | Q(words="", count__lt=settings.GAPS_SHOWN_FROM)
                | (~Q(words="") & ~Q(digest="") & Q(count__gte=settings.GAPS_SHOWN_FROM)),
                name="gap_has_its_words_once_many_share_them",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="gap_tells_no_day"),
            models.CheckConstraint(condition=Q(count__gte=1), name="gap_was_searched_for"),
        ]

    def __str__(self) -> str:
        return f"{self.code or self.words or '…'} × {self.count}, {self.month:%Y-%m}"
