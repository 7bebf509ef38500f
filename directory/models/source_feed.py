"""How the files of a source are read, when they are fetched, and what stops a broken one."""

import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models.source import Source


class SourceMapping(models.Model):
    """Which columns of a source's files say what, kept under a name."""

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="mappings", verbose_name=_("source")
    )
    name = models.SlugField(_("name"), max_length=100)
    rules = models.JSONField(_("mapping"))
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "name"],
                name="source_mapping_has_a_name_of_its_own",
                violation_error_message=_("This source has a mapping of this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class SourceFeedQuerySet(models.QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        """Those to be fetched now, also for the first time."""
        is_time = Q(next_pull_at__isnull=True) | Q(next_pull_at__lte=now)
        return self.filter(is_time, is_on=True).order_by("next_pull_at", "pk")

    def failing(self) -> Self:
        """Those of which the last fetch failed."""
        return self.exclude(last_error="").order_by("failing_since", "pk")


class SourceFeed(models.Model):
    """The rules for a source's imports: what stops one, and where they are fetched from."""

    source = models.OneToOneField(
        Source, on_delete=models.CASCADE, related_name="feed", verbose_name=_("source")
    )
    vanish_percent_max = models.PositiveSmallIntegerField(
        _("stop if more than so many of 100 vanish"),
        null=True,
        blank=True,
        default=10,
        validators=[MaxValueValidator(100)],
        help_text=_("Empty: never. A few listings never stop an import."),
    )
    change_percent_max = models.PositiveSmallIntegerField(
        _("stop if more than so many of 100 change"),
        null=True,
        blank=True,
        default=10,
        validators=[MaxValueValidator(100)],
        help_text=_("Empty: never. A few listings never stop an import."),
    )
    canaries = models.TextField(
        _("rows that must be there"),
        blank=True,
        max_length=4_000,
        help_text=_(
            "One a line: its number in the source, or the number = its name. Where one is "
            "missing, the file is broken."
        ),
    )
    is_on = models.BooleanField(_("fetch it regularly"), default=False)
    url = models.URLField(_("address of the file"), max_length=500, blank=True)
    mapping = models.ForeignKey(
        SourceMapping,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="feeds",
        verbose_name=_("mapping"),
        help_text=_("Empty: one that ships with the directory, or guessed."),
    )
    mapping_name = models.SlugField(
        _("or a mapping that ships with the directory"), max_length=100, blank=True
    )
    every_hours = models.PositiveIntegerField(
        _("hours between two fetches"), default=24, validators=[MinValueValidator(1)]
    )
    applies = models.BooleanField(
        _("write what is fetched"),
        default=False,
        help_text=_("Only where nothing stops it. Otherwise it waits for an editor."),
    )
    is_publishing = models.BooleanField(_("put what is complete on the site"), default=False)
    is_isolated = models.BooleanField(
        _("keep it out of exports"),
        default=False,
        help_text=_("Needed where the licence of the source does not fit the directory's own."),
    )
    next_pull_at = models.DateTimeField(_("next fetch"), null=True, blank=True)
    last_pulled_at = models.DateTimeField(_("last fetched"), null=True, blank=True)
    last_digest = models.CharField(_("digest of the last file"), max_length=64, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)

    objects = SourceFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules for imports of a source")
        verbose_name_plural = _("rules for imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_on=False) | ~Q(url=""),
                name="source_feed_has_an_address_if_fetched",
                violation_error_message=_("Give the address of the file."),
            ),
            models.CheckConstraint(
                condition=Q(every_hours__gte=1),
                name="source_feed_is_fetched_hourly_at_most",
                violation_error_message=_("An hour is the least between two fetches."),
            ),
            models.CheckConstraint(
                condition=(Q(last_error="") & Q(failing_since__isnull=True))
                | (~Q(last_error="") & Q(failing_since__isnull=False)),
                name="source_feed_error_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return str(self.source)

    def canary_rows(self) -> dict[str, str]:
        """Numbers of the rows that must be there, and the names they must have, or ""."""
        lines = [line.partition("=") for line in self.canaries.splitlines()]
        return {number.strip(): name.strip() for number, _sign, name in lines if number.strip()}
