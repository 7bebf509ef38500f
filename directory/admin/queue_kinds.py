"""What waits for an editor, by kind. A new kind is one small class and one line in KINDS."""

import datetime
from dataclasses import replace

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.actions import policies
from directory.actions.policies import Action
from directory.actions.proposal_decisions import choices_of
from directory.actions.remit import Remit
from directory.admin import gaps
from directory.admin.choice_words import pieces_of
from directory.admin.import_drafts import DraftsOfImports
from directory.admin.queue_case import Case, Kind, listing_case
from directory.admin.queue_drafts import DraftsToComplete
from directory.admin.queue_duplicates import SuspectedDuplicates
from directory.admin.queue_imports import FailedFetches, RowsListedAlready, StoppedImports
from directory.admin.risk_words import risk_reasons
from directory.documents import document_of
from directory.models import (
    Claim,
    Gap,
    Organization,
    Proposal,
    Risk,
    SpeakingRequest,
)


class Waiting(Kind):
    """Everything that somebody sent."""

    code, label = "waiting", _("All that was sent")
    is_decidable = has_keys = True

    def rows(self) -> QuerySet:
        return Proposal.objects.open().in_queue_order()

    def within(self, rows: QuerySet, region: str) -> QuerySet:
        return rows.within(region)

    def cases(self, rows: QuerySet) -> list[Case]:
        return [case_of(proposal) for proposal in rows.for_queue()]


class Proposals(Waiting):
    """New listings and changes."""

    code, label = "proposals", _("Proposals")

    def rows(self) -> QuerySet:
        return super().rows().proposals()


class Reports(Waiting):
    """What is said to be wrong."""

    code, label = "reports", _("Reports")

    def rows(self) -> QuerySet:
        return super().rows().reports()


class Removals(Waiting):
    """Who wants to be taken out, by a day."""

    code, label = "removals", _("To be taken out")

    def rows(self) -> QuerySet:
        return super().rows().removals()


class SpeakingRequests(Kind):
    """Who asks to speak for an enterprise and could not show it by mail."""

    code, label = "speaking", _("Ask to speak for it")

    def rows(self) -> QuerySet:
        return SpeakingRequest.objects.waiting()

    def within(self, rows: QuerySet, region: str) -> QuerySet:
        return rows.filter(organization__in=Organization.objects.located_in(region))

    def cases(self, rows: QuerySet) -> list[Case]:
        found = list(rows)
        listings = Organization.objects.cards([row.organization_id for row in found])
        return [self._case(row, listings[row.organization_id]) for row in found]

    def _case(self, row: SpeakingRequest, organization: Organization) -> Case:
        case = listing_case(organization, row.statement, row.created_at, Risk.HIGH)
        page = reverse("admin:directory_organization_speaking", args=[organization.pk])
        return replace(case, act_url=f"{page}#request-{row.pk}")


class ExpiringClaims(Kind):
    """Claims that hold no longer, or not for long."""

    code, label = "claims", _("Claims running out")

    def rows(self) -> QuerySet:
        by = timezone.localdate() + datetime.timedelta(days=settings.CLAIM_EXPIRING_DAYS)
        return Claim.objects.running_out(by).order_by("valid_until", "pk")

    def within(self, rows: QuerySet, region: str) -> QuerySet:
        return rows.filter(organization__in=Organization.objects.located_in(region))

    def cases(self, rows: QuerySet) -> list[Case]:
        found = list(rows.with_term())
        listings = Organization.objects.cards([c.organization_id for c in found])
        return [self._case(claim, listings[claim.organization_id]) for claim in found]

    def _case(self, claim: Claim, organization: Organization) -> Case:
        risk = Risk.MEDIUM if claim.has_expired() else Risk.LOW
        return listing_case(organization, claim.term.label, claim.valid_until, risk)


class StaleListings(Kind):
    """Listings that nobody looked at for long."""

    code, label = "stale", _("Not looked at for long")

    def rows(self) -> QuerySet:
        rows = Organization.objects.stale(timezone.localdate())
        return rows.order_by("verified_on", "published_at", "pk")

    def within(self, rows: QuerySet, region: str) -> QuerySet:
        return rows.located_in(region)

    def scope(self, remit: Remit, rows: QuerySet) -> QuerySet:
        return policies.scope(remit.person, Action.QUEUE_READ, rows, known=remit)

    def cases(self, rows: QuerySet) -> list[Case]:
        keys = [row.pk for row in rows]
        listings = Organization.objects.cards(keys)
        return [self._case(listings[key]) for key in keys if key in listings]

    def _case(self, row: Organization) -> Case:
        since = row.verified_on or row.published_at
        return listing_case(row, row.get_verification_display(), since, Risk.LOW)


class SearchGaps(Kind):
    """What many looked for and nobody has listed."""

    code, label = "gaps", _("Looked for, not found")

    def rows(self) -> QuerySet:
        return Gap.objects.shown().most_sought_first()

    def within(self, rows: QuerySet, region: str) -> QuerySet:
        return rows.within(region)

    def scope(self, remit: Remit, rows: QuerySet) -> QuerySet:
        """All editors: what is missing belongs to nobody's remit yet."""
        return rows if policies.may_somewhere(remit.person, Action.QUEUE_READ) else rows.none()

    def cases(self, rows: QuerySet) -> list[Case]:
        return [
            Case(
                title=gaps.sought(gap),
                what=ngettext("%(count)d search", "%(count)d searches", gap.count)
                % {"count": gap.count},
                since=gap.month,
                risk=str(Risk.LOW.label),
                region="/".join(gap.place.path.split("/")[:2]) if gap.place else "",
                act_url=reverse("admin:directory_gap_changelist"),
            )
            for gap in rows.select_related("place")
        ]


class Decided(Waiting):
    """What was decided, the newest first: read only."""

    code, label = "decided", _("Decided")
    is_decidable = has_keys = False

    def rows(self) -> QuerySet:
        return Proposal.objects.exclude(decided_at__isnull=True).order_by("-decided_at", "-pk")


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Waiting(),
        Proposals(),
        Reports(),
        Removals(),
        DraftsToComplete(),
        DraftsOfImports(),
        SuspectedDuplicates(),
        SpeakingRequests(),
        ExpiringClaims(),
        StoppedImports(),
        RowsListedAlready(),
        FailedFetches(),
        StaleListings(),
        SearchGaps(),
        Decided(),
    )
}


def case_of(proposal: Proposal, chosen: dict[str, bool] | None = None) -> Case:
    """A proposal loaded `for_queue()` as a case."""
    organization = proposal.organization
    present = document_of(organization) if organization else None
    is_shown = organization is not None and organization.is_published
    changes = choices_of(proposal, present)
    return Case(
        title=organization.name if organization else proposal.document["name"],
        what=proposal.get_report_reason_display() or proposal.get_kind_display(),
        since=proposal.created_at,
        risk=proposal.get_risk_display(),
        region=proposal.region,
        act_url=reverse("admin:directory_proposal_change", args=[proposal.pk]),
        beside_url=organization.get_absolute_url() if is_shown else "",
        due_on=proposal.due_on,
        is_overdue=proposal.is_overdue,
        proposal=proposal,
        version=organization.version if organization else None,
        pieces=pieces_of(changes, chosen),
        risk_reasons=risk_reasons(proposal, changes),
    )
