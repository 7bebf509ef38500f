"""The one ordered log: every change of a listing, who made it, through which door, and why."""

import datetime
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, Min, OuterRef, Prefetch, Q, When
from django.utils.translation import gettext_lazy as _


class Door(models.TextChoices):
    """Through which door a change came in."""

    ADMIN = "admin", _("Admin")
    API = "api", _("API")
    WEB = "web", _("Website")
    ENTERPRISE = "enterprise", _("Page of the enterprise")
    IMPORT = "import", _("Import")
    COMMAND = "command", _("Command line")
    MAIL = "mail", _("Link in a letter")
    CLOCK = "clock", _("Passing of time")


class RevisionKind(models.TextChoices):
    """What was done to the listing."""

    ADDED = "added", _("Added")
    EDITED = "edited", _("Edited")
    PUBLISHED = "published", _("Published")
    UNPUBLISHED = "unpublished", _("Unpublished")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    VERIFIED = "verified", _("Checked")
    CHECK_VOIDED = "check_voided", _("Check taken back")
    GROWN_OLD = "grown_old", _("Grown old")
    REVERTED = "reverted", _("Undone")
    ERASED = "erased", _("Personal data removed")
    JOINED = "joined", _("Joined a network")
    LEFT = "left", _("Left a network")
    APPROVED = "approved", _("Approved by a network")
    UNAPPROVED = "unapproved", _("Approval taken back")
    MERGED = "merged", _("Merged into another listing")
    ABSORBED = "absorbed", _("Another listing merged into it")
    SPLIT = "split", _("Another listing split off from it")
    SPLIT_OFF = "split_off", _("Split off from another listing")


# What takes a published listing off the site.
TAKEN_DOWN = (RevisionKind.UNPUBLISHED, RevisionKind.WITHDRAWN, RevisionKind.MERGED)
# What changed two listings at once, and is undone for both or for neither.
JOINT = (
    RevisionKind.MERGED,
    RevisionKind.ABSORBED,
    RevisionKind.SPLIT,
    RevisionKind.SPLIT_OFF,
)


class ChangesetQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Those that were not undone themselves."""
        return self.filter(reverted_by__isnull=True)

    def with_undoing(self) -> Self:
        """With `undoings`, what undid some of each and stands, the newest first; and whether it
        `is_undone` whole: that none of its listings is left as it made them.
        """
        undoings = Changeset.objects.standing().select_related("by").order_by("-pk")
        back = Revision.objects.filter(
            organization=OuterRef("organization"),
            changeset__reverts=OuterRef("changeset"),
            changeset__reverted_by__isnull=True,
        )
        left = Revision.objects.filter(~Exists(back), changeset=OuterRef("pk"))
        # Asked only of the few that something undid: an import may have changed thousands.
        is_undone = Case(
            When(Exists(undoings.order_by().filter(reverts=OuterRef("pk"))), then=~Exists(left)),
            default=False,
            output_field=models.BooleanField(),
        )
        prefetched = Prefetch("reverted_by", undoings, to_attr="undoings")
        return self.annotate(is_undone=is_undone).prefetch_related(prefetched)


class Changeset(models.Model):
    """Changes that belong together: who, through which door, why."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="changesets",
        verbose_name=_("by"),
    )
    door = models.CharField(_("door"), max_length=10, choices=Door)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    # What this one undid.
    reverts = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reverted_by",
        verbose_name=_("undoes"),
    )
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = ChangesetQuerySet.as_manager()

    class Meta:
        verbose_name = _("changeset")
        verbose_name_plural = _("changesets")
        constraints = [
            models.CheckConstraint(
                condition=Q(door__in=Door.values), name="changeset_came_through_a_door"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.door}: {self.reason}"


class RevisionQuerySet(models.QuerySet):
    def after(self, sequence: int) -> Self:
        """Changes a reader at this place of the log has not seen, in order."""
        return self.filter(sequence__gt=sequence).order_by("sequence")

    def public(self) -> Self:
        """Revisions after which the listing stood on the site: anyone may read their documents."""
        return self.filter(is_public=True)

    def told(self) -> Self:
        """The public ones, and those that took the listing off the site, without their documents."""
        return self.filter(Q(is_public=True) | Q(kind__in=TAKEN_DOWN))

    def locations(self) -> Self:
        """The lists of locations that documents had, hidden ones too, each list once."""
        return self.order_by().values_list("document__locations", flat=True).distinct()

    def withdrawals(self) -> Self:
        """Of listings that are still not shown: when enterprises had them taken down."""
        gone = ~Q(organization__publication="published")  # Asked first: there are few.
        return self.filter(
            gone, organization__published_at__isnull=False, kind=RevisionKind.WITHDRAWN
        )

    def by_others_than_imports(self) -> Self:
        """Those that neither an import made, nor its being taken back, nor time."""
        is_imports = Q(changeset__import_runs__isnull=False)
        is_undone = Q(changeset__reverts__import_runs__isnull=False)
        return self.exclude(is_imports | is_undone | Q(kind=RevisionKind.GROWN_OLD))

    def standing(self) -> Self:
        """Those that were not undone themselves, by themselves or with all of their changeset."""
        undoing = Revision.objects.filter(
            changeset__reverts=OuterRef("changeset"), organization=OuterRef("organization")
        )
        return self.filter(~Exists(undoing))

    def latest_moment(self) -> datetime.datetime | None:
        """When the last of them was made; None where there is none."""
        return self.aggregate(last=models.Max("created_at"))["last"]

    def newest_first(self) -> Self:
        return self.order_by("-sequence")

    def sizes(self, changesets: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Of each changeset the first number in the log, and how many listings it changed."""
        rows = self.filter(changeset__in=changesets).order_by().values("changeset")
        rows = rows.annotate(first=Min("sequence"), count=Count("organization", distinct=True))
        return {row["changeset"]: (row["first"], row["count"]) for row in rows}

    def with_author(self) -> Self:
        return self.select_related("changeset__by")

    def with_origin(self) -> Self:
        """With what the public may learn of who made each: the door, and what led to it."""
        return self.select_related("changeset").prefetch_related("changeset__proposals")

    def undone(self) -> dict[int, int]:
        """Of one listing: which version each changeset made that was undone later."""
        undone = self.filter(changeset__reverted_by__isnull=False).order_by("version")
        return dict(undone.values_list("changeset", "version"))


class Revision(models.Model):
    """A listing as it was after one change: the whole document."""

    # The place in the log: gapless, in commit order (SEARCH.md section 3). Made by LogCounter.
    sequence = models.PositiveBigIntegerField(_("number in the log"), unique=True)
    changeset = models.ForeignKey(
        Changeset, on_delete=models.PROTECT, related_name="revisions", verbose_name=_("changeset")
    )
    organization = models.ForeignKey(
        "directory.Organization",
        on_delete=models.PROTECT,
        related_name="revisions",
        verbose_name=_("organization"),
    )
    version = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("what was done"), max_length=12, choices=RevisionKind)
    publication = models.CharField(_("publication after it"), max_length=20)
    is_public = models.BooleanField(_("anyone may read it"), default=False)
    document = models.JSONField(_("document"))
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "version"], name="revision_numbers_follow_each_other"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=RevisionKind.values), name="revision_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} v{self.version} {self.kind}"


class LogCounter(models.Model):
    """The one row that numbers the log; its lock makes commit order and numbers agree."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    # Counts changes of terms, so that every process notices each, also overlapping ones.
    vocabulary = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("log counter")
        verbose_name_plural = _("log counter")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="log_counter_is_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.sequence)
