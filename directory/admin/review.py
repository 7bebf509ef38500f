"""One proposal beside the listing: accept or decline each piece, or ask whoever sent it."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from directory.actions import proposal_decisions
from directory.actions.remit import Remit
from directory.admin.deciding import may_decide
from directory.admin.queue import reason_in, rows_of
from directory.admin.queue_kinds import Case, case_of
from directory.admin.verdicts import REFUSALS, number_in, tell_of_draft
from directory.models import DeclineReason, Door, Proposal
from directory.models.decline_reason import sentence_of
from directory.search.names import language_name

VERDICTS = {"accept": True, "decline": False}


class ReviewViews:
    """Mixed into the admin of proposals."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        """The proposal; what was refused is said above it, with every tick kept."""
        key = unquote(object_id)
        rows = Proposal.objects.for_queue()
        proposal = rows.filter(pk=key).first() if key.isascii() and key.isdigit() else None
        if proposal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not may_decide(request.user, proposal):
            raise PermissionDenied
        if request.method == "POST" and proposal.is_open:
            try:
                self._act(request, proposal)
            except REFUSALS as refusal:
                proposal = rows.get(pk=proposal.pk)  # As it is by now.
                self.message_user(request, str(refusal), messages.ERROR)
            else:
                return self._onward(request, proposal)
        case = case_of(proposal, ticks_in(request))
        return TemplateResponse(
            request, "admin/directory/proposal_review.html", self._context(request, case)
        )

    def _context(self, request: HttpRequest, case: Case) -> dict[str, Any]:
        proposal = case.proposal
        rows = rows_of("waiting", "", Remit(request.user))
        waiting = list(rows.values_list("pk", flat=True)[:1000])
        place = waiting.index(proposal.pk) if proposal.pk in waiting else 0
        return self.admin_site.each_context(request) | {
            "title": case.title,
            "opts": self.opts,
            "case": case,
            "is_divisible": any(not piece.is_done for piece in case.pieces),
            "original": proposal,
            "number": place + 1,
            "waiting": len(waiting),
            "earlier": waiting[place - 1] if place else None,
            "later": waiting[place + 1] if place + 1 < len(waiting) else None,
            "language": language_name(proposal.language),
            "reasons": reasons_for(proposal.language),
            "was_sent": request.method == "POST",
            "typed": request.POST.get("message", ""),
            "chosen_reason": request.POST.get("reason", ""),
        }

    def _act(self, request: HttpRequest, proposal: Proposal) -> None:
        """Do what the button says. Raises one of REFUSALS."""
        message = request.POST.get("message", "")[:2000]
        reason = reason_in(request, "reason")
        how = {"by": request.user, "door": Door.ADMIN, "message": message}
        seen = number_in(request, "version")
        match request.POST.get("act"):
            case "ask":
                proposal_decisions.answer(proposal, message=message)
            case "decline":
                proposal_decisions.decline(
                    proposal, by=request.user, reason=reason, message=message
                )
            case "accept":
                proposal_decisions.accept(proposal, expected_version=seen, **how)
            case _:
                self._decide_pieces(request, proposal, seen, reason, how)

    def _decide_pieces(
        self, request: HttpRequest, proposal: Proposal, seen: int | None, reason: str, how: dict
    ) -> None:
        """Accept the ticked pieces and decline the others; the whole where none is accepted."""
        ticks = ticks_in(request)
        asked = [c.code for c in proposal_decisions.choices_of(proposal) if not c.is_done]
        if not asked or not {*asked} <= {*ticks}:
            raise proposal_decisions.NothingChosen(_("Accept or decline each change."))
        accepted = [code for code in asked if ticks[code]]
        if not accepted:
            proposal_decisions.decline(
                proposal, by=request.user, reason=reason, message=how["message"]
            )
            return
        proposal_decisions.accept(
            proposal, codes=accepted, expected_version=seen, declined_for=reason, **how
        )

    def _onward(self, request: HttpRequest, proposal: Proposal) -> HttpResponse:
        """To the next that waits, or to the queue if none does."""
        said = _("%(number)s: %(state)s") % {
            "number": proposal.reference,
            "state": proposal.get_state_display(),
        }
        self.message_user(request, said, messages.SUCCESS)
        if proposal.is_left_as_draft:
            tell_of_draft(request, proposal)
        following = number_in(request, "later")
        is_waiting = rows_of("waiting", "", Remit(request.user)).filter(pk=following).exists()
        if is_waiting:
            return HttpResponseRedirect(
                reverse("admin:directory_proposal_change", args=[following])
            )
        return HttpResponseRedirect(reverse("admin:directory_proposal_changelist"))


def ticks_in(request: HttpRequest) -> dict[str, bool]:
    """What was ticked for each piece, by its code."""
    return {
        name.removeprefix("piece-"): VERDICTS[value]
        for name, value in request.POST.items()
        if name.startswith("piece-") and value in VERDICTS
    }


def reasons_for(language: str) -> list[tuple[str, str, str]]:
    """Code, name for the editor, and the sentence in the language of the sender."""
    with translation.override(language):
        sentences = {code: sentence_of(code) for code in DeclineReason.values}
    return [(code, str(label), sentences[code]) for code, label in DeclineReason.choices]
