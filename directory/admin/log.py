"""The log: every change, who made it, through which door, why. Read only, for ever."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.actions import policies
from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.admin.search_box import ShortSearch
from directory.admin.seen import listings_of
from directory.admin.undo_views import ChangesetUndo, RevisionUndo
from directory.admin.undone import undone_in_words
from directory.models import Changeset, Revision


class ReadOnly(ByPolicy, ShortSearch, admin.ModelAdmin):
    """A table that only actions write."""


@admin.register(Changeset)
class ChangesetAdmin(ChangesetUndo, ReadOnly):
    to_read = Action.CHANGESET_READ
    list_display = ["number", "created_at", "listings", "by", "door", "reason", "undo"]
    list_filter = ["door"]
    list_select_related = ["by"]
    search_fields = ["reason", "by__username"]
    ordering = ["-pk"]
    show_full_result_count = False
    fields = ["created_at", "listings", "by", "door", "reason", "reverts", "undo"]
    readonly_fields = ["created_at", "listings", "undo"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_undoing()

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        page = super().get_changelist_instance(request)
        page.result_list = list(page.result_list)
        self._name_listings(request, page.result_list)
        return page

    def get_object(self, *arguments: Any, **named: Any) -> Changeset | None:
        changeset = super().get_object(*arguments, **named)
        self._name_listings(arguments[0], filter(None, [changeset]))
        return changeset

    def _name_listings(self, request: HttpRequest, changesets: Iterable[Changeset]) -> None:
        rows = {each.pk: each for each in changesets}
        found = listings_of(rows, request.user)
        for key, changeset in rows.items():
            changeset.named = found.get(key)
            changeset.may_undo = policies.may(request.user, self.undo_action, changeset)

    @admin.display(description=_("number"), ordering="pk")
    def number(self, changeset: Changeset) -> int:
        return changeset.pk

    @admin.display(description=_("listings"))
    def listings(self, changeset: Changeset) -> str:
        """The first few with links, and how many more."""
        if changeset.named is None:
            return ""
        links = format_html_join(", ", '<a href="{}">{}</a>', _links(changeset.named.listings))
        count = changeset.named.more
        if not count:
            return links
        if not changeset.named.listings:
            return ngettext("%(count)d listing", "%(count)d listings", count) % {"count": count}
        more = ngettext("and %(count)d more", "and %(count)d more", count) % {"count": count}
        return format_html("{} {}", links, more)

    @admin.display(description=_("undo"))
    def undo(self, changeset: Changeset) -> str:
        """The way to undo it, unless that is done: then by what."""
        undone = undone_in_words(changeset)
        if changeset.is_undone or changeset.named is None or not changeset.may_undo:
            return undone
        url = reverse("admin:directory_changeset_undo", args=[changeset.pk])
        return format_html('<a href="{}">{}</a> {}', url, _("Undo …"), undone)


def _links(listings: Iterable[tuple[int, str]]) -> Iterable[tuple[str, str]]:
    return (
        (reverse("admin:directory_organization_change", args=[key]), name) for key, name in listings
    )


@admin.register(Revision)
class RevisionAdmin(RevisionUndo, ReadOnly):
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
