"""Accepted proposals whose listing is not shown yet, in the queue."""

from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from directory.actions.organizations import what_is_missing_in
from directory.admin.queue_case import Case, Kind, listing_case
from directory.documents import document_of
from directory.models import Proposal, Risk


class DraftsToComplete(Kind):
    """New listings that were accepted, and lack what a listing needs to be shown."""

    code, label = "drafts", _("Drafts to complete")

    def rows(self) -> QuerySet:
        return Proposal.objects.left_as_drafts().order_by("decided_at", "pk")

    def within(self, rows: QuerySet, region: str) -> QuerySet:
        return rows.within(region)

    def cases(self, rows: QuerySet) -> list[Case]:
        return [self._case(proposal) for proposal in rows.for_queue()]

    def _case(self, proposal: Proposal) -> Case:
        listing = proposal.organization
        missing = " ".join(what_is_missing_in(document_of(listing)))
        what = missing or listing.get_publication_display()
        case = listing_case(listing, what, proposal.decided_at, Risk.LOW)
        return replace(case, beside_url="")
