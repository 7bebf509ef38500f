"""Imports in the admin: bring a file in, look at what it would do, let it be written."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from directory.actions import feeds, imports, policies
from directory.actions.policies import Action
from directory.admin.by_policy import ByPolicy
from directory.admin.import_forms import FeedForm, FileForm
from directory.admin.import_mapping import MappingViews
from directory.admin.import_preview import PreviewViews
from directory.admin.search_box import ShortSearch
from directory.admin.undone import taken_back_in_words
from directory.exchange import import_mappings
from directory.exchange.import_report import error_file
from directory.models import Changeset, Door, ImportRun, SourceFeed, SourceMapping

# What decides which file of a source is fetched, and how it is read.
READ_BY = {"url", "mapping", "mapping_name"}


@admin.register(ImportRun)
class ImportRunAdmin(MappingViews, PreviewViews, ByPolicy, ShortSearch, admin.ModelAdmin):
    """Files that were brought in, the newest first."""

    to_read = Action.IMPORT_PREVIEW
    to_add = Action.IMPORT_PREVIEW
    list_display = ["file_name", "source", "stands", "figures", "by", "created_at", "undo"]
    list_filter = ["state", "source"]
    list_select_related = ["source", "by"]
    search_fields = ["file_name", "source__name", "source__code"]
    ordering = ["-pk"]
    show_full_result_count = False

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path(
                "<int:pk>/columns/",
                wrap(self.columns_view),
                name="directory_importrun_columns",
            ),
            path(
                "<int:pk>/refused.csv",
                wrap(self.refused_view),
                name="directory_importrun_refused",
            ),
            *super().get_urls(),
        ]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        may_undo = policies.may(request.user, Action.CHANGESET_REVERT)
        return [name for name in self.list_display if may_undo or name != "undo"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        undoing = Prefetch("changeset", Changeset.objects.with_undoing())
        return super().get_queryset(request).prefetch_related(undoing)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def stands(self, run: ImportRun) -> str:
        """How far it has come, or when and by whom it was taken back."""
        return taken_back_in_words(run) or run.get_state_display()

    @admin.display(description=gettext_lazy("new, changed, refused"))
    def figures(self, run: ImportRun) -> str:
        counts = run.counts
        return " · ".join(str(counts.get(name, "–")) for name in ("new", "changed", "refused"))

    @admin.display(description=gettext_lazy("undo"))
    def undo(self, run: ImportRun) -> str:
        if run.changeset is None or run.changeset.is_undone:
            return ""
        url = reverse("admin:directory_changeset_undo", args=[run.changeset_id])
        return format_html('<a href="{}">{}</a>', url, _("Undo …"))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """Bring a file in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            run = _brought_in(form.cleaned_data, request.user)
            columns = reverse("admin:directory_importrun_columns", args=[run.pk])
            return HttpResponseRedirect(columns)
        context = self.admin_site.each_context(request) | {
            "title": _("Bring a file in"),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "admin/directory/import_file.html", context)

    def refused_view(self, request: HttpRequest, pk: int) -> StreamingHttpResponse:
        """The rows that were refused, with the reasons, for whoever repairs the file."""
        run = self._run(pk)
        if not policies.may(request.user, Action.IMPORT_PREVIEW, run):
            raise PermissionDenied
        response = StreamingHttpResponse(error_file(run), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-refused.csv"'
        return response


def _brought_in(given: dict[str, Any], person: User) -> ImportRun:
    """The import of a file; of rows that an import refused, to be read as that was."""
    number = given["refused_in"]
    name, mapping = import_mappings.of_refused(given["source"], number) or ("", None)
    return imports.bring_in(
        given["file"].read(),
        source=given["source"],
        file_name=given["file"].name,
        by=person,
        door=Door.ADMIN,
        is_publishing=given["is_publishing"],
        is_isolated=given["is_isolated"],
        is_part=given["is_part"] or bool(number),
        mapping=mapping.as_json() if mapping else {},
        mapping_name=name,
    )


@admin.register(SourceFeed)
class SourceFeedAdmin(ByPolicy, admin.ModelAdmin):
    """What stops an import of a source, and where it is fetched from."""

    form = FeedForm
    to_read, to_add, to_change = Action.SOURCE_READ, Action.IMPORT_APPLY, Action.IMPORT_APPLY
    list_display = ["source", "is_on", "every_hours", "last_pulled_at", "next_pull_at", "last_line"]
    list_select_related = ["source"]
    ordering = ["source__name", "pk"]
    actions = ["fetch_soon"]
    readonly_fields = [
        "next_pull_at",
        "last_pulled_at",
        "last_digest",
        "last_error",
        "failing_since",
    ]

    def save_model(self, request: HttpRequest, obj: SourceFeed, form: Any, change: bool) -> None:
        """Another file, or read otherwise: the same one is not passed over next time."""
        super().save_model(request, obj, form, change)
        if READ_BY & {*form.changed_data}:
            feeds.fetch_anew(SourceFeed.objects.filter(pk=obj.pk))
        if obj.url and not obj.is_on:
            hint = _(
                "The address is kept, but nothing is fetched: “Fetch it regularly” is not ticked."
            )
            self.message_user(request, hint, messages.WARNING)

    @admin.action(
        description=gettext_lazy("Fetch at the next round of background work"),
        permissions=["change"],
    )
    def fetch_soon(self, request: HttpRequest, queryset: QuerySet) -> None:
        count = feeds.fetch_soon(queryset)
        said = ngettext(
            "%(count)d file is fetched within some minutes, where background work runs.",
            "%(count)d files are fetched within some minutes, where background work runs.",
            count,
        )
        self.message_user(request, said % {"count": count}, messages.INFO)

    @admin.display(description=gettext_lazy("last error"))
    def last_line(self, feed: SourceFeed) -> str:
        return feed.last_error.splitlines()[-1][:200] if feed.last_error else ""


@admin.register(SourceMapping)
class SourceMappingAdmin(ByPolicy, admin.ModelAdmin):
    """Mappings that were kept."""

    to_read = Action.SOURCE_READ
    list_display = ["name", "source", "updated_at"]
    list_select_related = ["source"]
    ordering = ["source__name", "name", "pk"]
