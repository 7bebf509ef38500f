"""An editor's word about rows that seem to be listed already: about one, or about several at once."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.actions import import_decisions
from directory.actions.imports import NotInThatState
from directory.admin.import_rows import shown_rows
from directory.models import ImportRow, ImportRun, ImportState, RowDecision, RowOutcome

DIGITS_MAX = 9  # More than any row id or row of a file has.


class DecidingViews:
    """Mixed into the admin of imports."""

    def decide_one(self, request: HttpRequest, run: ImportRun) -> None:
        """Say what the row is. Raises NotInThatState."""
        number, decision = number_of(request.POST.get("row", "")), _decision_in(request)
        row = run.rows.filter(number=number).first()
        if row is None or decision is None:
            return
        import_decisions.decide(row, decision, by=request.user)
        said = _("Row %(row)d: %(decision)s") % {"row": row.number, "decision": decision.label}
        self.message_user(request, said, messages.SUCCESS)

    def decide_many(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        """The preview of what the ticked rows would become; with "confirm", it is done."""
        decision, numbers = _decision_in(request), _chosen(request)
        if decision and numbers and "confirm" in request.POST:
            self._decide_all(request, run, numbers, decision)
            return HttpResponseRedirect(request.get_full_path())
        rows = _open_rows(run, numbers)
        if decision is None or not rows:
            self.message_user(request, _("Tick some first."), messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        for row in rows:
            row.decision = decision  # Not kept: it is shown as it would be.
        count = len(rows)
        words = ngettext("%(count)d row: %(decision)s", "%(count)d rows: %(decision)s", count)
        context = self.admin_site.each_context(request) | {
            "title": words % {"count": count, "decision": decision.label},
            "opts": self.opts,
            "run": run,
            "rows": shown_rows(run, rows, request.user),
            "decision": decision.value,
            "is_written": run.state == ImportState.APPLIED,
        }
        return TemplateResponse(request, "admin/directory/import_decisions.html", context)

    def _decide_all(
        self, request: HttpRequest, run: ImportRun, numbers: list[int], decision: RowDecision
    ) -> None:
        try:
            done = import_decisions.decide_many(run, numbers, decision, by=request.user)
        except NotInThatState as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        for number, why in done.refused.items():
            told = _("Row %(row)d: %(decision)s") % {"row": number, "decision": why}
            self.message_user(request, told, messages.ERROR)
        if done.count:
            said = ngettext("%(count)d row decided.", "%(count)d rows decided.", done.count)
            self.message_user(request, said % {"count": done.count}, messages.SUCCESS)


def _decision_in(request: HttpRequest) -> RowDecision | None:
    code = request.POST.get("decision", "")
    return RowDecision(code) if code in RowDecision.values else None


def _chosen(request: HttpRequest) -> list[int]:
    """Numbers of the rows that were ticked, or all that the page showed; as many as fit a preview."""
    texts = request.POST.getlist("shown" if "all" in request.POST else "chosen")
    numbers = [number_of(text) for text in texts[: settings.BULK_DECISIONS_MAX]]
    return [number for number in numbers if number]


def _open_rows(run: ImportRun, numbers: list[int]) -> list[ImportRow]:
    rows = run.rows.filter(number__in=numbers, outcome=RowOutcome.DUPLICATE, is_applied=False)
    return list(rows.in_order())


def number_of(text: str) -> int:
    """A row id or the number of a row as it comes in; 0, which is none, for anything else."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= DIGITS_MAX
    return int(text) if is_number else 0
