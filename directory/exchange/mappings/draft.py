"""A document while it is put together, and what there is to say of it."""

from dataclasses import dataclass, field
from typing import Any

from directory.exchange.mappings.gathering import Gathered, Piece
from directory.exchange.mappings.staged import ProblemKind, RowProblem
from directory.exchange.mappings.understood import NotUnderstood


class Refused(Exception):
    """The row makes no listing; the draft's problems say why."""


@dataclass
class Draft:
    """A row's document so far, where its values came from, and remarks."""

    gathered: Gathered
    document: dict[str, Any] = field(default_factory=dict)
    problems: list[RowProblem] = field(default_factory=list)
    origins: dict[str, Piece] = field(default_factory=dict)  # JSON pointer → where it came from

    def first(self, target: str) -> Piece | None:
        """The first piece that says something for a target."""
        return next((piece for piece in self.gathered.get(target, ()) if piece.value), None)

    def text(self, target: str) -> str:
        """The same as text; "" where there is none."""
        piece = self.first(target)
        return str(piece.value) if piece else ""

    def put(self, name: str, value: Any, piece: Piece) -> None:
        """Set a field of the document, remembering which column said so."""
        self.document[name] = value
        self.origins[f"/{name}"] = piece

    def leave_out(
        self,
        piece: Piece,
        reason: NotUnderstood | str,
        kind: ProblemKind = ProblemKind.LEFT_OUT,
    ) -> None:
        """Go without a value; Refused is raised where its rule says that it is needed."""
        kind = ProblemKind.REFUSED if piece.rule.is_needed else kind
        self.remark(piece, str(reason), kind)
        if piece.rule.is_needed:
            raise Refused

    def remark(self, piece: Piece, reason: str, kind: ProblemKind) -> None:
        """Keep a remark on what a cell says."""
        written = piece.written or str(piece.value)
        problem = RowProblem(piece.column, written[:200], reason, kind)
        if problem not in self.problems:
            self.problems.append(problem)

    def refuse(self, column: str, value: str, reason: str) -> None:
        """Raise Refused, with the reason kept."""
        self.problems.append(RowProblem(column, value[:200], reason, ProblemKind.REFUSED))
        raise Refused
