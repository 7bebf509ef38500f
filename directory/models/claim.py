"""A tag is a claim: what is said of an organization, by whom, on what ground, until when."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Assertion(models.TextChoices):
    """Who says so."""

    ORGANIZATION = "organization", _("The organization itself")
    EDITOR = "editor", _("An editor")
    PEER = "peer", _("A named peer")
    IMPORT = "import", _("A source it was taken from")


class ClaimQuerySet(models.QuerySet):
    def in_order(self) -> Self:
        return self.order_by("-is_primary", "position", "pk")

    def with_term(self) -> Self:
        return self.select_related("term", "source")

    def running_out(self, by: datetime.date) -> Self:
        """Claims of published listings that hold no longer than this day."""
        return self.filter(valid_until__lte=by, organization__publication="published")


class Claim(models.Model):
    """That an organization is of a type, lives a value or works in a sector, as somebody says."""

    organization = models.ForeignKey(
        "directory.Organization", on_delete=models.CASCADE, related_name="claims"
    )
    term = models.ForeignKey(
        "directory.Term",
        on_delete=models.PROTECT,
        related_name="claims",
        verbose_name=_("term"),
        limit_choices_to={"scheme__in": ["type", "value", "sector"]},
    )
    is_primary = models.BooleanField(_("first of its scheme"), default=False)
    statement = models.CharField(_("statement"), max_length=500, blank=True)
    evidence_url = models.URLField(_("evidence"), max_length=500, blank=True)
    evidence_title = models.CharField(
        _("what was seen"),
        max_length=100,
        blank=True,
        help_text=_("Bylaws, charter, register entry … as it should be shown."),
    )
    asserted_by = models.CharField(
        _("who says so"), max_length=20, choices=Assertion, default=Assertion.EDITOR
    )
    asserted_by_name = models.CharField(
        _("name of the peer"), max_length=200, blank=True, help_text=_("Only for a peer.")
    )
    source = models.ForeignKey(
        "directory.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("source"),
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    valid_until = models.DateField(_("holds until"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "term", "asserted_by", "asserted_by_name", "source"],
                name="claim_is_made_once_by_each",
                violation_error_message=_("This is claimed already by the same side."),
            ),
            # A missing source counts as one source, which unique columns alone would not say.
            models.UniqueConstraint(
                fields=["organization", "term", "asserted_by", "asserted_by_name"],
                condition=Q(source__isnull=True),
                name="claim_without_source_is_made_once",
                violation_error_message=_("This is claimed already by the same side."),
            ),
            models.CheckConstraint(
                condition=Q(asserted_by__in=Assertion.values), name="claim_says_who_says_so"
            ),
            models.CheckConstraint(
                condition=(Q(asserted_by="peer") & ~Q(asserted_by_name=""))
                | (~Q(asserted_by="peer") & Q(asserted_by_name="")),
                name="claim_names_its_peer",
                violation_error_message=_("Name the peer who says so, and only for a peer."),
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("checked_on")),
                name="claim_holds_after_it_was_checked",
                violation_error_message=_("It cannot stop holding before it was checked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.term.label} ({self.get_asserted_by_display()})"

    def has_expired(self, today: datetime.date | None = None) -> bool:
        return self.valid_until is not None and self.valid_until < (today or timezone.localdate())
