"""What an editor should look at: what a listing lacks, and what in it can hardly be right."""

from typing import Self

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _


class FindingKind(models.TextChoices):
    """What was found. Type, place and source are not here: nothing is published without them."""

    NO_SUMMARY = "no_summary", _("Without a sentence on what it is")
    NO_DESCRIPTION = "no_description", _("Without a description")
    NO_WEBSITE = "no_website", _("Without a website")
    NO_CONTACT = "no_contact", _("Without e-mail and telephone")
    NO_POINT = "no_point", _("Without coordinates")
    NO_HOURS = "no_hours", _("Without opening hours")
    NO_FOUNDED = "no_founded", _("Without a founding date")
    NO_VALUE = "no_value", _("Without a value")
    NO_SECTOR = "no_sector", _("Without a sector")
    NO_IDENTIFIER = "no_identifier", _("Without a number in a register")
    NO_GOVERNANCE = "no_governance", _("Without ownership and governance")
    OUTSIDE_COUNTRY = "outside_country", _("Point outside its country")
    FOUNDED_IN_FUTURE = "founded_in_future", _("Founded in the future")
    CLOSED_TOO_EARLY = "closed_too_early", _("Closed before it was founded")
    SITE_SHARED = "site_shared", _("Website shared by many")
    EMAIL_SHARED = "email_shared", _("E-mail shared by many")
    POINT_SHARED = "point_shared", _("Coordinates shared by many")


LACKS = tuple(kind for kind in FindingKind if kind.value.startswith("no_"))
SHARED = (FindingKind.SITE_SHARED, FindingKind.EMAIL_SHARED, FindingKind.POINT_SHARED)
DOUBTS = tuple(kind for kind in FindingKind if kind not in LACKS)


class FindingQuerySet(models.QuerySet):
    def lacks(self) -> Self:
        """What is missing, without what is doubtful."""
        return self.filter(kind__in=LACKS)

    def counted(self) -> dict[str, int]:
        """How many listings there are of each kind."""
        return dict(self.order_by().values_list("kind").annotate(Count("pk")))


class Finding(models.Model):
    """One thing found in one published listing, when it was last looked at."""

    organization = models.ForeignKey(
        "directory.Organization",
        on_delete=models.CASCADE,
        related_name="findings",
        verbose_name=_("organization"),
    )
    kind = models.CharField(_("what was found"), max_length=20, choices=FindingKind)
    # Of what is shared: the same mark for all who share it, and never the thing itself.
    mark = models.CharField(max_length=24, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("what listings lack")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "kind"], name="finding_is_made_once_in_a_listing"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FindingKind.values), name="finding_kind_is_known"
            ),
        ]
        indexes = [
            # A list to work through: those who share the same one after the other.
            models.Index(fields=["kind", "mark", "organization"], name="finding_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.kind}"
