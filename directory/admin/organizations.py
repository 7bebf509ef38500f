"""Listings in the admin: find, edit as one document, publish, check, see what changed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.actions import organizations, policies
from directory.actions.policies import Action
from directory.admin.by_policy import WithinRemit
from directory.admin.crossing import Crossed, with_theirs
from directory.admin.erasure_views import ErasureViews
from directory.admin.import_drafts import MadeByImport
from directory.admin.merge_views import MergeViews
from directory.admin.organization_form import PARTS, PLAIN_FIELDS, OrganizationForm
from directory.admin.organization_networks import OrganizationNetworks
from directory.admin.organization_parts import PART_INLINES, VerificationEventInline
from directory.admin.organization_speaking import OrganizationSpeaking
from directory.admin.organization_views import OrganizationViews
from directory.admin.refusals import REFUSALS
from directory.admin.search_box import ShortSearch
from directory.admin.split_views import SplitViews
from directory.models import Door, Organization
from directory.models.governance import governance_attributes
from directory.search.words import fold

TRANSLATED = ("name", "summary", "description")


def _not_yours(organization: Organization) -> str:
    return _("%(name)s is not within what you care for.") % {"name": organization.name}


def _published(count: int) -> str:
    return ngettext("%(count)d listing published.", "%(count)d listings published.", count)


def _unpublished(count: int) -> str:
    return ngettext("%(count)d listing unpublished.", "%(count)d listings unpublished.", count)


def _withdrawn(count: int) -> str:
    return ngettext("%(count)d listing withdrawn.", "%(count)d listings withdrawn.", count)


@admin.register(Organization)
class OrganizationAdmin(
    ErasureViews,
    MergeViews,
    SplitViews,
    OrganizationNetworks,
    OrganizationSpeaking,
    OrganizationViews,
    WithinRemit,
    ShortSearch,
    admin.ModelAdmin,
):
    """A listing; every change goes through an action and leaves a Revision."""

    to_read = Action.ORGANIZATION_READ_HIDDEN
    to_add = Action.ORGANIZATION_ADD
    to_change = Action.ORGANIZATION_EDIT

    form = OrganizationForm
    inlines = [*PART_INLINES, VerificationEventInline]
    list_display = [
        "name",
        "publication",
        "lifecycle",
        "verification",
        "last_confirmed_at",
        "updated_at",
    ]
    list_filter = ["publication", "verification", "lifecycle", MadeByImport]
    search_fields = ["name", "slug", "uid", "legal_name"]
    search_help_text = _("Name, address word or permanent id")
    ordering = ["-updated_at", "-pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["publish", "unpublish", "withdraw"]
    readonly_fields = ["uid", "publication", "verification", "last_confirmed_at", "version"]
    change_form_template = "admin/directory/organization_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Organization | None = None) -> list:
        governance = [f"governance_{code}" for code in governance_attributes()]
        translations = [
            f"translation_{code}_{text}"
            for code, _name in settings.LANGUAGES
            for text in TRANSLATED
        ]
        merged = ["merged_into"] if obj and obj.is_merged else []
        state = [(_("State"), {"fields": [*self.readonly_fields, *merged]})] if obj else []
        return [
            (None, {"fields": [*PLAIN_FIELDS, "other_names", "further_languages", "links"]}),
            (_("Ownership and governance"), {"fields": governance, "classes": ["collapse"]}),
            (_("In other languages"), {"fields": translations, "classes": ["collapse"]}),
            *state,
            (_("This change"), {"fields": ["reason", "opened_version"]}),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> type:
        """The form as it is declared: it makes fields that the factory could not find."""
        return self.form

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> tuple:
        formsets, inlines = super()._create_formsets(request, obj, change)
        if obj is not None:
            obj.refusal = getattr(request, "refusal", None)
            obj.part_formsets = [formset for formset in formsets if formset.prefix in PARTS]
        return formsets, inlines

    def save_form(self, request: HttpRequest, form: OrganizationForm, change: bool) -> Organization:
        return form.instance

    def save_model(
        self, request: HttpRequest, obj: Organization, form: OrganizationForm, change: bool
    ) -> None:
        """Write the document through the actions; a refusal comes back to the form."""
        how = {"by": request.user, "door": Door.ADMIN, "reason": form.cleaned_data["reason"]}
        if change:
            opened = form.cleaned_data["opened_version"]
            try:
                organizations.edit(obj, form.document, **how, expected_version=opened)
            except organizations.EditConflict as conflict:
                raise Crossed(conflict, form.document) from conflict
        else:
            obj.pk = organizations.add(form.document, **how).pk
            obj.refresh_from_db()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The parts were written with the document."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> str:
        return form.cleaned_data["reason"]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        """The form; what an action refused is shown in it, with all that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except REFUSALS as refusal:
            request.refusal = refusal
            if isinstance(refusal, Crossed):
                request.POST = self._with_theirs(request, object_id, refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _with_theirs(self, request: HttpRequest, object_id: str, crossed: Crossed) -> QueryDict:
        present = self.get_object(request, unquote(object_id))
        parts = {
            PARTS[formset.get_default_prefix()]: formset(
                instance=present, queryset=inline.get_queryset(request)
            )
            for formset, inline in self.get_formsets_with_inlines(request, present)
            if formset.get_default_prefix() in PARTS
        }
        return with_theirs(request.POST, crossed, OrganizationForm(instance=present), parts)

    def response_add(
        self, request: HttpRequest, obj: Organization, post_url_continue: str | None = None
    ) -> HttpResponse:
        if "_publish" in request.POST:
            return self._publish_saved(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Organization) -> HttpResponse:
        if "_publish" in request.POST:
            return self._publish_saved(request, obj)
        return super().response_change(request, obj)

    def _publish_saved(self, request: HttpRequest, obj: Organization) -> HttpResponse:
        """Publish what was just saved; what is refused is said in its form."""
        try:
            self._put_on_the_site(request, obj)
        except (PermissionDenied, *REFUSALS) as refusal:
            said = _("Saved, but not published: %(why)s") % {"why": refusal}
            self.message_user(request, said, messages.WARNING)
            return redirect("admin:directory_organization_change", obj.pk)
        said = _("%(name)s is saved and published.") % {"name": obj.name}
        self.message_user(request, said, messages.SUCCESS)
        return self.response_post_save_change(request, obj)

    def _put_on_the_site(self, request: HttpRequest, obj: Organization) -> None:
        if obj.is_published:
            return  # Somebody else did since the form was opened.
        if not policies.may(request.user, Action.ORGANIZATION_PUBLISH, obj):
            raise PermissionDenied(_not_yours(obj))
        organizations.publish(obj, by=request.user, door=Door.ADMIN)

    def has_change_permission(self, request: HttpRequest, obj: Organization | None = None) -> bool:
        """What was merged into another listing is read, not changed."""
        return not (obj and obj.is_merged) and super().has_change_permission(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self.may(request, Action.ORGANIZATION_PUBLISH)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return self.may(request, Action.ORGANIZATION_WITHDRAW)

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        rows = self._allowed(request, Action.ORGANIZATION_PUBLISH, queryset)
        self._act(request, rows, organizations.publish, _published)

    @admin.action(description=_("Unpublish"), permissions=["publish"])
    def unpublish(self, request: HttpRequest, queryset: QuerySet) -> None:
        rows = self._allowed(request, Action.ORGANIZATION_PUBLISH, queryset)
        self._act(request, rows, organizations.unpublish, _unpublished)

    @admin.action(description=_("Withdraw, at their wish"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet) -> None:
        rows = self._allowed(request, Action.ORGANIZATION_WITHDRAW, queryset)
        self._act(request, rows, organizations.withdraw, _withdrawn)

    def _allowed(self, request: HttpRequest, action: Action, rows: Any) -> list[Organization]:
        """Those of the listings to which this person may do it; says which are left out."""
        allowed = [row for row in rows if policies.may(request.user, action, row)]
        for row in rows:
            if row not in allowed:
                self.message_user(request, _not_yours(row), messages.ERROR)
        return allowed

    def _act(self, request: HttpRequest, rows: Any, act: Any, said: Callable[[int], str]) -> None:
        """Do one thing to each listing; say how many, and for each refusal why."""
        count = 0
        for organization in rows:
            try:
                act(organization, by=request.user, door=Door.ADMIN)
                count += 1
            except REFUSALS as refusal:
                self.message_user(request, f"{organization.name}: {refusal}", messages.ERROR)
        if count:
            self.message_user(request, said(count) % {"count": count}, messages.SUCCESS)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By id or words; a search without accents also finds the address word."""
        found, _distinct = super().get_search_results(request, queryset, search_term)
        folded = "-".join(fold(search_term[: settings.QUERY_LENGTH_MAX]).split())
        return (found | queryset.filter(slug__contains=folded) if folded else found), False
