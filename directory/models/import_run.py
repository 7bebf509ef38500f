"""Imports: a file that was brought in, how it is to be read, and how far it has come."""

import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directory.models.changeset import Door
from directory.models.source import Source


class ImportState(models.TextChoices):
    """How far an import has come."""

    MAPPING = "mapping", _("Waits for a word about its columns")
    STAGING = "staging", _("Being read")
    STAGED = "staged", _("Read: nothing is written yet")
    APPLYING = "applying", _("Being written")
    APPLIED = "applied", _("Written")
    FAILED = "failed", _("Failed")
    DISCARDED = "discarded", _("Given up")


# States in which there is work to go on with.
AT_WORK = (ImportState.STAGING, ImportState.APPLYING)


class ImportFile(models.Model):
    """A file that was brought in, kept packed: whoever goes on with an import reads it again.

    In the database, so that every process of every machine has it, and it is there or not at all.
    """

    digest = models.CharField(_("SHA-256"), max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("bytes"))
    packed = models.BinaryField()
    created_at = models.DateTimeField(_("brought in"), auto_now_add=True)

    class Meta:
        verbose_name = _("file brought in")
        verbose_name_plural = _("files brought in")
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="import_file_has_a_digest"
            )
        ]

    def __str__(self) -> str:
        return self.digest[:8]


class ImportRunQuerySet(models.QuerySet):
    def at_work(self) -> Self:
        """Those to go on with, the oldest first."""
        return self.filter(state__in=AT_WORK).order_by("created_at", "pk")

    def overtaking(self, run: "ImportRun") -> Self:
        """Those of its source that were written or taken back since the reading of its file began:
        what was read is compared with what the source no longer said last.
        """
        # Files that were read before that moment was kept: since they were brought in.
        moment = run.compared_at or run.created_at
        rows = self.written().filter(source=run.source_id, finished_at__gt=moment)
        return rows.exclude(pk=run.pk)

    def written(self) -> Self:
        """Those of which something was written, also where that was taken back."""
        states = (ImportState.APPLYING, ImportState.APPLIED)
        return self.filter(Q(state__in=states) | Q(changeset__isnull=False))

    def taken_back(self) -> Self:
        """Those that were written, and given up afterwards."""
        return self.filter(state=ImportState.DISCARDED, changeset__isnull=False)

    def waiting_their_turn(self) -> Self:
        """Those that are written without a further word once no other of their source is.

        Not those that a later file has overtaken: what it says would be taken back.
        """
        others = ImportRun.objects.filter(source=OuterRef("source"))
        is_busy = Q(state=ImportState.APPLYING)
        overtaking = Q(state=ImportState.APPLIED, pk__gt=OuterRef("pk"))
        rows = self.filter(state=ImportState.STAGED, applies_itself=True, is_stopped=False)
        free = rows.exclude(Exists(others.filter(is_busy | overtaking)))
        return free.order_by("created_at", "pk")

    def free(self, now: datetime.datetime) -> Self:
        """Those that nobody works on."""
        return self.filter(Q(lease_until__isnull=True) | Q(lease_until__lt=now))

    def in_trouble(self) -> Self:
        """Those that failed, that a rule stops, or that nobody has seen: fetched by the clock."""
        stopped = Q(is_stopped=True, override_reason="") | Q(door=Door.CLOCK)
        waiting = Q(state=ImportState.STAGED) & stopped
        return self.filter(Q(state=ImportState.FAILED) | waiting).order_by("created_at", "pk")

    def without_later_whole(self) -> Self:
        """Those that are written and stand, and after which no whole file of their source was:
        of each source its last whole file, and its parts since.
        """
        later = ImportRun.objects.filter(
            source=OuterRef("source"),
            state=ImportState.APPLIED,
            is_part=False,
            staged_at__gt=OuterRef("staged_at"),
        )
        return self.filter(~Exists(later), state=ImportState.APPLIED)

    def unwritten(self) -> Self:
        """Those that have not come to their end, and of which nothing is written."""
        ended = (ImportState.APPLIED, ImportState.APPLYING, ImportState.DISCARDED)
        return self.exclude(state__in=ended).filter(changeset=None)

    def left_lying(self, before: datetime.datetime) -> Self:
        """Those begun before a moment of which nothing is written, and that wait for a word."""
        waiting = (ImportState.MAPPING, ImportState.STAGED, ImportState.FAILED)
        return self.filter(state__in=waiting, changeset=None, created_at__lt=before)

    def forgettable(self, before: datetime.datetime) -> Self:
        """Those that came to an end and were begun before a moment."""
        ended = (ImportState.APPLIED, ImportState.DISCARDED)
        return self.filter(state__in=ended, created_at__lt=before)


class ImportRun(models.Model):
    """One file of one source on its way into the directory: previewed, written, taken back."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="import_runs", verbose_name=_("source")
    )
    file = models.ForeignKey(
        ImportFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="runs"
    )
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"))
    mapping = models.JSONField(_("mapping"), default=dict, blank=True)
    mapping_name = models.CharField(_("name of the mapping"), max_length=100, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_runs",
        verbose_name=_("by"),
    )
    door = models.CharField(_("door"), max_length=10, choices=Door)
    is_publishing = models.BooleanField(_("puts what is complete on the site"), default=False)
    is_isolated = models.BooleanField(_("kept out of exports"), default=False)
    is_part = models.BooleanField(_("a part of what the source has"), default=False)
    applies_itself = models.BooleanField(_("is written without a further word"), default=False)

    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.MAPPING
    )
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    counts = models.JSONField(_("counts"), default=dict, blank=True)
    notes = models.JSONField(_("how it was read"), default=list, blank=True)
    # Rules of the source that the import breaks: [{"code": …, what its words need}].
    stops = models.JSONField(_("what stops it"), default=list, blank=True)
    is_stopped = models.BooleanField(_("stopped"), default=False)
    override_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("let through by"),
    )
    override_reason = models.CharField(_("why it was let through"), max_length=300, blank=True)
    error = models.TextField(_("error"), blank=True)
    changeset = models.ForeignKey(
        "directory.Changeset",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="import_runs",
        verbose_name=_("changeset"),
    )
    # When reading began, and the place of the log then: its rows are compared with what stood there.
    compared_at = models.DateTimeField(null=True, blank=True)
    compared_to = models.PositiveBigIntegerField(default=0)
    # Whoever works on it, and until when it is theirs.
    lease = models.CharField(_("lease"), max_length=100, blank=True)
    lease_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    staged_at = models.DateTimeField(_("read"), null=True, blank=True)
    finished_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ImportState.values), name="import_run_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(door__in=Door.values), name="import_run_came_through_a_door"
            ),
            models.CheckConstraint(
                condition=(Q(lease="") & Q(lease_until__isnull=True))
                | (~Q(lease="") & Q(lease_until__isnull=False)),
                name="import_run_lease_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["applied", "discarded"]) | Q(finished_at__isnull=False),
                name="import_run_is_dated_once_ended",
            ),
            # Two at once could list the same enterprise twice.
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(state="applying"),
                name="import_run_is_written_alone_per_source",
                violation_error_message=_("Another import of this source is being written."),
            ),
        ]
        indexes = [
            # What is there to go on with? Asked every few seconds.
            models.Index(
                fields=["created_at"],
                name="import_run_at_work",
                condition=Q(state__in=["staging", "applying"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source.code}: {self.file_name}"

    def get_absolute_url(self) -> str:
        return reverse("admin:directory_importrun_change", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def percent_done(self) -> int:
        """How much of the present step is done."""
        return min(100, 100 * self.rows_done // self.rows_total) if self.rows_total else 0
