"""What became of a proposal: by its reference number, for whoever has it."""

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from directory.actions import proposals
from directory.models import Proposal
from directory.models.proposal import tidied_reference
from directory.web.crumbs import home
from directory.web.errors import not_found
from directory.web.fields import field_name
from directory.web.limits import HOUR, address_of, count, is_over


@dataclass(frozen=True)
class Status:
    """A proposal in words."""

    proposal: Proposal
    name: str
    url: str
    declined: list[str]


@require_safe
@never_cache
def proposal_find(request: HttpRequest) -> HttpResponse:
    """Type a reference number, however it was noted down."""
    typed = request.GET.get("reference", "")
    if not typed:
        return render(request, "directory/proposal_find.html", {"crumbs": [home()]})
    if is_guessing(request):
        return slow_down(request, typed)
    proposal = Proposal.objects.filter(reference=tidied_reference(typed)).first()
    if proposal is not None:
        return redirect(proposal)
    count("lookup", address_of(request))
    fault = _("There is no suggestion with this number. Check each sign of it.")
    return _find_again(request, typed, fault)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def proposal_status(request: HttpRequest, reference: str) -> HttpResponse:
    """What happens next, or what was decided and why; open ones can be taken back."""
    if is_guessing(request):
        return slow_down(request, reference)
    rows = Proposal.objects.select_related("organization")
    proposal = rows.filter(reference=tidied_reference(reference)).first()
    if proposal is None:
        count("lookup", address_of(request))
        return not_found(request)
    if proposal.reference != reference:
        return redirect(proposal)
    if request.method == "POST" and "take_back" in request.POST:
        # Where an editor was faster, the page says what came of it.
        with suppress(proposals.NotOpen):
            proposals.withdraw(proposal)
        return redirect(proposal)
    context = {"status": status_of(proposal), "crumbs": [home()]}
    return render(request, "directory/proposal_status.html", context)


def status_of(proposal: Proposal) -> Status:
    """The name of what it is about, where that stands, and what was not taken over."""
    organization = proposal.organization and proposal.organization.remaining
    is_shown = organization is not None and organization.is_published
    parts = [pointer.split("/")[1] for pointer in proposal.declined_parts]
    return Status(
        proposal=proposal,
        name=organization.name if is_shown else _name_proposed(proposal),
        url=organization.get_absolute_url() if is_shown else "",
        declined=[capfirst(field_name((part,))) for part in dict.fromkeys(parts)],
    )


def _name_proposed(proposal: Proposal) -> str:
    """The name its sender gave; nothing of a listing that is not shown any more."""
    is_new = proposal.base_revision_id is None
    return proposal.document["name"] if is_new else _("a listing that is no longer shown")


def is_guessing(request: HttpRequest) -> bool:
    """Whether this address tried so many wrong numbers that it may be guessing."""
    return is_over("lookup", address_of(request), settings.PROPOSAL_LOOKUPS_PER_HOUR)


def slow_down(request: HttpRequest, typed: str) -> HttpResponse:
    """429: come back later."""
    response = _find_again(request, typed, _("Too many wrong numbers. Try again in an hour."))
    response.status_code = 429
    response["Retry-After"] = str(HOUR)
    return response


def _find_again(request: HttpRequest, typed: str, fault: str) -> HttpResponse:
    context = {"crumbs": [home()], "typed": typed[:100], "fault": fault}
    return render(request, "directory/proposal_find.html", context)
