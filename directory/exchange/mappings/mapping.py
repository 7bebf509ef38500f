"""A mapping: which columns of a source say what, kept as JSON beside the source."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from directory.exchange.mappings.checking import VERSION, problems_of


class InvalidMapping(ValueError):
    """The JSON is no mapping; `problems` says why, each beginning with where."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


@dataclass(frozen=True)
class Rule:
    """What becomes of a column, or of several joined."""

    target: str
    columns: tuple[str, ...]
    joined_by: str = " "
    separators: str = ""  # Characters between the values of a list in one cell.
    strip: str = ""  # Characters around a value that say nothing.
    values: dict[str, str | list[str]] = field(default_factory=dict)  # What to take for a value.
    only_known: bool = False  # Values that `values` does not name say nothing.
    scheme: str = ""  # Of an identifier: its register; of governance: the question.
    statement: str = ""  # Of a claim: what it rests on, in words.
    case: str = ""  # "title": set texts in capitals in ordinary case.
    is_needed: bool = False  # Where the value cannot be understood, the row is refused.
    sureness: float = 1.0  # Of a guess: from 0 to 1.
    examples: tuple[str, ...] = ()  # Of a guess: what stands in the column.


@dataclass(frozen=True)
class Filter:
    """Which rows are meant: those whose column says one of some words, or none of them."""

    column: str
    accepts: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """How the rows of a source become documents. docs/imports.md describes each member."""

    name: str = ""
    title: str = ""
    rules: tuple[Rule, ...] = ()
    constants: dict[str, str | list[str]] = field(default_factory=dict)
    statement: str = ""  # Of claims whose rule has none of its own.
    summaries: dict[str, list[str]] = field(default_factory=dict)  # Sentences by language.
    nothing: tuple[str, ...] = ()  # Words for "not known".
    filters: tuple[Filter, ...] = ()
    date_order: str = "dmy"
    sheet: str = ""
    header_rows: int = 1
    skip_rows: int = 0
    skip_rows_at_end: int = 0
    delimiter: str = ""  # Of a text, where it is not to be guessed.
    rows_are_documents: bool = False  # As a directory like this one writes them.

    def as_json(self) -> dict[str, Any]:
        """The mapping as JSON, without what is as it would be anyway."""
        written = {"version": VERSION} | _told(asdict(self), Mapping())
        if self.rules:
            written["rules"] = [_told(asdict(rule), Rule("", ())) for rule in self.rules]
        if self.filters:
            written["filters"] = [_told(asdict(one), Filter("")) for one in self.filters]
        return written

    @classmethod
    def from_json(cls, written: Any) -> Self:
        """The mapping that the JSON describes. Raises InvalidMapping with all that is wrong."""
        if problems := problems_of(written):
            raise InvalidMapping(problems)
        members = {name: value for name, value in written.items() if name != "version"}
        members["rules"] = tuple(Rule(**_with_tuples(rule)) for rule in written.get("rules", []))
        members["filters"] = tuple(
            Filter(**_with_tuples(one)) for one in written.get("filters", [])
        )
        members["nothing"] = tuple(written.get("nothing", ()))
        return cls(**members)

    def missing_columns(self, columns: Iterable[str]) -> list[str]:
        """The columns that rules and filters name and a table does not have."""
        named = [column for rule in self.rules for column in rule.columns]
        named += [one.column for one in self.filters]
        return [column for column in dict.fromkeys(named) if column not in {*columns}]

    def layout(self) -> dict[str, Any]:
        """What `open_table` has to know of the file."""
        names = ("sheet", "header_rows", "skip_rows", "delimiter")
        return {name: getattr(self, name) for name in names}


def _told(members: dict[str, Any], usual: Any) -> dict[str, Any]:
    """The members that are not as usual, tuples as lists."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in members.items()
        if value != getattr(usual, name)
    }


def _with_tuples(members: dict[str, Any]) -> dict[str, Any]:
    return {
        name: tuple(value) if isinstance(value, list) else value for name, value in members.items()
    }
