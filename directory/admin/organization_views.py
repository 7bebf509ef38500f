"""Further pages of a listing in the admin: record a check, take one back, see what changed."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from directory.actions import policies
from directory.actions.confirmations import CheckVoided, verify, void_check
from directory.actions.policies import Action
from directory.actions.undo_plan import FOR_GOOD
from directory.admin.deed_pages import deed_page
from directory.admin.values import change_in_words
from directory.admin.verification_form import VerificationForm, VoidForm
from directory.documents import difference
from directory.models import Door, ImportRow, Organization, Revision, VerificationEvent

REVISIONS_SHOWN = 50


def check_in_words(check: VerificationEvent) -> str:
    """What was checked, when, and by whom."""
    who = (check.peer_name, str(check.by or ""))
    said = (check.get_level_display(), date_format(check.happened_on), *who)
    return ", ".join(filter(None, said))


class OrganizationViews:
    """Mixed into the admin of listings."""

    def get_urls(self) -> list:
        check = path(
            "<int:pk>/check/",
            self.admin_site.admin_view(self.check_view),
            name="directory_organization_check",
        )
        void = path(
            "<int:pk>/check/<int:event>/take-back/",
            self.admin_site.admin_view(self.void_view),
            name="directory_organization_void",
        )
        return [check, void, *super().get_urls()]

    def check_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record that somebody checked, confirmed or vouched for the listing."""
        organization = get_object_or_404(self.get_queryset(request), pk=pk)
        if not policies.may(request.user, Action.ORGANIZATION_CHECK, organization):
            raise PermissionDenied
        form = VerificationForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            verify(organization, by=request.user, door=Door.ADMIN, **form.cleaned_data)
            self.message_user(request, _("The check is recorded."), messages.SUCCESS)
            return HttpResponseRedirect(
                reverse("admin:directory_organization_change", args=[organization.pk])
            )
        title = _("Record a check of %(name)s") % {"name": organization.name}
        button = _("Record the check")
        return deed_page(self, request, form, title=title, button=button, row=organization)

    def void_view(self, request: HttpRequest, pk: int, event: int) -> HttpResponse:
        """Take a check back that was recorded by mistake."""
        organization = get_object_or_404(self.get_queryset(request), pk=pk)
        check = get_object_or_404(VerificationEvent, pk=event, organization=organization)
        if not policies.may(request.user, Action.ORGANIZATION_CHECK, organization):
            raise PermissionDenied
        form = VoidForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._void(request, check, form.cleaned_data["reason"])
            return HttpResponseRedirect(
                reverse("admin:directory_organization_change", args=[organization.pk])
            )
        return deed_page(
            self,
            request,
            form,
            title=_("Take back a check of %(name)s") % {"name": organization.name},
            button=_("Take the check back"),
            row=organization,
            about=check_in_words(check),
        )

    def _void(self, request: HttpRequest, check: VerificationEvent, reason: str) -> None:
        try:
            void_check(check, by=request.user, door=Door.ADMIN, reason=reason)
        except CheckVoided as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        else:
            self.message_user(request, _("The check is taken back."), messages.SUCCESS)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """Every revision, newest first, with what it changed."""
        organization = self.get_object(request, unquote(object_id))
        if organization is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, organization):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": _("Changes of %(name)s") % {"name": organization.name},
            "opts": self.opts,
            "original": organization,
            "steps": self._steps(organization),
        }
        return TemplateResponse(request, "admin/directory/organization_history.html", context)

    def _steps(self, organization: Organization) -> list[dict[str, Any]]:
        found = Revision.objects.filter(organization=organization).with_author().newest_first()
        revisions = list(found[: REVISIONS_SHOWN + 1])
        earlier = [*(r.document for r in revisions[1:]), {}]
        deciders = ImportRow.objects.deciders(organization)
        return [
            {
                "revision": revision,
                "changes": [change_in_words(c) for c in difference(before, revision.document)],
                "for_good": FOR_GOOD.get(revision.kind),
                "deciders": sorted(deciders.get(revision.changeset_id, ())),
            }
            for revision, before in zip(revisions, earlier, strict=True)
        ][:REVISIONS_SHOWN]
