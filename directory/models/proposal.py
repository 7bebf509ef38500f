"""What people without an account say about listings: a new one, a change, a report."""

import datetime
import re
import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models.organization import Organization, Publication

# Signs of a reference number: no vowels, so that it spells no word; none that look or sound alike.
SIGNS = "2346789CDFGHJKMPQRTWXY"
GROUPS, GROUP_LENGTH = 3, 4  # 22 signs, 12 places: 53 bits that nobody guesses.
REFERENCE = rf"^[{SIGNS}]{{4}}(-[{SIGNS}]{{4}}){{2}}$"


class ProposalKind(models.TextChoices):
    NEW = "new", _("New listing")
    CHANGE = "change", _("Change")
    REPORT = "report", _("Report")


class ReportReason(models.TextChoices):
    """What is wrong, in the words of those who report it."""

    CLOSED = "closed", _("It has closed")
    MOVED = "moved", _("It has moved")
    DUPLICATE = "duplicate", _("It is listed twice")
    NOT_SOLIDARITY_ECONOMY = "not_solidarity_economy", _("It does not belong here")
    WRONG_DATA = "wrong_data", _("Something else is wrong")
    REMOVE_ME = "remove_me", _("I speak for it and want it taken out")


class ProposalState(models.TextChoices):
    OPEN = "open", _("Waiting for an editor")
    ACCEPTED = "accepted", _("Accepted")
    ACCEPTED_IN_PART = "accepted_in_part", _("Accepted in part")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


TAKEN_OVER = (ProposalState.ACCEPTED, ProposalState.ACCEPTED_IN_PART)


class Relation(models.TextChoices):
    """How somebody knows an enterprise."""

    MEMBER = "member", _("I work in it, or I am a member")
    USER = "user", _("I use it")
    READER = "reader", _("I read or heard about it")


class Risk(models.IntegerChoices):
    """What harm a wrong decision could do; derived when the proposal comes in."""

    LOW = 1, _("low")
    MEDIUM = 2, _("medium")
    HIGH = 3, _("high")


def new_reference() -> str:
    """A number that nobody guesses and that can be read aloud: 7KQ2-MF4X-93TC."""
    groups = ("".join(secrets.choice(SIGNS) for _i in range(GROUP_LENGTH)) for _g in range(GROUPS))
    return "-".join(groups)


def tidied_reference(text: str) -> str:
    """The number as it is stored, however it was typed: small letters, blanks, no dashes."""
    signs = re.sub(r"[^0-9A-Z]", "", text[:100].upper())
    return "-".join(signs[i : i + GROUP_LENGTH] for i in range(0, len(signs), GROUP_LENGTH))


class ProposalQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Those that nobody decided yet."""
        return self.filter(state=ProposalState.OPEN)

    def in_queue_order(self) -> Self:
        """What has a due date first, then the riskiest, then the oldest."""
        return self.order_by(F("due_on").asc(nulls_last=True), "-risk", "created_at", "pk")

    def within(self, region: str) -> Self:
        """Those of a country or region, by its path."""
        return self.filter(Q(region=region) | Q(region__startswith=f"{region}/"))

    def proposals(self) -> Self:
        """New listings and changes."""
        return self.exclude(kind=ProposalKind.REPORT)

    def reports(self) -> Self:
        """Reports but those that ask for removal, which have a queue of their own."""
        reports = self.filter(kind=ProposalKind.REPORT)
        return reports.exclude(report_reason=ReportReason.REMOVE_ME)

    def removals(self) -> Self:
        """Wishes to be taken out."""
        return self.filter(report_reason=ReportReason.REMOVE_ME)

    def left_as_drafts(self) -> Self:
        """New listings that were accepted and were not on the site so far: they lack something."""
        rows = self.filter(kind=ProposalKind.NEW, state__in=TAKEN_OVER)
        return rows.filter(organization__publication=Publication.DRAFT)

    def for_queue(self) -> Self:
        """With the listing as it is now and the document that each was made from."""
        now = Prefetch("organization", Organization.objects.with_parts())
        return self.select_related("base_revision", "decided_by").prefetch_related(now)


class Proposal(models.Model):
    """A new listing, a change of one, or a report about one, waiting for an editor's word."""

    reference = models.CharField(
        _("number"), max_length=14, unique=True, default=new_reference, editable=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind)
    report_reason = models.CharField(
        _("what is wrong"), max_length=30, choices=ReportReason, blank=True
    )
    organization = models.ForeignKey(
        "directory.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("listing"),
    )
    # What the sender saw. Null for a new enterprise.
    base_revision = models.ForeignKey(
        "directory.Revision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("made from"),
    )
    document = models.JSONField(_("document"), null=True, blank=True)
    relation = models.CharField(
        _("how the sender knows it"), max_length=10, choices=Relation, blank=True
    )
    evidence = models.CharField(_("where it can be checked"), max_length=500, blank=True)
    note = models.TextField(_("note of the sender"), max_length=2000, blank=True)
    language = models.CharField(_("language of the sender"), max_length=12, default="en")
    region = models.CharField(_("region"), max_length=200, blank=True)
    # Of a new listing: where it lies or serves and what it is, by which networks care for it.
    places = models.ManyToManyField("directory.Place", blank=True, related_name="+")
    terms = models.ManyToManyField("directory.Term", blank=True, related_name="+")
    risk = models.PositiveSmallIntegerField(_("risk"), choices=Risk, default=Risk.MEDIUM)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)

    state = models.CharField(
        _("state"), max_length=20, choices=ProposalState, default=ProposalState.OPEN
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decided_proposals",
        verbose_name=_("decided by"),
    )
    # What was changed in its wake; null where nothing was.
    changeset = models.ForeignKey(
        "directory.Changeset",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("change made"),
    )
    # Pointers of the changes that were not taken over.
    declined_parts = models.JSONField(_("parts not taken over"), default=list, blank=True)
    message = models.TextField(_("message to the sender"), max_length=2000, blank=True)
    # Whether whoever sent it speaks for the listing, and showed that before.
    is_own = models.BooleanField(_("sent by the enterprise itself"), default=False)
    # What the enterprise says of it, for the editors who decide.
    own_word = models.TextField(_("word of the enterprise"), max_length=2000, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(reference__regex=REFERENCE), name="proposal_reference_can_be_read_aloud"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ProposalKind.values), name="proposal_kind_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(kind="report") & Q(report_reason__in=ReportReason.values))
                | (~Q(kind="report") & Q(report_reason="")),
                name="proposal_says_what_is_wrong_if_it_is_a_report",
            ),
            models.CheckConstraint(
                condition=(Q(kind="report") & Q(document__isnull=True))
                | (~Q(kind="report") & Q(document__isnull=False)),
                name="proposal_holds_a_document_unless_it_is_a_report",
            ),
            models.CheckConstraint(
                condition=(Q(kind="new") & Q(base_revision__isnull=True))
                | (~Q(kind="new") & Q(base_revision__isnull=False) & Q(organization__isnull=False)),
                name="proposal_says_what_it_was_made_from_unless_new",
            ),
            models.CheckConstraint(
                condition=Q(relation="") | Q(relation__in=Relation.values),
                name="proposal_relation_is_known",
            ),
            models.CheckConstraint(
                condition=Q(risk__in=Risk.values), name="proposal_risk_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(report_reason="remove_me") & Q(due_on__isnull=False))
                | (~Q(report_reason="remove_me") & Q(due_on__isnull=True)),
                name="proposal_is_due_if_it_asks_for_removal",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProposalState.values), name="proposal_state_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(state="open") & Q(decided_at__isnull=True))
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="proposal_is_dated_once_decided",
            ),
            # The person may be gone by now; nobody decided what is open or was taken back.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(state__in=["open", "withdrawn"]),
                name="proposal_is_decided_by_somebody_only_if_decided",
            ),
        ]
        indexes = [
            # The queue: open ones only, however many were ever decided.
            models.Index(
                fields=["due_on", "-risk", "created_at"],
                name="proposal_queue",
                condition=Q(state="open"),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("proposal-status", args=[self.reference])

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN

    @property
    def is_left_as_draft(self) -> bool:
        """Whether it was accepted as a new listing that is not shown before it is completed."""
        is_accepted = self.kind == ProposalKind.NEW and self.state in TAKEN_OVER
        return is_accepted and self.organization.publication == Publication.DRAFT

    @property
    def asks_for_removal(self) -> bool:
        return self.report_reason == ReportReason.REMOVE_ME

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def expected_on(self) -> datetime.date:
        """The day by which an editor has most often decided."""
        expected = timezone.localdate(self.created_at) + datetime.timedelta(
            days=settings.PROPOSAL_EXPECTED_DAYS
        )
        return self.due_on or expected


class ProposalContact(models.Model):
    """Where to tell the sender what became of it; deleted once that was told."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="contact")
    email = models.EmailField(_("e-mail"))

    class Meta:
        verbose_name = _("sender's address")
        verbose_name_plural = _("senders' addresses")
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="proposal_contact_has_an_address"),
        ]

    def __str__(self) -> str:
        return str(self.proposal_id)
