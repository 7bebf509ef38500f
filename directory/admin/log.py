"""The log: every change, who made it, through which door, why. Read only, for ever."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from directory.actions import policies
from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.admin.search_box import ShortSearch
from directory.models import Changeset, Revision


@admin.register(Changeset)
class ChangesetAdmin(ByPolicy, ShortSearch, admin.ModelAdmin):
    to_read = Action.CHANGESET_READ
    list_display = ["pk", "created_at", "by", "door", "reason"]
    list_filter = ["door"]
    list_select_related = ["by"]
    search_fields = ["reason", "by__username"]
    ordering = ["-pk"]
    show_full_result_count = False


@admin.register(Revision)
class RevisionAdmin(ByPolicy, ShortSearch, admin.ModelAdmin):
    to_read = Action.HISTORY_READ_HIDDEN
    list_display = ["sequence", "listing", "kind", "version", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["organization"]
    search_fields = ["organization__name", "organization__uid"]
    ordering = ["-sequence"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return policies.scope(request.user, self.to_read, rows, through="organization")

    @admin.display(description=_("organization"))
    def listing(self, revision: Revision) -> str:
        url = reverse("admin:directory_organization_history", args=[revision.organization_id])
        return format_html('<a href="{}">{}</a>', url, revision.organization.name)
