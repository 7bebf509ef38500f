"""The page on which an editor says what the columns of a file mean."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from directory.actions import imports, policies
from directory.actions.policies import Action
from directory.admin.import_forms import ColumnsForm, LayoutForm
from directory.exchange import import_mappings
from directory.exchange.imports import opened
from directory.exchange.mappings import InvalidMapping, Mapping
from directory.exchange.tables import UnreadableFile
from directory.models import ImportRun, ImportState

LAYOUT = ("sheet", "header_rows", "skip_rows", "date_order")
OPEN = (ImportState.MAPPING, ImportState.STAGED, ImportState.FAILED)
REFUSALS = (UnreadableFile, InvalidMapping, imports.NotApplicable, imports.NotInThatState)


class MappingViews:
    """Mixed into the admin of imports."""

    def columns_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The columns with examples and what they are taken for; corrected, the file is read."""
        run = self._run(pk)
        if not policies.may(request.user, Action.IMPORT_PREVIEW, run):
            raise PermissionDenied
        if run.state not in OPEN or run.changeset_id:
            return HttpResponseRedirect(run.get_absolute_url())
        try:
            return self._columns(request, run)
        except REFUSALS as refusal:
            if run.state == ImportState.MAPPING:
                imports.fail(run, str(refusal))
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(run.get_absolute_url())

    def _run(self, pk: int) -> ImportRun:
        run = ImportRun.objects.select_related("source", "file", "by").filter(pk=pk).first()
        if run is None:
            raise Http404
        return run

    def _columns(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        name, mapping = _mapping_in(request, run)
        with opened(run, mapping) as table:
            if mapping == replace(Mapping(), **_layout(mapping)):
                mapping = replace(import_mappings.guessed(table), **_layout(mapping))
            examples = _examples(table)
            columns = [] if mapping.rows_are_documents else table.columns
            notes = table.notes
        is_sent = request.method == "POST"
        form = ColumnsForm(columns, mapping, request.POST if is_sent else None)
        if is_sent and form.is_valid():
            return self._read(request, run, name, form)
        context = self.admin_site.each_context(request) | {
            "title": _("What the columns say"),
            "opts": self.opts,
            "run": run,
            "form": form,
            "layout": LayoutForm(initial=_layout(mapping)),
            "rows": [(*row, examples.get(row[0], [])) for row in form.rows()],
            "notes": notes,
            "name": name,
            "names": import_mappings.names(run.source),
            "mapping": mapping,
        }
        return TemplateResponse(request, "admin/directory/import_columns.html", context)

    def _read(
        self, request: HttpRequest, run: ImportRun, name: str, form: ColumnsForm
    ) -> HttpResponse:
        mapping = form.result()
        if save_as := form.cleaned_data["save_as"]:
            imports.keep_mapping(run.source, save_as, mapping.as_json())
            name = save_as
        imports.read_with(run, mapping.as_json(), name=name or import_mappings.GUESSED)
        return HttpResponseRedirect(run.get_absolute_url())


def _mapping_in(request: HttpRequest, run: ImportRun) -> tuple[str, Mapping]:
    """The mapping to begin with, and its name: chosen, read with before, usual, or none yet."""
    chosen = request.GET.get("mapping", "")
    name = chosen or run.mapping_name or import_mappings.usual_name(run.source)
    if name in ("", import_mappings.GUESSED):
        is_read = run.mapping and not chosen
        mapping = Mapping.from_json(run.mapping) if is_read else Mapping()
    else:
        mapping = import_mappings.named(run.source, name)
    layout = LayoutForm(request.GET)
    if "header_rows" in request.GET and layout.is_valid():
        mapping = replace(mapping, **layout.cleaned_data)
    return name, mapping


def _layout(mapping: Mapping) -> dict:
    return {name: getattr(mapping, name) for name in LAYOUT}


def _examples(table) -> dict[str, list[str]]:
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
