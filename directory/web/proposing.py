"""Contribute without an account: add an enterprise, suggest a change, report a listing."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls.converters import SlugConverter
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directory.actions import proposals
from directory.actions.exclusions import Excluded
from directory.models import Organization, Proposal, ReportReason, Revision
from directory.search import duplicates
from directory.web.brought import brought_along, differences
from directory.web.change_form import ChangeForm
from directory.web.crumbs import home
from directory.web.limits import EVERYBODY, HOUR, address_of, count, is_over
from directory.web.listing import elsewhere
from directory.web.proposal_forms import NewForm
from directory.web.report_form import ReportForm
from directory.web.sender_form import SenderForm
from directory.web.stamps import remember, sent_before
from directory.web.texts import language_name

SLUG = re.compile(SlugConverter.regex)
VERSION_DIGITS_MAX = 9  # Of a version that a form names; more is none of ours.


@require_http_methods(["GET", "HEAD", "POST"])
def organization_new(request: HttpRequest) -> HttpResponse:
    """Add an enterprise; listings that look alike are shown before it is sent."""
    typed = request.POST if request.method == "POST" else None
    if typed is not None and "this_one" in typed:
        answer = suggested_instead(request, typed)
        if answer is not None:
            return answer
    if typed is not None and ("check" in typed or "this_one" in typed):
        form = NewForm.as_typed(typed)
        alike = duplicates.candidates({n: form[n].value() for n in ("name", "website", "phone")})
        return page(request, "new", form, {"alike": alike, "was_checked": True})
    form = NewForm(typed)
    alike = duplicates.candidates(form.document) if form.is_valid() else []
    if not form.is_valid() or (alike and not form.cleaned_data["none_of_these"]):
        return page(request, "new", form, {"alike": alike})
    return sent(
        request,
        form,
        lambda: proposals.propose_new(form.document, sender=form.sender()),
        lambda: page(request, "new", form, {"alike": alike}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def organization_suggest(request: HttpRequest, slug: str) -> HttpResponse:
    """The listing's form filled in; what differs from it is proposed."""
    organization = Organization.objects.called(slug).first()
    answer = elsewhere(request, organization, "organization-suggest", slug)
    if answer is not None:
        return answer
    base = base_of(organization, request.POST.get("version", ""))
    form = ChangeForm(request.POST if request.method == "POST" else None, base.document)
    if not form.is_valid():
        return suggest_page(request, organization, base, form)
    return sent(
        request,
        form,
        lambda: proposals.propose_change(
            organization, form.document, base=base, sender=form.sender()
        ),
        lambda: suggest_page(request, organization, base, form),
    )


def suggested_instead(request: HttpRequest, typed: QueryDict) -> HttpResponse | None:
    """The form of the listing that was meant, with what was typed as new in it; nothing is sent.

    None where no such listing is shown any more.
    """
    slug = typed["this_one"]
    found = Organization.objects.called(slug).first() if SLUG.fullmatch(slug) else None
    organization = found and found.remaining
    if organization is None or not organization.is_published:
        return None
    base = base_of(organization, "")
    form = brought_along(typed, base.document)
    form.errors.pop("stamp", None)  # Nobody is too quick who sends nothing yet.
    return suggest_page(request, organization, base, form, is_brought=True)


@require_http_methods(["GET", "HEAD", "POST"])
def organization_report(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that something is wrong with a listing."""
    organization = Organization.objects.called(slug).first()
    answer = elsewhere(request, organization, "organization-report", slug)
    if answer is not None:
        return answer
    form = ReportForm(request.POST if request.method == "POST" else None)
    further = {"organization": organization, "removal_days": settings.REMOVAL_DUE_DAYS}
    if not form.is_valid():
        return page(request, "report", form, further)
    return sent(
        request,
        form,
        lambda: proposals.report(
            organization, ReportReason(form.cleaned_data["reason"]), sender=form.sender()
        ),
        lambda: page(request, "report", form, further),
    )


def base_of(organization: Organization, version: str) -> Revision:
    """The public revision that the visitor was shown: that of the form, else the newest."""
    public = organization.revisions.public().newest_first()
    found = None
    if version.isascii() and version.isdigit() and len(version) <= VERSION_DIGITS_MAX:
        found = public.filter(version=int(version)).first()
    found = found or public.first()
    if found is None:
        raise Http404
    return found


def sent(
    request: HttpRequest,
    form: SenderForm,
    propose: Callable[[], Proposal],
    page_again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Write the proposal and lead to its number; a form sent twice leads to the same."""
    stamp = form.cleaned_data["stamp"]
    reference = sent_before(stamp)
    if reference is None:
        if is_limited(request):
            form.add_error(None, _("Too much was sent from here. Try again in an hour."))
            response = page_again()
            response.status_code = 429
            response["Retry-After"] = str(HOUR)
            return response
        try:
            reference = propose().reference
        except proposals.NothingProposed as refusal:
            form.add_error(None, str(refusal))
            return page_again()
        except Excluded:
            form.add_error(None, _("We may not list this. If it is yours, write to the editors."))
            return page_again()
        remember(stamp, reference)
        for address in (address_of(request), EVERYBODY):
            count("proposal", address)
    return redirect("proposal-status", reference)


def is_limited(request: HttpRequest) -> bool:
    """Whether this address, or everybody together, sent as much as editors can read."""
    return is_over("proposal", address_of(request), settings.PROPOSALS_PER_HOUR) or is_over(
        "proposal", EVERYBODY, settings.PROPOSALS_PER_HOUR_IN_ALL
    )


def suggest_page(
    request: HttpRequest,
    organization: Organization,
    base: Revision,
    form: ChangeForm,
    *,
    is_brought: bool = False,
) -> HttpResponse:
    """The form of a change; once something was typed, with what differs from the listing."""
    further = {
        "organization": organization,
        "version": base.version,
        "text_language": language_name(organization.language),
        "has_hidden": len(form.shown_places) < len(base.document["locations"]),
        "differs": differences(form) if form.is_bound else [],
        "is_brought": is_brought,
    }
    return page(request, "suggest", form, further)


def page(
    request: HttpRequest, name: str, form: SenderForm, further: dict[str, Any]
) -> HttpResponse:
    """The page of a form, with what is wrong above it and all that was typed in it."""
    organization = further.get("organization")
    listing = [(organization.name, organization.get_absolute_url())] if organization else []
    context = further | {
        "form": form,
        "faults": form.faults if form.is_bound else [],
        "crumbs": [home(), *listing],
        "expected_days": settings.PROPOSAL_EXPECTED_DAYS,
    }
    return render(request, f"directory/organization_{name}.html", context)
