"""What an import did or would do, as JSON for programs and as CSV for whoever repairs the file."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from directory.actions.imports import why_not
from directory.exchange.spreadsheet import guarded
from directory.exchange.tables import MORE_CELLS
from directory.exchange.tables.refused import REMARKS, marked
from directory.models import ImportRow, ImportRun, ImportState, RowOutcome
from directory.models.import_row import UNKNOWN_TOWN
from directory.search.matching import Verdict
from directory.search.matching.evidence import evidence_from

ROWS_AT_ONCE = 2_000
# What a report reads of a row: not its values, nor its document.
COLUMNS = (
    *"number outcome external_id has_conflict problems matches".split(),
    "organization__uid",
    "organization__name",
)


def report(run: ImportRun) -> Iterator[str]:
    """Counts by outcome, what stands against it, and each row with the reason of its outcome, as
    pieces of JSON: a line for each row."""
    yield json.dumps(_summary(run), ensure_ascii=False, indent=1).removesuffix("\n}")
    yield ',\n "per_row": ['
    before = "\n"
    for row in walked(run.rows.only(*COLUMNS)):
        yield f"{before}  {json.dumps(told(row), ensure_ascii=False)}"
        before = ",\n"
    yield "\n ]\n}\n"


def _summary(run: ImportRun) -> dict[str, Any]:
    counts = {name: run.counts.get(name, 0) for name in ("rows", *RowOutcome.values)}
    return {
        **counts,
        "conflict": run.counts.get("conflict", 0),
        "unknown_town": run.counts.get(UNKNOWN_TOWN, 0),
        "vanished": run.counts.get("vanished", 0),
        "applied": run.state == ImportState.APPLIED,
        "state": run.state,
        "run": run.pk,
        "changeset": run.changeset_id,
        "source": run.source.code,
        "file": run.file_name,
        "sha256": run.digest,
        "mapping": run.mapping_name,
        "stops": why_not(run) if run.state == ImportState.STAGED else [],
        "notes": run.notes,
        "error": run.error,
        "seconds": seconds(run),
    }


def seconds(run: ImportRun) -> dict[str, float | None]:
    """How long reading and writing took, interruptions and waiting for a word included."""
    read = run.staged_at and (run.staged_at - run.created_at).total_seconds()
    is_written = run.state == ImportState.APPLIED
    written = (run.finished_at - run.staged_at).total_seconds() if is_written else None
    return {"read": read, "written": written}


def walked(rows: QuerySet) -> Iterator[ImportRow]:
    """The rows in the order of the file, some thousand at a time."""
    rows = rows.select_related("organization").in_order()
    last = 0
    while some := list(rows.filter(number__gt=last)[:ROWS_AT_ONCE]):
        yield from some
        last = some[-1].number


def told(row: ImportRow) -> dict[str, Any]:
    """One row: its number, outcome, and what decided it; all remarks behind."""
    first = reason_of(row)
    listing = row.organization
    return {
        "number": row.number,
        "outcome": row.outcome,
        "column": first["column"],
        "value": first["value"],
        "reason": first["reason"],
        "external_id": row.external_id,
        "listing": listing.uid if listing else "",
        "conflict": row.has_conflict,
        "remarks": row.problems,
    }


def reason_of(row: ImportRow) -> dict[str, str]:
    """What decided the row's outcome: column, value and a sentence; empty where it is plain."""
    if row.outcome == RowOutcome.REFUSED:
        for problem in row.problems:
            if problem["kind"] in ("refused", "not-meant"):
                return problem
    if row.outcome == RowOutcome.DUPLICATE and row.matches:
        match = next((each for each in row.matches if each["verdict"] == "same"), row.matches[0])
        name = row.organization.name if row.organization else ""
        return {"column": "", "value": "", "reason": same_as(match, name)}
    return {"column": "", "value": "", "reason": ""}


def same_as(match: dict[str, Any], name: str) -> str:
    """Which listing, by its name, or row of the file a row seems to be or may be, and why."""
    is_sure = match["verdict"] == Verdict.SAME
    told = {"row": match["row"], "name": name, "reasons": "; ".join(words_of(match))}
    if match["row"] and is_sure:
        words = _("The same as row %(row)d of the file. %(reasons)s")
    elif match["row"]:
        words = _("Perhaps the same as row %(row)d of the file. %(reasons)s")
    elif is_sure:
        words = _("Listed already: %(name)s. %(reasons)s")
    else:
        words = _("Perhaps listed already: %(name)s. %(reasons)s")
    return words % told


def words_of(match: dict[str, Any]) -> list[str]:
    """What speaks for a match, in words."""
    evidence = [evidence_from(each) for each in match["evidence"]]
    return [each.words for each in evidence if each.is_for]


def error_file(run: ImportRun) -> Iterator[str]:
    """The rows that were refused as CSV: number, column, value, reason, and the row as it stood.

    Brought in again, the file is known by the names of these columns (tables.refused).
    Made for spreadsheets: what one would take for a formula stands behind an apostrophe.
    """
    refused = run.rows.filter(outcome=RowOutcome.REFUSED).only(*COLUMNS, "values")
    named, has_more, has_objects = _columns_of(run, refused)
    words = [_("row"), _("column"), _("value"), _("reason")]
    words += [_("cells without a column")] if has_more else []
    ours = [marked(word, run.pk, has_objects=has_objects) for word in words]
    yield "\ufeff" + _line([*ours[:REMARKS], *named, *ours[REMARKS:]])
    columns = [*named, MORE_CELLS] if has_more else named
    for row in walked(refused):
        reason = reason_of(row)
        cells = [_cell(row.values.get(column)) for column in columns]
        yield _line([row.number, reason["column"], reason["value"], reason["reason"], *cells])


def _columns_of(run: ImportRun, rows: QuerySet) -> tuple[list[str], bool, bool]:
    """The columns of rows as far as they have names, whether some have cells without one, and
    whether lists or objects stand in them.
    """
    found: dict[str, None] = {}  # One row may have members that another has not.
    has_objects = False
    for row in walked(rows):
        found.update(dict.fromkeys(row.values))
        told = (value for name, value in row.values.items() if name != MORE_CELLS)
        has_objects = has_objects or any(isinstance(value, list | dict) for value in told)
    # PostgreSQL keeps no order of members: that of the mapping is nearest to the file's.
    rules = run.mapping.get("rules", [])
    mapped = [column for rule in rules for column in rule["columns"] if column in found]
    named = [column for column in dict.fromkeys([*mapped, *found]) if column != MORE_CELLS]
    return named, MORE_CELLS in found, has_objects


def _cell(value: Any) -> Any:
    """A value as a cell: lists and objects as JSON, as they stood in the file."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _line(cells: list[Any]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([guarded(cell) for cell in cells])
    return line.getvalue()
