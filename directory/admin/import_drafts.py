"""Listings that an import made: a filter of the list of listings, and drafts in the queue."""

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from directory.admin.import_deciding import number_of
from directory.admin.queue_case import Case
from directory.admin.queue_imports import OfImports
from directory.models import ImportRow, ImportRun, Risk


class MadeByImport(admin.SimpleListFilter):
    """Those that an import has written; offered only where one is asked for."""

    title, parameter_name = _("import"), "import"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        if self.value() is None:
            return []
        run = ImportRun.objects.select_related("source").filter(pk=self._number()).first()
        # Also of an import that is not there, or all listings would be shown as if it had made them.
        return [(self.value(), str(run) if run else _("not there"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        written = ImportRow.objects.filter(run=self._number(), is_applied=True)
        return queryset.filter(pk__in=written.values("organization"))

    def _number(self) -> int:
        return number_of(self.value() or "")


class DraftsOfImports(OfImports):
    """Imports that are written and whose new listings are not all on the site."""

    code, label = "import-drafts", _("Drafts of imports")

    def rows(self) -> QuerySet:
        return ImportRow.objects.runs_with_drafts()

    def cases(self, rows: QuerySet) -> list[Case]:
        found = list(rows.select_related("source"))
        drafts = ImportRow.objects.left_as_drafts().filter(run__in=found).order_by()
        counts = dict(drafts.values("run").annotate(count=Count("pk")).values_list("run", "count"))
        return [_case(run, counts.get(run.pk, 0)) for run in found]


def _case(run: ImportRun, count: int) -> Case:
    page = reverse("admin:directory_organization_changelist")
    words = ngettext("%(count)d draft", "%(count)d drafts", count)
    return Case(
        title=f"{run.source.name}: {run.file_name}",
        what=words % {"count": count},
        since=run.finished_at,
        risk=str(Risk.LOW.label),
        region="",
        act_url=f"{page}?import={run.pk}&publication__exact=draft",
    )
