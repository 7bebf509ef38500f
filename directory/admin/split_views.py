"""Split a listing that holds two enterprises: say what goes, see both, then the button."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions import exclusions, policies, splits
from directory.actions.organizations import EditConflict, NotPublishable
from directory.actions.policies import Action
from directory.actions.splits import SplitPreview
from directory.admin.choice_words import lines_of
from directory.admin.values import change_in_words, label_of
from directory.documents import InvalidDocument
from directory.documents.splitting import SplitPiece, Where
from directory.models import Door, Organization

REFUSALS = (EditConflict, NotPublishable, InvalidDocument, exclusions.Excluded)
WHERE_WORDS = {
    Where.STAYS: gettext_lazy("stays"),
    Where.GOES: gettext_lazy("goes to the new listing"),
    Where.BOTH: gettext_lazy("both"),
}


class SplitForm(forms.Form):
    """The new listing's name, and what becomes of each piece."""

    name = forms.CharField(label=gettext_lazy("Name of the new listing"), max_length=200)
    reason = forms.CharField(
        label=gettext_lazy("Why they are two"),
        max_length=300,
        help_text=gettext_lazy("Everyone can read it in the listing's history."),
    )
    is_published = forms.BooleanField(
        label=gettext_lazy("Put the new listing on the site"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, pieces: list[SplitPiece], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.codes = [piece.code for piece in pieces]
        for piece in pieces:
            self.fields[f"where-{piece.code}"] = forms.ChoiceField(
                choices=[(place.value, WHERE_WORDS[place]) for place in piece.places],
                widget=forms.RadioSelect,
                required=False,
                initial=Where.STAYS.value,
            )

    @property
    def where(self) -> dict[str, str]:
        """The choices that were made, by piece."""
        given = self.data if self.is_bound else {}
        return {c: given[f"where-{c}"] for c in self.codes if given.get(f"where-{c}") in {*Where}}


class SplitViews:
    """Mixed into the admin of listings."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.split_view)
        return [
            path("<int:pk>/split/", view, name="directory_organization_split"),
            *super().get_urls(),
        ]

    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Each piece with a choice, and what would become of both; the button does it."""
        organization = get_object_or_404(self.get_queryset(request), pk=pk)
        if organization.is_merged or not policies.may(
            request.user, Action.ORGANIZATION_SPLIT, organization
        ):
            raise PermissionDenied
        preview = splits.preview(organization, name=organization.name)
        initial = {"version": organization.version}
        form = SplitForm(request.POST or None, pieces=preview.pieces, initial=initial)
        if request.method == "POST":
            done = self._split(request, form, organization)
            if done is not None:
                return done
            preview = self._split_chosen(form, preview)
        context = self._split_context(request, form, preview)
        return TemplateResponse(request, "admin/directory/organization_split.html", context)

    def _split(
        self, request: HttpRequest, form: SplitForm, organization: Organization
    ) -> HttpResponse | None:
        if "preview" in request.POST or not form.is_valid():
            return None
        asked = form.cleaned_data
        if asked["is_published"] and not policies.may(
            request.user, Action.ORGANIZATION_PUBLISH, organization
        ):
            raise PermissionDenied
        try:
            made = splits.split(
                organization,
                name=asked["name"],
                where=form.where,
                by=request.user,
                door=Door.ADMIN,
                reason=asked["reason"],
                expected_version=asked["version"],
                is_published=asked["is_published"],
            )
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
            return None
        said = _("%(new)s was split off from %(name)s.")
        names = {"new": made.name, "name": organization.name}
        self.message_user(request, said % names, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:directory_organization_change", args=[made.pk]))

    def _split_chosen(self, form: SplitForm, preview: SplitPreview) -> SplitPreview:
        name = form.data.get("name", "").strip()[:200] or preview.organization.name
        try:
            return splits.preview(preview.organization, name=name, where=form.where)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
            return preview

    def _split_context(
        self, request: HttpRequest, form: SplitForm, preview: SplitPreview
    ) -> dict[str, Any]:
        rows = [
            {
                "label": capfirst(label_of(piece.field)),
                "lines": lines_of(piece.field, [piece.value] if "-" in piece.code else piece.value),
                "pick": form[f"where-{piece.code}"],
            }
            for piece in preview.pieces
        ]
        new = [
            (capfirst(label_of(name)), "; ".join(lines))
            for name, value in preview.document.items()
            if (lines := lines_of(name, value))
        ]
        return self.admin_site.each_context(request) | {
            "title": _("Split %(name)s") % {"name": preview.organization.name},
            "opts": self.opts,
            "original": preview.organization,
            "rows": rows,
            "changes": [change_in_words(change) for change in preview.changes],
            "new": new if form.is_bound else [],
            "form": form,
        }
