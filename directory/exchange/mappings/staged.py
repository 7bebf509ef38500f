"""What reading one row gave."""

import enum
from dataclasses import dataclass, field
from typing import Any

from directory.models.import_row import LEFT_OUT, UNKNOWN_TOWN, UNKNOWN_WORD


class ProblemKind(enum.StrEnum):
    """How much a remark on a row matters."""

    REFUSED = "refused"  # The row makes no listing.
    NOT_MEANT = "not-meant"  # The row is no enterprise to list: filtered out, empty, a footnote.
    LEFT_OUT = LEFT_OUT  # One value could not be understood; the listing goes without it.
    UNDERSTOOD = "understood"  # A value was taken otherwise than it was written.
    UNKNOWN_WORD = UNKNOWN_WORD  # The vocabulary has no such term: the listing goes without it.
    UNKNOWN_TOWN = UNKNOWN_TOWN  # The gazetteer has no such town: it is placed less exactly.


@dataclass(frozen=True)
class RowProblem:
    """A remark on one value: its column, the value as it stands there, and why, in a sentence."""

    column: str
    value: str
    reason: str
    kind: ProblemKind = ProblemKind.REFUSED


@dataclass
class StagedRow:
    """A row as it stands in the file, and the validated document that it makes.

    `document` is None where the row is refused or not meant; `problems` says why. Where there is
    a document, `problems` holds what was left out of it and what was understood differently.
    """

    number: int
    external_id: str
    values: dict[str, Any]
    document: dict[str, Any] | None = None
    problems: list[RowProblem] = field(default_factory=list)
