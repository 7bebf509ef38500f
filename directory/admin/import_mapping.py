"""The page on which an editor says what the columns of a file mean."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from directory.actions import feeds, imports, policies
from directory.actions.policies import Action
from directory.admin.import_forms import ColumnsForm, LayoutForm
from directory.admin.import_words import WordsForm
from directory.exchange import import_mappings
from directory.exchange.imports import opened
from directory.exchange.mappings import InvalidMapping, Mapping
from directory.exchange.tables import Table, UnreadableFile
from directory.models import Changeset, ImportRun, ImportState

LAYOUT = ("sheet", "header_rows", "skip_rows", "delimiter", "date_order")
OPEN = (ImportState.MAPPING, ImportState.STAGED, ImportState.FAILED)
REFUSALS = (UnreadableFile, InvalidMapping, imports.NotApplicable, imports.NotInThatState)


class MappingViews:
    """Mixed into the admin of imports."""

    def columns_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The columns with examples and what they are taken for; corrected, the file is read."""
        run = self._run(pk)
        is_sent = request.method == "POST"
        action = Action.IMPORT_DISCARD if is_sent else Action.IMPORT_PREVIEW
        if not policies.may(request.user, action, run):
            raise PermissionDenied
        if run.state not in OPEN or run.changeset_id:
            return HttpResponseRedirect(run.get_absolute_url())
        try:
            return self._columns(request, run)
        except REFUSALS as refusal:
            if run.state == ImportState.MAPPING:
                return self._page(request, run, refusal=str(refusal))
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(run.get_absolute_url())

    def _run(self, pk: int) -> ImportRun:
        rows = ImportRun.objects.select_related("source", "file", "by")
        undoing = Prefetch("changeset", Changeset.objects.with_undoing())
        run = rows.prefetch_related(undoing).filter(pk=pk).first()
        if run is None:
            raise Http404
        return run

    def _columns(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        name, mapping = _mapping_in(request, run)
        is_own = bool(run.mapping) and "mapping" not in request.GET
        with opened(run, mapping) as table:
            if not _says_anything(mapping, table):
                name, is_own = import_mappings.GUESSED, False
                mapping = replace(import_mappings.guessed(table), **_layout(mapping))
            examples = _examples(table)
            columns = [] if mapping.rows_are_documents else table.columns
            notes = table.notes
        is_sent = request.method == "POST"
        form = ColumnsForm(columns, mapping, request.POST if is_sent else None)
        words = WordsForm(run.counts.get("words", []), mapping, request.POST if is_sent else None)
        are_valid = is_sent and form.is_valid() and words.is_valid()
        rules = words.said_in(form.result()) if are_valid else mapping
        if are_valid and self._keep(request, run, form, rules):
            name = form.cleaned_data["save_as"] or import_mappings.name_of(run.source, rules, name)
            # Whoever reads it anew also looks at it before it is written.
            imports.read_with(run, rules.as_json(), name=name, applies_itself=False)
            return HttpResponseRedirect(run.get_absolute_url())
        rows = [(*row, examples.get(row[0], [])) for row in form.rows()]
        groups = [[row for row in rows if form.is_used(row[0]) == is_used] for is_used in (0, 1)]
        told = {"form": form, "groups": groups, "notes": notes, "name": name, "words": words}
        return self._page(request, run, mapping, is_own=is_own, **told)

    def _page(
        self, request: HttpRequest, run: ImportRun, mapping: Mapping | None = None, **told: Any
    ) -> HttpResponse:
        """The page of columns; of a file that cannot be read, how else it might be."""
        context = self.admin_site.each_context(request) | {
            "title": _("What the columns say"),
            "opts": self.opts,
            "run": run,
            "layout": _layout_form(request, mapping or Mapping()),
            "names": import_mappings.names(run.source),
            "mapping": mapping,
            "may_discard": policies.may(request.user, Action.IMPORT_DISCARD, run),
            **told,
        }
        return TemplateResponse(request, "admin/directory/import_columns.html", context)

    def _keep(
        self, request: HttpRequest, run: ImportRun, form: ColumnsForm, mapping: Mapping
    ) -> bool:
        """Keep the mapping where that is wished; False, said at the field, where it may not be."""
        save_as, rules = form.cleaned_data["save_as"], mapping.as_json()
        if save_as and policies.may(request.user, Action.IMPORT_APPLY, run):
            feeds.keep_mapping(run.source, save_as, rules)
        elif save_as:
            try:
                feeds.keep_new_mapping(run.source, save_as, rules)
            except imports.NotApplicable as refusal:
                form.add_error("save_as", str(refusal))
                return False
        return True


def _mapping_in(request: HttpRequest, run: ImportRun) -> tuple[str, Mapping]:
    """The mapping to begin with, and its name: chosen, the import's own, usual, or none yet."""
    chosen = request.GET.get("mapping", "")
    if run.mapping and not chosen:
        name, mapping = run.mapping_name, Mapping.from_json(run.mapping)
    else:
        name = chosen or import_mappings.usual_name(run.source)
        is_kept = name not in ("", import_mappings.GUESSED)
        mapping = import_mappings.named(run.source, name) if is_kept else Mapping()
    layout = LayoutForm(request.GET)
    if "header_rows" in request.GET and layout.is_valid():
        mapping = replace(mapping, **layout.cleaned_data)
    return name, mapping


def _layout_form(request: HttpRequest, mapping: Mapping) -> LayoutForm:
    """How the file is read now; where another way was sent that cannot be, what is wrong with it."""
    sent = LayoutForm(request.GET)
    is_wrong = "header_rows" in request.GET and not sent.is_valid()
    return sent if is_wrong else LayoutForm(initial=_layout(mapping))


def _says_anything(mapping: Mapping, table: Table) -> bool:
    """Whether a mapping speaks of the rows of this table, as they are read now."""
    columns = {column for rule in mapping.rules for column in rule.columns}
    told = columns - {*mapping.missing_columns(table.columns)}
    return bool(told) or mapping.rows_are_documents


def _layout(mapping: Mapping) -> dict:
    return {name: getattr(mapping, name) for name in LAYOUT}


def _examples(table: Table) -> dict[str, list[str]]:
    """Some different values of each column, from the first rows."""
    found: dict[str, list[str]] = {column: [] for column in table.columns}
    for count, (_number, values) in enumerate(table.rows()):
        if count >= 100:
            break
        for column, value in values.items():
            text = str(value or "")[:80]
            told = found.get(column)
            if text and told is not None and len(told) < 3 and text not in told:
                told.append(text)
    return found
