"""Listings that may be one, in the queue: reasons, both side by side, and what to do."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions import duplicates, policies
from directory.actions.policies import Action
from directory.actions.remit import Remit
from directory.admin.choice_words import lines_of
from directory.admin.queue_case import Case, Kind, Pair, listing_case
from directory.admin.values import label_of
from directory.documents import document_of
from directory.models import Duplicate, Organization, Risk
from directory.search.matching.evidence import evidence_from

# What tells two listings apart, in the order in which one looks.
SIDE_FIELDS = (
    "name legal_name other_names locations website email phone founded identifiers claims sources "
    "summary"
).split()


class SuspectedDuplicates(Kind):
    """Listings that may be one and the same enterprise."""

    code, label = "duplicates", gettext_lazy("Suspected duplicates")
    has_keys = True

    def rows(self) -> QuerySet:
        return Duplicate.objects.waiting()

    def within(self, rows: QuerySet, region: str) -> QuerySet:
        return rows.within(region)

    def scope(self, remit: Remit, rows: QuerySet) -> QuerySet:
        """Only where both listings are within what this person cares for."""
        for side in ("first", "second"):
            rows = policies.scope(
                remit.person, Action.DUPLICATE_DECIDE, rows, through=side, known=remit
            )
        return rows

    def cases(self, rows: QuerySet) -> list[Case]:
        found = list(rows)
        keys = {key for row in found for key in (row.first_id, row.second_id)}
        listings = Organization.objects.with_parts().in_bulk(keys)
        return [self._case(row, listings[row.first_id], listings[row.second_id]) for row in found]

    def _case(self, row: Duplicate, first: Organization, second: Organization) -> Case:
        case = listing_case(
            first, _("sure") if row.is_sure else f"{row.score:.0%}", row.found_at, Risk.MEDIUM
        )
        goes, stays = (second, first) if is_firmer(first, second) else (first, second)
        return Case(
            title=f"{first.name} = {second.name}",
            what=case.what,
            since=row.found_at,
            risk=case.risk,
            region=case.region,
            act_url=reverse("admin:directory_organization_merge_into", args=[goes.pk, stays.pk]),
            pair=pair_of(row, first, second),
        )


def is_firmer(one: Organization, other: Organization) -> bool:
    """Which of two should stay: the one on the site, then the better known, then the older."""
    marks = [(row.is_published, row.verification, -row.pk) for row in (one, other)]
    return marks[0] > marks[1]


def pair_of(row: Duplicate, first: Organization, second: Organization) -> Pair:
    """The pair in words; both listings loaded with_parts()."""
    reasons = [evidence_from(each) for each in row.evidence]
    return Pair(row, reasons, sides(document_of(first), document_of(second), SIDE_FIELDS))


def sides(one: dict, other: dict, names: Iterable[str]) -> list[tuple[str, str, str]]:
    """Fields of two documents beside each other, those that both leave empty left out."""
    found = [(name, lines_of(name, one[name]), lines_of(name, other[name])) for name in names]
    return [
        (capfirst(label_of(name)), "; ".join(here), "; ".join(there))
        for name, here, there in found
        if here or there
    ]


class DuplicateViews:
    """Mixed into the admin of the queue: "not a duplicate"."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.not_duplicate_view)
        name = "directory_queue_not_duplicate"
        return [path("duplicates/<int:pk>/not/", view, name=name), *super().get_urls()]

    def not_duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remember that the two are not one, and go on where the editor was."""
        row = get_object_or_404(Duplicate.objects.select_related("first", "second"), pk=pk)
        both = (row.first, row.second)
        if request.method != "POST" or not all(
            policies.may(request.user, Action.DUPLICATE_DECIDE, side) for side in both
        ):
            raise PermissionDenied
        try:
            duplicates.say_not_duplicate(row, by=request.user)
        except duplicates.NotWaiting as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            said = _("%(one)s and %(other)s are two. They will not be suggested again.")
            names = {"one": row.first.name, "other": row.second.name}
            self.message_user(request, said % names, messages.SUCCESS)
        return self.back_to_queue(request)
