"""Rows of an import, and what each source said last of each of its entries."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from directory.models.changeset import Revision
from directory.models.import_run import ImportRun, ImportState
from directory.models.organization import Publication
from directory.models.source import Source

# A row that has no number in its source is known again by this, its name and its town.
BY_NAME = "name:"
# The kind of the remark on a row whose town the gazetteer does not have.
UNKNOWN_TOWN = "unknown-town"
# The kind of the remark on a row that changes nothing but that its draft goes on the site.
PUT_ON_SITE = "put-on-site"
# The kind of the remark on a row whose listing lacks what would put it on the site.
STAYS_DRAFT = "stays-draft"
# The kind of the remark on a word that is no term of the vocabulary, and so is left out.
UNKNOWN_WORD = "unknown-word"
# The kind of the remark on any other value that is left out.
LEFT_OUT = "left-out"
# Kinds of remarks that rows are counted by.
COUNTED = (UNKNOWN_TOWN, PUT_ON_SITE, STAYS_DRAFT, UNKNOWN_WORD, LEFT_OUT)


class RowOutcome(models.TextChoices):
    """What a row does to the directory."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")
    DUPLICATE = "duplicate", _("Listed already")
    REFUSED = "refused", _("Refused")


class RowDecision(models.TextChoices):
    """What an editor says of a row that seems to be listed already."""

    SAME = "same", _("The same: add this source to it")
    ANOTHER = "another", _("Another one: list it")
    LEAVE = "leave", _("Leave it out")


class ImportRowQuerySet(models.QuerySet):
    def due(self) -> Self:
        """Those that are still to be written, in the order of the file."""
        return self.filter(is_due=True).order_by("number")

    def in_order(self) -> Self:
        return self.order_by("number")

    def told_as(self, outcome: str) -> Self:
        """Those of an outcome; "conflict": where the source and an editor differ; one of
        COUNTED: those with that remark; "": all.
        """
        if outcome == "conflict":
            return self.filter(has_conflict=True)
        if outcome in COUNTED:
            # SQLite asks no JSON whether it contains something; within a text quotes are escaped.
            remarks = Cast("problems", models.TextField())
            return self.alias(remarks=remarks).filter(remarks__contains=f'"{outcome}"')
        return self.filter(outcome=outcome) if outcome else self

    def said_last(self) -> Self:
        """Those of imports that stand of which no later one of the source has said anything: a
        whole file overtakes all that was said before, a part only the rows that it has too.
        """
        in_a_later_part = ImportRow.objects.filter(
            external_id=OuterRef("external_id"),
            run__source=OuterRef("run__source"),
            run__state=ImportState.APPLIED,
            run__is_part=True,
            run__staged_at__gt=OuterRef("run__staged_at"),
        )
        last = ImportRun.objects.without_later_whole()
        return self.filter(~Exists(in_a_later_part), run__in=last)

    def left_as_drafts(self) -> Self:
        """Those that became new listings which were not on the site so far."""
        return self.filter(is_applied=True, organization__publication=Publication.DRAFT)

    def runs_with_drafts(self) -> models.QuerySet[ImportRun]:
        """The imports that stand whose new listings are not all on the site, the oldest first."""
        # Begun from the drafts, which are few: rows of old imports are there by the million.
        drafts = self.left_as_drafts().values("run")
        # Rows are looked through only where there were drafts among them once.
        had_drafts = Q(is_publishing=False) | Q(**{f"counts__{STAYS_DRAFT}__gt": 0})
        runs = ImportRun.objects.filter(had_drafts, state=ImportState.APPLIED)
        return runs.filter(pk__in=drafts).order_by("created_at", "pk")

    def undecided(self) -> Self:
        """Those that seem to be listed already, as their source said last; nobody decided."""
        return self.said_last().filter(outcome=RowOutcome.DUPLICATE, decision="")

    def standing(self) -> Self:
        """Those that are written and stand; of an import that was taken back, those whose listings
        were left as it made them.
        """
        of_listing = Revision.objects.filter(organization=OuterRef("organization"))
        made = of_listing.filter(changeset=OuterRef("run__changeset"))
        back = of_listing.standing().filter(changeset__reverts=OuterRef("run__changeset"))
        is_taken_back = Q(run__state=ImportState.DISCARDED) & ~(Exists(made) & ~Exists(back))
        return self.filter(~is_taken_back, is_applied=True)

    def deciders(self, organization: object) -> dict[int, set[str]]:
        """Who decided that rows are this listing, by the changeset in which that was written."""
        rows = self.filter(organization=organization, is_applied=True, decided_by__isnull=False)
        found: dict[int, set[str]] = {}
        for row in rows.select_related("run", "decided_by"):
            found.setdefault(row.run.changeset_id, set()).add(str(row.decided_by))
        return found

    def duplicates_before(self, run: ImportRun) -> Self:
        """Those that seemed to be listed already when the source said something of them last.

        Not where nobody decided, and the listing is one that an import made which was taken back.
        """
        others = Revision.objects.by_others_than_imports()
        is_back = Q(decision="", organization__publication=Publication.UNPUBLISHED) & ~Exists(
            others.filter(organization=OuterRef("organization"))
        )
        of_source = self.said_last().filter(run__source=run.source)
        return of_source.filter(outcome=RowOutcome.DUPLICATE).exclude(is_back)


