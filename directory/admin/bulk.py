"""Several decisions at once: first shown, then made."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.actions import proposal_decisions
from directory.admin.deciding import may_decide
from directory.admin.queue import back, reason_in
from directory.admin.queue_kinds import Case, case_of
from directory.admin.verdicts import (
    DIGITS_MAX,
    REFUSALS,
    accept_as_seen,
    number_in,
    tell_of_draft,
)
from directory.models import DeclineReason, Proposal


class BulkViews:
    """Mixed into the admin of proposals."""

    def bulk_view(self, request: HttpRequest) -> HttpResponse:
        """The preview of what the ticked cases would become; with "confirm", it is done."""
        cases = self._ticked(request)
        verdict = "accept" if request.POST["bulk"] == "accept" else "decline"
        if not cases:
            self.message_user(request, _("Tick some first."), messages.WARNING)
            return back(request)
        if "confirm" in request.POST:
            return self._decide_all(request, cases, verdict)
        context = self.admin_site.each_context(request) | {
            "title": _("Accept these?") if verdict == "accept" else _("Decline these?"),
            "opts": self.opts,
            "cases": cases,
            "verdict": verdict,
            "reasons": DeclineReason.choices,
            "kept": {n: request.POST.get(n, "") for n in ("kind", "region", "page")},
        }
        return TemplateResponse(request, "admin/directory/queue_bulk.html", context)

    def _ticked(self, request: HttpRequest) -> list[Case]:
        keys = [
            int(text)
            for text in request.POST.getlist("chosen")[: settings.BULK_DECISIONS_MAX]
            if text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX
        ]
        rows = Proposal.objects.open().for_queue().filter(pk__in=keys).in_queue_order()
        return [case_of(row) for row in rows if may_decide(request.user, row)]

    def _decide_all(self, request: HttpRequest, cases: list[Case], verdict: str) -> HttpResponse:
        """Each by itself: what is refused stays in the queue, and why is said."""
        done = 0
        for case in cases:
            try:
                self._decide_one(request, case, verdict)
                done += 1
            except REFUSALS as refusal:
                self.message_user(request, f"{case.title}: {refusal}", messages.ERROR)
                continue
            if case.proposal.is_left_as_draft:
                tell_of_draft(request, case.proposal)
        if done:
            said = ngettext("%(count)d decision made.", "%(count)d decisions made.", done)
            self.message_user(request, said % {"count": done}, messages.SUCCESS)
        return back(request)

    def _decide_one(self, request: HttpRequest, case: Case, verdict: str) -> None:
        message = request.POST.get("message", "")[:2000]
        if verdict == "accept":
            seen = number_in(request, f"version-{case.proposal.pk}")
            accept_as_seen(case.proposal, by=request.user, expected_version=seen, message=message)
        else:
            reason = reason_in(request, "reason")
            proposal_decisions.decline(
                case.proposal, by=request.user, reason=reason, message=message
            )
