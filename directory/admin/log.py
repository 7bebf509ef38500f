"""The log: every change, who made it, through which door, why. Read only, for ever."""

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from directory.admin.search_box import ShortSearch
from directory.admin.undo_views import ChangesetUndo, RevisionUndo
from directory.models import Changeset, Revision


class ReadOnly(ShortSearch, admin.ModelAdmin):
    """A table that only actions write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Changeset)
class ChangesetAdmin(ChangesetUndo, ReadOnly):
    list_display = ["pk", "created_at", "by", "door", "reason", "undo"]
    list_filter = ["door"]
    list_select_related = ["by"]
    search_fields = ["reason", "by__username"]
    ordering = ["-pk"]
    show_full_result_count = False

    @admin.display(description=_("undo"))
    def undo(self, changeset: Changeset) -> str:
        url = reverse("admin:directory_changeset_undo", args=[changeset.pk])
        return format_html('<a href="{}">{}</a>', url, _("Undo …"))


@admin.register(Revision)
class RevisionAdmin(RevisionUndo, ReadOnly):
    list_display = ["sequence", "listing", "kind", "version", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["organization"]
    search_fields = ["organization__name", "organization__uid"]
    ordering = ["-sequence"]
    show_full_result_count = False

    @admin.display(description=_("organization"))
    def listing(self, revision: Revision) -> str:
        url = reverse("admin:directory_organization_history", args=[revision.organization_id])
        return format_html('<a href="{}">{}</a>', url, revision.organization.name)
