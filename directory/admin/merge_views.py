"""Merge a listing into another: choose which, see both side by side, then the button."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions import merges, policies
from directory.actions.exclusions import Excluded
from directory.actions.merges import NotMergeable, Preview
from directory.actions.organizations import EditConflict, NotPublishable
from directory.actions.policies import Action
from directory.admin.choice_words import lines_of
from directory.admin.named import named_by, word_of
from directory.admin.values import change_in_words, label_of
from directory.documents import InvalidDocument, document_of
from directory.documents.uniting import Take
from directory.models import Door, Duplicate, Organization

REFUSALS = (NotMergeable, EditConflict, NotPublishable, InvalidDocument, Excluded)
FOUND_MOST = 10
TAKE_WORDS = {
    Take.KEEP: gettext_lazy("as in the one that stays"),
    Take.TAKE: gettext_lazy("as in the one that goes"),
    Take.BOTH: gettext_lazy("both"),
}


class MergeForm(forms.Form):
    """What becomes of each field in which the two differ, and why they are merged."""

    reason = forms.CharField(
        label=gettext_lazy("Why they are one"),
        max_length=300,
        help_text=gettext_lazy("Everyone can read it in the listing's history."),
    )
    version_gone = forms.IntegerField(widget=forms.HiddenInput)
    version_kept = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, preview: Preview, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.names = [field.name for field in preview.fields]
        for field in preview.fields:
            self.fields[f"take-{field.name}"] = forms.ChoiceField(
                label=capfirst(label_of(field.name)),
                choices=[(take.value, TAKE_WORDS[take]) for take in field.takes],
                widget=forms.RadioSelect,
                required=False,
                initial=field.proposed.value,
            )

    @property
    def takes(self) -> dict[str, str]:
        """The choices that were made, by field; what was not sent goes as it is proposed."""
        given = self.data if self.is_bound else {}
        return {n: given[f"take-{n}"] for n in self.names if given.get(f"take-{n}") in {*Take}}


class MergeViews:
    """Mixed into the admin of listings."""

    def get_urls(self) -> list:
        name = "directory_organization_merge"
        choose = self.admin_site.admin_view(self.merge_view)
        into = self.admin_site.admin_view(self.merge_into_view)
        return [
            path("<int:pk>/merge/", choose, name=name),
            path("<int:pk>/merge/<int:kept>/", into, name=f"{name}_into"),
            *super().get_urls(),
        ]

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Which other listing is the same enterprise: what is suspected, and a search."""
        organization = self._of_merge(request, pk)
        asked = request.GET.get("other", "").strip()[:200]
        context = self.admin_site.each_context(request) | {
            "title": _("Merge %(name)s") % {"name": organization.name},
            "opts": self.opts,
            "original": organization,
            "asked": asked,
            "suspected": self._suspected(request, organization),
            "found": list(self._found(request, organization, asked)) if asked else [],
        }
        return TemplateResponse(request, "admin/directory/organization_merge.html", context)

    def merge_into_view(self, request: HttpRequest, pk: int, kept: int) -> HttpResponse:
        """Both side by side, what would change; the button does it."""
        absorbed, stays = self._of_merge(request, pk), self._of_merge(request, kept)
        try:
            preview = merges.preview(absorbed, stays)
        except REFUSALS as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            page = reverse("admin:directory_organization_merge", args=[pk])
            return HttpResponseRedirect(page)
        initial = {"version_gone": absorbed.version, "version_kept": stays.version}
        is_swapped = "swap" in request.POST  # What was chosen held the other way round.
        initial["reason"] = request.POST.get("reason", "")[:300]
        form = MergeForm(
            None if is_swapped else request.POST or None, preview=preview, initial=initial
        )
        if form.is_bound:
            done = self._merge(request, form, preview)
            if done is not None:
                return done
            preview = self._chosen(form, preview)
        return TemplateResponse(
            request,
            "admin/directory/organization_merge_into.html",
            self._merge_context(request, form, preview),
        )

    def _merge(
        self, request: HttpRequest, form: MergeForm, preview: Preview
    ) -> HttpResponse | None:
        """Do it, unless only the preview was asked for; what is refused is told in the form."""
        if "preview" in request.POST or not form.is_valid():
            return None
        names = {"gone": preview.absorbed.name, "kept": preview.kept.name}
        versions = form.cleaned_data["version_gone"], form.cleaned_data["version_kept"]
        try:
            merges.merge(
                preview.absorbed,
                into=preview.kept,
                takes=form.takes,
                by=request.user,
                door=Door.ADMIN,
                reason=form.cleaned_data["reason"],
                expected_versions=versions,
            )
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
            return None
        said = _("%(gone)s was merged into %(kept)s.")
        self.message_user(request, said % names, messages.SUCCESS)
        page = reverse("admin:directory_organization_history", args=[preview.kept.pk])
        return HttpResponseRedirect(page)

    def _chosen(self, form: MergeForm, preview: Preview) -> Preview:
        """The preview of what was chosen; as it was where that does not fit together."""
        try:
            return merges.preview(preview.absorbed, preview.kept, form.takes)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
            return preview

    def _merge_context(
        self, request: HttpRequest, form: MergeForm, preview: Preview
    ) -> dict[str, Any]:
        rows = [
            {
                "label": capfirst(label_of(field.name)),
                "kept": lines_of(field.name, field.kept),
                "other": lines_of(field.name, field.other),
                "pick": form[f"take-{field.name}"],
            }
            for field in preview.fields
        ]
        return self.admin_site.each_context(request) | {
            "title": _("Merge %(gone)s into %(kept)s")
            % {"gone": preview.absorbed.name, "kept": preview.kept.name},
            "opts": self.opts,
            "preview": preview,
            "sides": [_side(preview.kept), _side(preview.absorbed)],
            "why_not_swapped": merges.why_not(preview.kept, preview.absorbed),
            "rows": rows,
            "changes": [change_in_words(change) for change in preview.changes],
            "form": form,
        }

    def _of_merge(self, request: HttpRequest, pk: int) -> Organization:
        organization = get_object_or_404(self.get_queryset(request), pk=pk)
        if not policies.may(request.user, Action.ORGANIZATION_MERGE, organization):
            raise PermissionDenied
        return organization

    def _suspected(self, request: HttpRequest, organization: Organization) -> list[Organization]:
        mine = self.get_queryset(request).values("pk")
        rows = Duplicate.objects.waiting().of([organization.pk])
        rows = rows.filter(first__in=mine, second__in=mine)
        rows = rows.select_related("first", "second")
        return [row.second if row.first_id == organization.pk else row.first for row in rows]

    def _found(self, request: HttpRequest, organization: Organization, asked: str) -> QuerySet:
        """Listings by permanent id, address word or page, or by words of the name."""
        rows = self.get_queryset(request).comparable().exclude(pk=organization.pk)
        named, _distinct = self.get_search_results(request, rows, asked)
        exact = Organization.objects.filter(named_by([word_of(asked)])).values("pk")
        return (rows.filter(pk__in=exact) | named).order_by("name", "pk")[:FOUND_MOST]


def _side(organization: Organization) -> dict[str, Any]:
    """What a listing is known by: two that are one often have the same name."""
    lines = lines_of("locations", document_of(organization)["locations"])
    return {"listing": organization, "where": lines[0] if lines else ""}
