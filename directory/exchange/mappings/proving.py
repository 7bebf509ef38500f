"""Validation of composed documents: what is optional and wrong is left out, and said."""

from typing import Any

from directory.documents import InvalidDocument, Problem, validate
from directory.documents.difference import is_empty
from directory.documents.organization import FIELDS_WITH_ORIGIN
from directory.documents.references import References
from directory.exchange.mappings.draft import Draft, Refused
from directory.exchange.mappings.gathering import Piece
from directory.exchange.mappings.staged import ProblemKind, RowProblem

ROUNDS = 3  # What is left out may make something else incomplete.
NEEDED = ("/name", "/sources/0/source", "/sources/0/external_id")
TOGETHER = {"latitude": "longitude", "longitude": "latitude"}


def proven(draft: Draft, references: References) -> dict[str, Any]:
    """The validated document. Raises draft.Refused where a needed value is wrong."""
    for _round in range(ROUNDS):
        try:
            return _validated(draft, references)
        except InvalidDocument as error:
            _leave_out(draft, error.problems)
    try:
        return _validated(draft, references)
    except InvalidDocument as error:
        for problem in error.problems:
            piece = _origin(draft, problem.pointer)
            draft.problems.append(_remark(piece, problem, ProblemKind.REFUSED))
        raise Refused from error


def _validated(draft: Draft, references: References) -> dict[str, Any]:
    """The document with its record of the source naming all fields that came from it."""
    document = draft.document
    told = [name for name in FIELDS_WITH_ORIGIN if not is_empty(document.get(name))]
    document["sources"][0]["fields"] = told
    return validate(document, references=references)


def _leave_out(draft: Draft, problems: list[Problem]) -> None:
    """Take what is wrong out of the document, the last of each list first."""
    for problem in sorted(problems, key=_place_in_lists, reverse=True):
        piece = _origin(draft, problem.pointer)
        is_needed = problem.pointer in NEEDED or piece.rule.is_needed
        kind = ProblemKind.REFUSED if is_needed else ProblemKind.LEFT_OUT
        draft.problems.append(_remark(piece, problem, kind))
        if is_needed:
            raise Refused
        _remove(draft.document, problem.pointer.split("/")[1:])


def _place_in_lists(problem: Problem) -> list[tuple[int, str]]:
    steps = problem.pointer.split("/")
    return [(int(step), "") if step.isdigit() else (-1, step) for step in steps]


def _remove(document: Any, steps: list[str]) -> None:
    """Take out the member or list entry at a pointer; of claims and the like, the whole part."""
    *above, last = steps
    if len(steps) > 2 and steps[0] in {"claims", "identifiers", "links", "service_areas"}:
        above, last = steps[:1], steps[1]
    holder = document
    for step in above:
        holder = holder[int(step)] if isinstance(holder, list) else holder.get(step, {})
    if isinstance(holder, list):
        del holder[int(last)]
    else:
        holder.pop(last, None)
        holder.pop(TOGETHER.get(last, ""), None)


def _origin(draft: Draft, pointer: str) -> Piece:
    """Where the value at a pointer came from: the nearest origin above it."""
    steps = pointer.split("/")
    for end in range(len(steps), 1, -1):
        if piece := draft.origins.get("/".join(steps[:end])):
            return piece
    return Piece("", pointer)


def _remark(piece: Piece, problem: Problem, kind: ProblemKind) -> RowProblem:
    return RowProblem(piece.column, (piece.written or str(piece.value))[:200], problem.detail, kind)
