"""The page of a listing in the admin that says who speaks for it, and lets editors decide who may."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from directory.actions import policies, speaking
from directory.actions.policies import Action
from directory.admin.verdicts import number_in
from directory.models import Organization, RequestState

REASON_MAX = 300


class OrganizationSpeaking:
    """Mixed into the admin of listings."""

    def get_urls(self) -> list:
        page = path(
            "<int:pk>/speaking/",
            self.admin_site.admin_view(self.speaking_view),
            name="directory_organization_speaking",
        )
        return [page, *super().get_urls()]

    def speaking_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Grant or decline requests, give a code, end that somebody speaks for it."""
        organization = get_object_or_404(self.get_queryset(request), pk=pk)
        if not policies.may(request.user, Action.SPEAKING_DECIDE, organization):
            raise PermissionDenied
        code = ""
        if request.method == "POST":
            try:
                code = self._do(request, organization)
            except speaking.SpeakingRefused as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
            if not code:
                return HttpResponseRedirect(request.path)
        context = self.admin_site.each_context(request) | {
            "title": _("Who speaks for %(name)s") % {"name": organization.name},
            "opts": self.opts,
            "original": organization,
            "requests": organization.speaking_requests.waiting(),
            "spokespeople": organization.spokespeople.standing().select_related("person"),
            "code": code,
            "code_days": settings.SPEAKING_CODE_DAYS,
        }
        response = TemplateResponse(request, "admin/directory/organization_speaking.html", context)
        response["Cache-Control"] = "no-store"  # A code is shown once.
        return response

    def _do(self, request: HttpRequest, organization: Organization) -> str:
        """What the button says; a code if one was made, else "". Raises SpeakingRefused."""
        if "issue" in request.POST:
            return speaking.issue_code(organization, by=request.user)
        if "end" in request.POST:
            row = organization.spokespeople.standing().filter(pk=number_in(request, "end")).first()
            if row is not None:
                speaking.end(row)
                self.message_user(request, _("This person speaks for it no longer."))
            return ""
        self._decide(request, organization)
        return ""

    def _decide(self, request: HttpRequest, organization: Organization) -> None:
        verdict = "grant" if "grant" in request.POST else "decline"
        rows = organization.speaking_requests.filter(state=RequestState.WAITING)
        asked = rows.filter(pk=number_in(request, verdict)).first()
        if asked is None:
            raise speaking.SpeakingRefused(_("This request was decided already."))
        if verdict == "grant":
            speaking.grant(asked, by=request.user)
            self.message_user(request, _("A letter with a link is on its way to them."))
            return
        reason = request.POST.get(f"reason-{asked.pk}", "").strip()[:REASON_MAX]
        if not reason:
            raise speaking.SpeakingRefused(_("Write why: they are told."))
        speaking.decline(asked, by=request.user, reason=reason)
        self.message_user(request, _("Declined; they are told why."))
