"""Imports in the queue: what failed, was stopped or was fetched, rows that seem to be listed already."""

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions import imports, policies
from directory.actions.policies import Action
from directory.actions.remit import Remit
from directory.admin.queue_case import Case, Kind
from directory.exchange.import_report import reason_of
from directory.models import ImportRow, ImportRun, ImportState, Organization, Risk, SourceFeed


class OfImports(Kind):
    """A kind that belongs to no listing and no region: for all who see imports."""

    def within(self, rows: QuerySet, region: str) -> QuerySet:
        return rows

    def scope(self, remit: Remit, rows: QuerySet) -> QuerySet:
        return rows if policies.may_somewhere(remit.person, Action.IMPORT_PREVIEW) else rows.none()


class StoppedImports(OfImports):
    """Imports that failed, that a rule of their source stops, or that were fetched and wait."""

    code, label = "imports", gettext_lazy("Imports that stopped or wait")

    def rows(self) -> QuerySet:
        return ImportRun.objects.in_trouble()

    def cases(self, rows: QuerySet) -> list[Case]:
        return [self._case(run) for run in rows.select_related("source")]

    def _case(self, run: ImportRun) -> Case:
        told = [run.error] if run.state == ImportState.FAILED else imports.why_not(run)
        return Case(
            title=f"{run.source.name}: {run.file_name}",
            what=" ".join(told)[-300:] or run.get_state_display(),
            since=run.created_at,
            risk=str(Risk.MEDIUM.label),
            region="",
            act_url=run.get_absolute_url(),
        )


class RowsListedAlready(OfImports):
    """Rows that somebody must say of whether they are what is listed already."""

    code, label = "import-rows", gettext_lazy("Rows that may be listed already")

    def rows(self) -> QuerySet:
        return ImportRow.objects.undecided().order_by("run", "number")

    def scope(self, remit: Remit, rows: QuerySet) -> QuerySet:
        """Those that may be a listing of this person's area, or an earlier row of the file."""
        seen = policies.scope(
            remit.person,
            Action.ORGANIZATION_READ_HIDDEN,
            Organization.objects.all(),
            known=remit,
        )
        rows = super().scope(remit, rows)
        return rows.filter(Q(organization=None) | Q(organization__in=seen))

    def cases(self, rows: QuerySet) -> list[Case]:
        return [self._case(row) for row in rows.select_related("run__source", "organization")]

    def _case(self, row: ImportRow) -> Case:
        name = (row.document or {}).get("name", "")
        page = reverse("admin:directory_importrun_change", args=[row.run_id])
        return Case(
            title=_("%(source)s, row %(row)d: %(name)s")
            % {"source": row.run.source.name, "row": row.number, "name": name},
            what=reason_of(row)["reason"],
            since=row.run.created_at,
            risk=str(Risk.LOW.label),
            region="",
            act_url=f"{page}?row={row.number}#row-{row.number}",
        )


class FailedFetches(OfImports):
    """Sources whose file could not be fetched."""

    code, label = "fetches", gettext_lazy("Files that could not be fetched")

    def rows(self) -> QuerySet:
        return SourceFeed.objects.failing()

    def cases(self, rows: QuerySet) -> list[Case]:
        return [
            Case(
                title=feed.source.name,
                what=feed.last_error[-300:],
                since=feed.failing_since,
                risk=str(Risk.LOW.label),
                region="",
                act_url=reverse("admin:directory_sourcefeed_change", args=[feed.pk]),
            )
            for feed in rows.select_related("source")
        ]
