"""The queue: everything that waits on one page, decided in place or one by one."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import IntegerField, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from directory.actions import proposal_decisions
from directory.actions.remit import Remit
from directory.admin.deciding import may_decide, may_read_queue
from directory.admin.queue_kinds import KINDS, case_of
from directory.admin.verdicts import REFUSALS, accept_as_seen, number_in, tell_of_draft
from directory.models import DeclineReason, Place, Proposal

PAGE_SIZE = 25  # What an editor goes through before the page has to be asked for again.
MANY = 1_000  # Counts stop here: nobody acts on the exact number.


class QueueViews:
    """Mixed into the admin of proposals."""

    def get_urls(self) -> list:
        decide = path(
            "decide/", self.admin_site.admin_view(self.decide_view), name="directory_queue_decide"
        )
        return [decide, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict | None = None
    ) -> HttpResponse:
        """Cases of one kind and region, the most urgent first."""
        if not may_read_queue(request.user):
            raise PermissionDenied
        kind = KINDS.get(request.GET.get("kind", ""), KINDS["waiting"])
        region = request.GET.get("region", "")[:200]
        remit = Remit(request.user)
        page = Paginator(rows_of(kind.code, region, remit), PAGE_SIZE).get_page(
            request.GET.get("page")
        )
        context = self.admin_site.each_context(request) | {
            "title": _("What waits"),
            "opts": self.opts,
            "kind": kind,
            "kinds": counted(remit, region=region, more=[kind.code]),
            "many": MANY,
            "region": region,
            "regions": regions(),
            "page": page,
            "cases": kind.cases(page.object_list),
            "now": timezone.now(),
            "reasons": DeclineReason.choices,
            "is_decidable": kind.is_decidable,
        }
        return TemplateResponse(request, "admin/directory/queue.html", context)

    def what_waits(self, request: HttpRequest) -> dict[str, Any]:
        """The kinds of which something waits for this person, for the start page of the admin."""
        if not may_read_queue(request.user):
            return {}
        waiting = [each for each in counted(Remit(request.user)) if each["count"]]
        return {"waiting": waiting, "many": MANY}

    def decide_view(self, request: HttpRequest) -> HttpResponse:
        """Do what a button of the queue says: to one case, or to those that are ticked."""
        if request.method != "POST" or not may_read_queue(request.user):
            raise PermissionDenied
        if "bulk" in request.POST:
            return self.bulk_view(request)
        verdict = "accept" if "accept" in request.POST else "decline"
        proposal = Proposal.objects.for_queue().filter(pk=number_in(request, verdict)).first()
        if proposal is None:
            return back(request)
        if not may_decide(request.user, proposal):
            raise PermissionDenied
        try:
            self._decide(request, proposal, verdict)
        except REFUSALS as refusal:
            self.message_user(request, f"{case_of(proposal).title}: {refusal}", messages.ERROR)
            return back(request, anchor=f"case-{proposal.pk}")
        following = number_in(request, f"after-{proposal.pk}")
        return back(request, anchor=f"case-{following}" if following else "")

    def back_to_queue(self, request: HttpRequest) -> HttpResponse:
        """To the queue as it was shown."""
        return back(request)

    def _decide(self, request: HttpRequest, proposal: Proposal, verdict: str) -> None:
        if verdict == "accept":
            seen = number_in(request, f"version-{proposal.pk}")
            accept_as_seen(proposal, by=request.user, expected_version=seen)
            said = _("%(name)s: accepted.")
        else:
            proposal_decisions.decline(
                proposal,
                by=request.user,
                reason=reason_in(request, f"reason-{proposal.pk}"),
                message=request.POST.get(f"message-{proposal.pk}", "")[:2000],
            )
            said = _("%(name)s: declined.")
        if proposal.is_left_as_draft:
            tell_of_draft(request, proposal)
            return
        self.message_user(request, said % {"name": case_of(proposal).title}, messages.SUCCESS)


def rows_of(code: str, region: str, remit: Remit) -> QuerySet:
    """The rows of a kind within somebody's remit, and within a region if one is given."""
    kind = KINDS[code]
    rows = kind.scope(remit, kind.rows())
    return kind.within(rows, region) if region else rows


class CountOf(Subquery):
    """How many rows a query has, within another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counted(remit: Remit, *, region: str = "", more: Collection[str] = ()) -> list[dict[str, Any]]:
    """Each kind of what waits, and `more` kinds, with the number of its cases up to MANY.

    All are counted in one query.
    """
    codes = [code for code in KINDS if code != "decided" or code in more]
    rows = [rows_of(code, region, remit).order_by() for code in codes]
    counts = [CountOf(each.values("pk")[:MANY]) for each in rows]
    found = User.objects.filter(pk=remit.person.pk).values_list(*counts)[0]
    return [
        {"kind": KINDS[code], "count": count or 0} for code, count in zip(codes, found, strict=True)
    ]


def regions() -> list[tuple[str, str]]:
    """Regions and countries of what was sent and waits, by name."""
    paths = {*Proposal.objects.open().order_by().values_list("region", flat=True).distinct()} - {""}
    paths |= {region.partition("/")[0] for region in paths}
    places = Place.objects.filter(path__in=paths).with_parents()
    named = {place.path: place_name(place) for place in places}
    return sorted(((path, named.get(path, path)) for path in paths), key=lambda pair: pair[1])


def place_name(place: Place) -> str:
    """A region after its country: "United States, Maryland"."""
    return f"{place.parent.name}, {place.name}" if place.parent else place.name


def reason_in(request: HttpRequest, name: str) -> str:
    """The code of a reason that was chosen; "" for none."""
    code = request.POST.get(name, "")
    return code if code in DeclineReason.values else ""


def back(request: HttpRequest, *, anchor: str = "") -> HttpResponseRedirect:
    """To the queue as it was shown, at a case."""
    kept = {n: request.POST[n] for n in ("kind", "region", "page") if request.POST.get(n)}
    query = f"?{urlencode(kept)}" if kept else ""
    url = f"{reverse('admin:directory_proposal_changelist')}{query}"
    return HttpResponseRedirect(f"{url}#{anchor}" if anchor else url)
