"""The do-not-list register: rules and reasons, never what they stand for."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.actions import exclusions
from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.admin.deed_pages import deed_page
from directory.documents import InvalidDocument, validate
from directory.models import Exclusion, Place


class ExclusionForm(forms.Form):
    """By what an enterprise is known; whatever is filled in goes into the register."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    place = forms.CharField(
        label=gettext_lazy("Path of its place"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("us/maryland/takoma-park: the name alone is nobody's own."),
    )
    website = forms.CharField(label=gettext_lazy("Website"), max_length=500, required=False)
    email = forms.CharField(label=gettext_lazy("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("For editors. Names nobody and nothing."),
    )

    document: dict[str, Any]

    def clean_place(self) -> str:
        path = self.cleaned_data["place"]
        if path and not Place.objects.filter(path=path).exists():
            raise forms.ValidationError(
                _("No place has the path “%(text)s”. Paths look like us/maryland.") % {"text": path}
            )
        return path

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        given = {name: cleaned[name] for name in ("name", "website", "email", "phone")}
        places = [{"place": cleaned["place"]}] if cleaned["place"] else []
        try:
            self.document = validate(given | {"locations": places})
        except InvalidDocument as error:
            for problem in error.problems:
                name = problem.pointer.strip("/").split("/")[0]
                self.add_error(name if name in self.fields else None, problem.detail)
            return cleaned
        if not any(True for _fact in exclusions.facts_of(self.document)):
            self.add_error(None, _("Give a place, a website, an e-mail address or a number."))
        return cleaned


@admin.register(Exclusion)
class ExclusionAdmin(ByPolicy, admin.ModelAdmin):
    """Who must not be listed: put in, and take out."""

    to_read = Action.EXCLUSION_EDIT
    to_add = Action.EXCLUSION_EDIT
    list_display = ["rule", "reason", "by", "created_at"]
    list_filter = ["rule"]
    list_select_related = ["by"]
    ordering = ["-created_at", "-pk"]
    actions = ["lift"]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Put somebody in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ExclusionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            made = exclusions.exclude(
                form.document, by=request.user, reason=form.cleaned_data["reason"]
            )
            self._say(request, len(made))
            return HttpResponseRedirect(reverse("admin:directory_exclusion_changelist"))
        title = _("Put somebody into the do-not-list register")
        return deed_page(self, request, form, title=title, button=_("Put into the register"))

    def _say(self, request: HttpRequest, count: int) -> None:
        said = ngettext("%(count)d entry written.", "%(count)d entries written.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Take out of the register"), permissions=["view"])
    def lift(self, request: HttpRequest, queryset: Any) -> None:
        for exclusion in queryset:
            exclusions.lift(exclusion)
