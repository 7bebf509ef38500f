"""That one listing was made part of another, and what went over with it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Merge(models.Model):
    """One listing taken into another, in one changeset.

    What a document holds stands in the revisions of both; `moved` has the rows beside it that
    went over (name of the model → row ids), so that undoing puts just these back.
    """

    changeset = models.OneToOneField(
        "directory.Changeset",
        on_delete=models.PROTECT,
        related_name="merge",
        verbose_name=_("changeset"),
    )
    absorbed = models.ForeignKey(
        "directory.Organization",
        on_delete=models.PROTECT,
        related_name="merges_away",
        verbose_name=_("merged listing"),
    )
    kept = models.ForeignKey(
        "directory.Organization",
        on_delete=models.PROTECT,
        related_name="merges_in",
        verbose_name=_("listing that stays"),
    )
    moved = models.JSONField(_("rows that went over"), default=dict)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.CheckConstraint(
                condition=~Q(absorbed=F("kept")), name="merge_is_of_two_listings"
            ),
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(undone_at__isnull=True),
                name="merge_takes_a_listing_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"
