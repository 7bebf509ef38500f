"""Background work: when each job runs next, who has it now, and how far it has read the log."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobQuerySet(models.QuerySet):
    def due(self, now: datetime.datetime) -> Self:
        """Jobs to run now that nobody has, the longest due first."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
        due = self.filter(free, next_run_at__lte=now, quarantined_at__isnull=True)
        return due.order_by("next_run_at", "pk")

    def in_quarantine(self) -> Self:
        return self.filter(quarantined_at__isnull=False)

    def lag(self, now: datetime.datetime) -> dict[str, int | None]:
        """Seconds that the job due longest has waited (None: work never ran), and jobs stopped."""
        running = Q(lease_until__gte=now)
        waiting = Q(quarantined_at__isnull=True) & ~running
        found = self.aggregate(
            total=Count("pk"),
            stopped=Count("pk", filter=Q(quarantined_at__isnull=False)),
            oldest=Min("next_run_at", filter=waiting),
        )
        oldest = found["oldest"] or now
        late = max(0, round((now - oldest).total_seconds()))
        return {
            "job_lag_seconds": late if found["total"] else None,
            "jobs_stopped": found["stopped"],
        }


class Job(models.Model):
    """One consumer of the log or one timed job; `exchange.jobs` says what it does."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    cursor = models.PositiveBigIntegerField(
        _("place in the log"), default=0, help_text=_("The last change it has handled.")
    )
    next_run_at = models.DateTimeField(_("next run"), default=timezone.now)
    # Whoever runs it, and until when it is theirs; a worker that was killed loses it then.
    lease = models.CharField(_("lease"), max_length=32, blank=True)
    lease_until = models.DateTimeField(_("taken until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(
        _("tries"), default=0, help_text=_("Since it last got something done.")
    )
    last_started_at = models.DateTimeField(_("last started"), null=True, blank=True)
    last_finished_at = models.DateTimeField(_("last finished"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    quarantined_at = models.DateTimeField(_("stopped since"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="job_has_a_name"),
            models.CheckConstraint(
                condition=(Q(lease="") & Q(lease_until__isnull=True))
                | (~Q(lease="") & Q(lease_until__isnull=False)),
                name="job_lease_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(quarantined_at__isnull=True) | Q(lease=""),
                name="job_in_quarantine_is_nobodys",
            ),
        ]

    def __str__(self) -> str:
        return self.name
