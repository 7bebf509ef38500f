"""Remove personal data from a listing and its whole past: first what would go, then for ever."""

from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions import erasures, policies
from directory.actions.organizations import NotPublishable
from directory.actions.policies import Action
from directory.admin.log import ReadOnly
from directory.admin.values import change_in_words, label_of
from directory.documents import InvalidDocument, difference
from directory.models import (
    Changeset,
    Door,
    Duplicate,
    Erasure,
    FormerSlug,
    ImportRun,
    LinkCheck,
    Mail,
    Organization,
    Proposal,
    ProposalContact,
    SpeakingRequest,
    VerificationEvent,
)

REFUSALS = (erasures.NotErasable, NotPublishable, InvalidDocument)
FIELD_CHOICES = {
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "website": gettext_lazy("Website"),
    "links": gettext_lazy("Other links"),
    "addresses": gettext_lazy("Streets and points of its addresses"),
    "legal_name": gettext_lazy("Registered name"),
    "other_names": gettext_lazy("Other names"),
    "summary": gettext_lazy("In one sentence"),
    "description": gettext_lazy("Description"),
    "translations": gettext_lazy("Translations"),
    "identifiers": gettext_lazy("Numbers in registers"),
    "statements": gettext_lazy("What claims say in words"),
}

# What is no field of a listing and held what was removed (actions.erasure_rests), by its table.
RESTS = {
    "imports": ImportRun,
    "proposals": Proposal,
    "letters": Mail,
    "senders": ProposalContact,
    "former_slugs": FormerSlug,
    "website_visits": LinkCheck,
    "checks": VerificationEvent,
    "speaking_requests": SpeakingRequest,
    "duplicates": Duplicate,
    "admin": LogEntry,
}


class ErasureForm(forms.Form):
    """What is to go, and why."""

    words = forms.CharField(
        label=gettext_lazy("Words to remove wherever they stand"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4_000,
        required=False,
        help_text=gettext_lazy("A name, an address, a number: one a line, as they are written."),
    )
    fields_emptied = forms.MultipleChoiceField(
        label=gettext_lazy("Fields to empty in every version"),
        choices=list(FIELD_CHOICES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("It is kept and public: do not name the data in it."),
    )
    is_sure = forms.BooleanField(
        label=gettext_lazy("Remove it for ever. This cannot be undone."), required=False
    )

    previewed = forms.CharField(required=False, widget=forms.HiddenInput)

    def mark(self) -> str:
        """Changes with what is asked for."""
        wish = self.wish()
        return sha256(repr([wish.words, wish.fields]).encode()).hexdigest()

    def is_previewed(self) -> bool:
        """Whether the page showed what just this would remove."""
        return self.cleaned_data["previewed"] == self.mark()

    def clean(self) -> None:
        """Whoever pressed the last button without the tick is told so."""
        if self.errors or not self.is_previewed() or self.cleaned_data["is_sure"]:
            return
        self.add_error("is_sure", _("Tick this, or nothing is removed."))

    def wish(self) -> erasures.Wish:
        """What the form asks for."""
        words = self.cleaned_data["words"].splitlines()
        return erasures.Wish([w for w in words if w.strip()], self.cleaned_data["fields_emptied"])


class ErasureViews:
    """Mixed into the admin of listings."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.erase_view)
        return [
            path("<int:pk>/erase/", view, name="directory_organization_erase"),
            *super().get_urls(),
        ]

    def erase_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form; what it would remove; and, once somebody is sure, that it is removed."""
        organization = get_object_or_404(Organization, pk=pk)
        if not policies.may(request.user, Action.ORGANIZATION_ERASE, organization):
            raise PermissionDenied
        form = ErasureForm(request.POST or None)
        preview = None
        if request.method == "POST" and (form.is_valid() or form.has_error("is_sure")):
            try:
                # Whoever changed the words after looking sees first what these would remove.
                if form.cleaned_data.get("is_sure") and form.is_previewed():
                    return self._erase(request, organization, form)
                preview = erasures.preview(organization, form.wish())
            except REFUSALS as refusal:
                form.add_error(None, str(refusal))
        context = self.admin_site.each_context(request) | {
            "title": _("Remove personal data from %(name)s") % {"name": organization.name},
            "opts": self.opts,
            "original": organization,
            "form": form,
            "preview": preview,
            "mark": form.mark() if preview else "",
            "changes": _in_words(preview) if preview else [],
        }
        return TemplateResponse(request, "admin/directory/organization_erase.html", context)

    def _erase(
        self, request: HttpRequest, organization: Organization, form: ErasureForm
    ) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        how: dict[str, Any] = {"by": request.user, "door": Door.ADMIN, "reason": reason}
        erasures.erase(organization, form.wish(), **how)
        self.message_user(request, _("It is removed, for good."), messages.SUCCESS)
        return HttpResponseRedirect(
            reverse("admin:directory_organization_history", args=[organization.pk])
        )


def held_in_words(name: str) -> str:
    """What held the data that was removed: a field of the listing, or a kind of what is beside it."""
    if name == "reasons":
        return str(Changeset._meta.get_field("reason").verbose_name)
    rest = RESTS.get(name)
    return str(rest._meta.verbose_name_plural) if rest else label_of(name)


def _in_words(preview: erasures.Preview) -> list[tuple[str, str, str]]:
    return [change_in_words(c) for c in difference(preview.present, preview.document)]


@admin.register(Erasure)
class ErasureAdmin(ReadOnly):
    """Tombstones: that data was removed, never which."""

    to_read = Action.ORGANIZATION_ERASE
    list_display = ["created_at", "organization", "by", "fields_in_words", "revisions", "reason"]
    list_select_related = ["organization", "by"]
    ordering = ["-pk"]
    fields = ["organization", "by", "fields_in_words", "revisions", "reason", "created_at"]
    readonly_fields = ["fields_in_words", "created_at"]

    @admin.display(description=gettext_lazy("fields"))
    def fields_in_words(self, erasure: Erasure) -> str:
        return ", ".join(held_in_words(name) for name in erasure.fields)