class ImportRow(models.Model):
    """One row of a file: as it stands there, the document it makes, and what becomes of it."""

    # Found by the constraint's own index.
    run = models.ForeignKey(
        ImportRun, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    number = models.PositiveIntegerField(_("row"))
    external_id = models.CharField(_("number there"), max_length=200, blank=True)
    values = models.JSONField(_("values"), default=dict, blank=True)
    # Left out where the source says what it said before.
    document = models.JSONField(_("document"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=RowOutcome)
    has_conflict = models.BooleanField(_("an editor says otherwise"), default=False)
    organization = models.ForeignKey(
        "directory.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="import_rows",
        verbose_name=_("listing"),
    )
    # [{"column", "value", "reason", "kind"}]
    problems = models.JSONField(_("remarks"), default=list, blank=True)
    # Of listings that it may be: [{"organization", "row", "verdict", "score", "evidence"}].
    matches = models.JSONField(_("may be"), default=list, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=RowDecision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("decided by"),
    )
    # What is written: the listing, or only that the source says something else now.
    is_due = models.BooleanField(_("to be written"), default=False)
    is_applied = models.BooleanField(_("written"), default=False)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_is_read_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=RowOutcome.values), name="import_row_outcome_is_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="")
                | (Q(decision__in=RowDecision.values) & Q(outcome="duplicate")),
                name="import_row_decision_is_about_a_duplicate",
            ),
            models.CheckConstraint(
                condition=Q(is_due=False) | Q(is_applied=False), name="import_row_is_written_once"
            ),
            models.CheckConstraint(
                condition=Q(is_applied=False) | Q(organization__isnull=False),
                name="import_row_names_its_listing_once_written",
            ),
        ]
        indexes = [
            # The preview, page by page, of one outcome.
            models.Index(fields=["run", "outcome", "number"], name="import_row_by_outcome"),
            # Which of the source's entries are in the file, and which are not?
            models.Index(fields=["run", "external_id"], name="import_row_by_number"),
            # Which rows are still to be written?
            models.Index(
                fields=["run", "number"],
                name="import_row_to_write",
                condition=Q(is_due=True),
            ),
            # Which seem to be listed already? For the queue.
            models.Index(
                fields=["run", "number"],
                name="import_row_undecided",
                condition=Q(outcome="duplicate", decision=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.number} {self.outcome}"


class ImportBaseQuerySet(models.QuerySet):
    def of(self, source: Source, external_ids: list[str]) -> dict[str, "ImportBase"]:
        """By number in the source, with what it said."""
        rows = self.filter(source=source, external_id__in=external_ids)
        told = rows.select_related("row", "previous").only(
            "source", "external_id", "row__document", "previous__document"
        )
        return {base.external_id: base for base in told}

    def missing_in(self, run: ImportRun) -> Self:
        """Entries that an earlier import had and this one has not."""
        there = ImportRow.objects.filter(run=run, external_id=OuterRef("external_id"))
        return self.filter(~Exists(there), source=run.source_id)

    def refused_in(self, run: ImportRun) -> Self:
        """Entries that an earlier import had and this one has, but in refused rows only.

        Not those whose listing is known and that are refused for its sake.
        """
        there = ImportRow.objects.filter(run=run, external_id=OuterRef("external_id"))
        kept = there.filter(~Q(outcome=RowOutcome.REFUSED) | Q(organization__isnull=False))
        return self.filter(Exists(there), ~Exists(kept), source=run.source_id)


class ImportBase(models.Model):
    """What a source said of one of its entries in the last import that was written.

    The third document of the merge: what the source changed is what differs from this.
    """

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="import_bases", db_index=False
    )
    external_id = models.CharField(_("number there"), max_length=200)
    row = models.ForeignKey(ImportRow, on_delete=models.PROTECT, related_name="based")
    # What it had said before: shown beside the last, and kept as long, should that be taken back.
    previous = models.ForeignKey(
        ImportRow, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ImportBaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("last word of a source")
        verbose_name_plural = _("last words of sources")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"], name="import_base_is_one_per_entry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id}: {self.external_id}"
