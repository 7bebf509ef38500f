"""What an import would do, row by row; and the buttons that let it be written."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from directory.actions import imports, policies
from directory.actions.import_stops import is_licensed
from directory.actions.policies import Action
from directory.admin.import_deciding import DecidingViews, number_of
from directory.admin.import_forms import ISOLATED
from directory.admin.import_rows import shown_rows, vanished_from
from directory.admin.undone import taken_back_in_words
from directory.exchange.imports import Busy, go_on_for_a_while
from directory.models import ImportRun, ImportState, RowDecision, RowOutcome
from directory.models.import_row import LEFT_OUT, STAYS_DRAFT, UNKNOWN_TOWN, UNKNOWN_WORD

REFUSALS = (imports.NotApplicable, imports.NotInThatState)
SHOWN = [
    *RowOutcome.choices,
    ("conflict", gettext_lazy("An editor says otherwise")),
    (UNKNOWN_TOWN, gettext_lazy("Town not known")),
    (UNKNOWN_WORD, gettext_lazy("Word not known")),
    (LEFT_OUT, gettext_lazy("Something else left out")),
    (STAYS_DRAFT, gettext_lazy("Not complete")),
]


class PreviewViews(DecidingViews):
    """Mixed into the admin of imports."""

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        """How far it has come; once read, what it would do."""
        run = self._run(number_of(object_id))
        if not policies.may(request.user, Action.IMPORT_PREVIEW, run):
            raise PermissionDenied
        if request.method == "POST":
            return self._act(request, run)
        if run.state == ImportState.MAPPING:
            return HttpResponseRedirect("../columns/")
        context = self.admin_site.each_context(request) | {
            "title": f"{run.source.name}: {run.file_name}",
            "opts": self.opts,
            "run": run,
            "taken_back": taken_back_in_words(run),
            "vanished": vanished_from(run, request.user) if run.counts.get("vanished") else [],
            **_rows_shown(request, run),
            **_acts_open(request.user, run),
        }
        return TemplateResponse(request, "admin/directory/import_preview.html", context)

    def _act(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        """Do what a button says, and show the import again."""
        act = request.POST.get("act", "")
        if not _may_do(request.user, act, run):
            raise PermissionDenied
        if act == "decide-many":
            return self.decide_many(request, run)
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
            case "isolate":
                imports.isolate(run, seen=seen)
            case "try-again":
                imports.try_again(run, seen=seen)
            case "read-again":
                imports.read_again(run, seen=seen)
                go_on_for_a_while(run)
            case "discard":
                imports.discard(run)
            case "decide":
                self.decide_one(request, run)


def _rows_shown(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """A page of rows, of one outcome if one is asked for, and how many there are of each."""
    outcome = request.GET.get("outcome", "")
    rows = run.rows.told_as(outcome if outcome in dict(SHOWN) else "").in_order()
    page = _page_of(request, rows)
    told = shown_rows(run, list(page.object_list), request.user)
    return {
        "outcome": outcome,
        "outcomes": [(code, label, run.counts.get(code, 0)) for code, label in SHOWN],
        "unknown_towns": run.counts.get(UNKNOWN_TOWN, 0),
        "words": run.counts.get("words", []),
        **_drafts(run),
        "page": page,
        "rows": told,
        "is_any_open": any(each.is_open for each in told),
        "waiting": [each.row.number for each in told if each.is_open and not each.row.decision],
        "decisions": RowDecision.choices,
    }


def _drafts(run: ImportRun) -> dict[str, Any]:
    """How many new listings go on the site or stay drafts; once written, how many are drafts."""
    if run.state == ImportState.APPLIED:
        return {"drafts": run.rows.left_as_drafts().count()}
    new, incomplete = run.counts.get(RowOutcome.NEW, 0), run.counts.get(STAYS_DRAFT, 0)
    if run.state != ImportState.STAGED or not new:
        return {}
    stay = incomplete if run.is_publishing else new
    return {"stay_drafts": stay, "go_on_site": new - stay}


def _acts_open(person: User, run: ImportRun) -> dict[str, Any]:
    """What a person may do with the import now, and what stands against it."""
    return {
        "why_not": imports.why_not(run) if run.state == ImportState.STAGED else [],
        "is_overtaken": run.state == ImportState.STAGED and imports.is_overtaken(run),
        "isolating": "" if is_licensed(run) else ISOLATED,
        "is_overridable": run.is_stopped and not run.override_reason,
        "reading": imports.reading_of(run),
        "may_apply": policies.may(person, Action.IMPORT_APPLY, run),
        "may_discard": policies.may(person, Action.IMPORT_DISCARD, run),
        "may_undo": policies.may(person, Action.CHANGESET_REVERT),
        "may_go_on": _may_do(person, "go-on", run),
        "is_held": run.lease_until is not None and run.lease_until > timezone.now(),
    }


def _page_of(request: HttpRequest, rows: QuerySet) -> Page:
    """The page asked for, or the one with the row that is asked for."""
    page = request.GET.get("page")
    if row := number_of(request.GET.get("row", "")):
        page = rows.filter(number__lt=row).count() // settings.IMPORT_PREVIEW_ROWS + 1
    return Paginator(rows, settings.IMPORT_PREVIEW_ROWS).get_page(page)


def _may_do(person: User, act: str, run: ImportRun) -> bool:
    """Whether a person may press a button; to go on with what ends in writing is to write."""
    if act in ("discard", "isolate", "read-again"):
        return policies.may(person, Action.IMPORT_DISCARD, run)
    if act == "go-on" and run.state != ImportState.APPLYING and not run.applies_itself:
        return True
    return policies.may(person, Action.IMPORT_APPLY, run)
