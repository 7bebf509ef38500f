"""What an import would do, row by row; and the buttons that let it be written."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from directory.actions import import_decisions, imports, policies
from directory.actions.policies import Action
from directory.admin.import_rows import shown_rows, vanished_from
from directory.admin.undone import taken_back_in_words
from directory.exchange.imports import Busy, go_on_for_a_while
from directory.models import ImportRun, ImportState, RowDecision, RowOutcome

REFUSALS = (imports.NotApplicable, imports.NotInThatState)
SHOWN = [*RowOutcome.choices, ("conflict", gettext_lazy("An editor says otherwise"))]
DIGITS_MAX = 9  # More than any row id or row of a file has.


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
        run = self._run(_number(object_id))
        if not policies.may(request.user, Action.IMPORT_PREVIEW, run):
            raise PermissionDenied
        if request.method == "POST":
            return self._act(request, run)
        if run.state == ImportState.MAPPING:
            return HttpResponseRedirect("../columns/")
        outcome = request.GET.get("outcome", "")
        rows = run.rows.told_as(outcome if outcome in dict(SHOWN) else "").in_order()
        page = Paginator(rows, settings.IMPORT_PREVIEW_ROWS)
        shown = page.get_page(request.GET.get("page"))
        context = self.admin_site.each_context(request) | {
            "title": f"{run.source.name}: {run.file_name}",
            "opts": self.opts,
            "run": run,
            "taken_back": taken_back_in_words(run),
            "outcome": outcome,
            "outcomes": [(code, label, run.counts.get(code, 0)) for code, label in SHOWN],
            "page": shown,
            "rows": shown_rows(run, list(shown.object_list), request.user),
            "why_not": imports.why_not(run) if run.state == ImportState.STAGED else [],
            "is_overridable": run.is_stopped and not run.override_reason,
            "vanished": vanished_from(run, request.user) if run.counts.get("vanished") else [],
            "decisions": RowDecision.choices,
            "reading": imports.reading_of(run),
            "may_apply": policies.may(request.user, Action.IMPORT_APPLY, run),
            "may_discard": policies.may(request.user, Action.IMPORT_DISCARD, run),
            "may_go_on": _may_do(request.user, "go-on", run),
            "is_held": run.lease_until is not None and run.lease_until > timezone.now(),
        }
        return TemplateResponse(request, "admin/directory/import_preview.html", context)

    def _act(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        """Do what a button says, and show the import again."""
        act = request.POST.get("act", "")
        if not _may_do(request.user, act, run):
            raise PermissionDenied
        try:
            self._carry_out(request, run, act)
        except REFUSALS as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        except Busy:
            pass  # The page says that somebody is at it.
        return HttpResponseRedirect(request.get_full_path())

    def _carry_out(self, request: HttpRequest, run: ImportRun, act: str) -> None:
        seen = request.POST.get("reading", "")
        match act:
            case "apply":
                imports.begin(run, seen=seen)
                go_on_for_a_while(run)
            case "go-on" if run.is_at_work:
                go_on_for_a_while(run)
            case "let-through":
                reason = request.POST.get("reason", "")
                imports.let_through(run, by=request.user, reason=reason, seen=seen)
            case "try-again":
                imports.try_again(run, seen=seen)
            case "discard":
                imports.discard(run)
            case "decide":
                self._decide(request, run)

    def _decide(self, request: HttpRequest, run: ImportRun) -> None:
        number = _number(request.POST.get("row", ""))
        decision = request.POST.get("decision", "")
        row = run.rows.filter(number=number).first()
        if row is None or decision not in RowDecision.values:
            return
        import_decisions.decide(row, RowDecision(decision), by=request.user)
        label = RowDecision(decision).label
        said = _("Row %(row)d: %(decision)s") % {"row": row.number, "decision": label}
        self.message_user(request, said, messages.SUCCESS)


def _may_do(person: User, act: str, run: ImportRun) -> bool:
    """Whether a person may press a button; to go on with what ends in writing is to write."""
    if act == "discard":
        return policies.may(person, Action.IMPORT_DISCARD, run)
    if act == "go-on" and run.state != ImportState.APPLYING and not run.applies_itself:
        return True
    return policies.may(person, Action.IMPORT_APPLY, run)


def _number(text: str) -> int:
    """A row id or the number of a row as it comes in; 0, which is none, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS_MAX else 0
