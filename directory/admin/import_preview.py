"""What an import would do, row by row; and the buttons that let it be written."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.actions import import_decisions, imports, policies
from directory.actions.import_listings import present_documents
from directory.actions.import_merging import Result, with_import
from directory.actions.policies import Action
from directory.admin.choice_words import Piece, pieces_of
from directory.admin.values import change_in_words
from directory.documents import difference
from directory.exchange.import_report import same_as
from directory.exchange.imports import Busy, go_on_for_a_while
from directory.models import (
    ImportBase,
    ImportRow,
    ImportRun,
    ImportState,
    RowDecision,
    RowOutcome,
    vocabulary,
)

REFUSALS = (imports.NotApplicable, imports.NotInThatState)
SHOWN = [*RowOutcome.choices, ("conflict", gettext_lazy("An editor says otherwise"))]
VANISHED_SHOWN = 50


@dataclass(frozen=True)
class Shown:
    """A row in words: what it says, what it changes, what it leaves, what it may be."""

    row: ImportRow
    name: str
    facts: str
    changes: list[tuple[str, str, str]]
    conflicts: list[Piece]
    matches: list[str]
    is_open: bool


class PreviewViews:
    """Mixed into the admin of imports."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        """How far it has come; once read, what it would do."""
        run = self._run(int(object_id) if object_id.isdigit() else 0)
        if not policies.may(request.user, Action.IMPORT_PREVIEW, run):
            raise PermissionDenied
        if request.method == "POST":
            return self._act(request, run)
        if run.state == ImportState.MAPPING:
            return HttpResponseRedirect("../columns/")
        outcome = request.GET.get("outcome", "")
        rows = run.rows.told_as(outcome if outcome in dict(SHOWN) else "").in_order()
        page = Paginator(rows.select_related("organization"), settings.IMPORT_PREVIEW_ROWS)
        shown = page.get_page(request.GET.get("page"))
        context = self.admin_site.each_context(request) | {
            "title": f"{run.source.name}: {run.file_name}",
            "opts": self.opts,
            "run": run,
            "outcome": outcome,
            "outcomes": [(code, label, run.counts.get(code, 0)) for code, label in SHOWN],
            "page": shown,
            "rows": shown_rows(run, list(shown.object_list)),
            "why_not": imports.why_not(run) if run.state == ImportState.STAGED else [],
            "is_overridable": run.is_stopped and not run.override_reason,
            "vanished": ImportBase.objects.missing_in(run).select_related("row__organization")[
                :VANISHED_SHOWN
            ]
            if run.counts.get("vanished")
            else [],
            "decisions": RowDecision.choices,
            "may_apply": policies.may(request.user, Action.IMPORT_APPLY, run),
            "is_held": run.lease_until is not None and run.lease_until > timezone.now(),
        }
        return TemplateResponse(request, "admin/directory/import_preview.html", context)

    def _act(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        """Do what a button says, and show the import again."""
        act = request.POST.get("act", "")
        if act not in ("go-on", "discard") and not policies.may(
            request.user, Action.IMPORT_APPLY, run
        ):
            raise PermissionDenied
        if run.state == ImportState.APPLYING and not policies.may(
            request.user, Action.IMPORT_APPLY, run
        ):
            raise PermissionDenied
        try:
            self._carry_out(request, run, act)
        except REFUSALS as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        except Busy:
            pass  # The page says that somebody is at it.
        return HttpResponseRedirect(request.get_full_path())

    def _carry_out(self, request: HttpRequest, run: ImportRun, act: str) -> None:
        match act:
            case "apply":
                imports.begin(run)
                go_on_for_a_while(run)
            case "go-on" if run.is_at_work:
                go_on_for_a_while(run)
            case "let-through":
                reason = request.POST.get("reason", "")
                imports.let_through(run, by=request.user, reason=reason)
            case "try-again":
                imports.try_again(run)
            case "discard":
                imports.discard(run)
            case "decide":
                self._decide(request, run)

    def _decide(self, request: HttpRequest, run: ImportRun) -> None:
        number = request.POST.get("row", "")
        decision = request.POST.get("decision", "")
        row = run.rows.filter(number=int(number)).first() if number.isdigit() else None
        if row is None or decision not in RowDecision.values:
            return
        import_decisions.decide(row, RowDecision(decision), by=request.user)
        label = RowDecision(decision).label
        said = _("Row %(row)d: %(decision)s") % {"row": row.number, "decision": label}
        self.message_user(request, said, messages.SUCCESS)


def shown_rows(run: ImportRun, rows: list[ImportRow]) -> list[Shown]:
    """A page of rows in words, in a fixed number of queries."""
    keys = {row.organization_id for row in rows if row.organization_id}
    presents = present_documents(keys)
    bases = ImportBase.objects.of(run.source, [row.external_id for row in rows])
    return [_shown(run, row, presents.get(row.organization_id), bases) for row in rows]


def _shown(
    run: ImportRun, row: ImportRow, present: dict[str, Any] | None, bases: dict[str, ImportBase]
) -> Shown:
    result = _result(run, row, present, bases)
    document = row.document or {}
    name = document.get("name") or (row.organization.name if row.organization else "")
    return Shown(
        row=row,
        name=name or next((str(value) for value in row.values.values() if value), ""),
        facts=" · ".join(_facts(document)),
        changes=_changes(present, result.document) if result and present else [],
        conflicts=pieces_of(result.conflicts) if result else [],
        matches=[same_as(row, match) for match in row.matches],
        is_open=row.outcome == RowOutcome.DUPLICATE and not row.is_applied,
    )


def _facts(document: dict[str, Any]) -> list[str]:
    """Where it is, what it is and its website: enough to know it by."""
    places = [place["locality"] or place["place"] for place in document.get("locations") or []]
    found = [vocabulary().get(c["scheme"], c["code"]) for c in document.get("claims") or []]
    labels = [term.label for term in found if term]
    return list(dict.fromkeys(filter(None, [*places, *labels, document.get("website", "")])))


def _result(
    run: ImportRun, row: ImportRow, present: dict[str, Any] | None, bases: dict[str, ImportBase]
) -> Result | None:
    """What the row would make of its listing as it is now."""
    is_told = row.outcome == RowOutcome.CHANGED or row.has_conflict
    if present is None or row.document is None or not is_told:
        return None
    base = bases.get(row.external_id)
    before = base and (base.previous if base.row_id == row.pk else base.row)
    return with_import(
        present,
        row.document,
        before.document if before else None,
        source=run.source.code,
        external_id=row.external_id,
        on=timezone.localdate().isoformat(),
    )


def _changes(present: dict[str, Any], document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Each change but that of the record of the source: field, before and after."""
    changes = difference(present, document)
    return [change_in_words(change) for change in changes if change.field != "sources"]
