"""Rows that are documents already, as a directory like this one writes them."""

import json
from typing import Any

from directory.documents import InvalidDocument, validate
from directory.documents.organization import ORGANIZATION
from directory.documents.references import References
from directory.exchange.mappings.staged import RowProblem, StagedRow

NUMBERS = ("members_count", "workers_count")
# By which members an export tells a listing's own number.
IDS = ("uid", "id")


def read_document(
    number: int, values: dict[str, Any], source_code: str, references: References
) -> StagedRow:
    """The row as it is, checked; members that documents do not have are passed over.

    A document may also stand as JSON in the column `document`, as our CSV has it.
    Its number is its uid, else the one that the source's record gives, else its slug. The source
    is added only where the document names none.
    """
    written = _in_cell(values)
    document = {name: written[name] for name in ORGANIZATION.members if name in written}
    for name, value in document.items():
        if name in NUMBERS and isinstance(value, str) and value.isdigit():
            document[name] = int(value)
        elif value in ("true", "false") and name.endswith("_is_public"):
            document[name] = value == "true"
    records = [r for r in document.get("sources") or [] if isinstance(r, dict)]
    own = [str(r.get("external_id") or "") for r in records if r.get("source") == source_code]
    told = [values.get(name) for name in IDS] + own + [values.get("slug"), values.get("name")]
    staged = StagedRow(number, str(next(filter(None, told), ""))[:200], values)
    if not records:
        document["sources"] = [{"source": source_code, "external_id": staged.external_id}]
    try:
        staged.document = validate(document, references=references)
    except InvalidDocument as error:
        staged.problems = [
            RowProblem(p.pointer, _at(document, p.pointer), p.detail) for p in error.problems
        ]
    return staged


def _in_cell(values: dict[str, Any]) -> dict[str, Any]:
    """The members of the document in a cell; the row's own where there is none."""
    try:
        found = json.loads(values.get("document") or "")
    except (TypeError, ValueError, RecursionError):
        return values
    return found if isinstance(found, dict) else values


def _at(document: Any, pointer: str) -> str:
    """What stands at a JSON pointer, as far as it can be told."""
    found = document
    for step in pointer.split("/")[1:]:
        if isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        elif isinstance(found, dict):
            found = found.get(step)
        else:
            return ""
    return "" if found is None else str(found)[:200]
