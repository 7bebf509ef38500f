"""What the cells of a row say of each target, before it is understood."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from directory.exchange.mappings.mapping import Mapping, Rule
from directory.exchange.mappings.targets import TARGETS
from directory.exchange.mappings.title_case import in_title_case

# Exports for spreadsheets put an apostrophe before what would be taken for a formula.
GUARDED = re.compile("'[=+@\t\r-]")
FOR_CONSTANTS = Rule("", ())


@dataclass(frozen=True)
class Piece:
    """A value for a target: what it is, and the column and cell that say so."""

    value: Any
    column: str = ""
    written: str = ""
    rule: Rule = FOR_CONSTANTS


Gathered = dict[str, list[Piece]]


def key_of(text: str) -> str:
    """The form in which words of a mapping are compared."""
    return " ".join(text.split()).casefold()


def value_at(values: dict[str, Any], column: str) -> Any:
    """What stands in a column; `address.city` also finds the member of an object."""
    if column in values:
        return values[column]
    found: Any = values
    for name in column.split("."):
        if not isinstance(found, dict) or name not in found:
            return None
        found = found[name]
    return found


class Gatherer:
    """Applies the rules of a mapping: value tables, joins, lists, words for "not known"."""

    def __init__(self, mapping: Mapping) -> None:
        self.rules = [rule for rule in mapping.rules if rule.target != "ignore"]
        self._nothing = {key_of(word) for word in mapping.nothing}
        self._tables = [
            {key_of(name): as_list(value) for name, value in rule.values.items()}
            for rule in self.rules
        ]
        self._constants = {
            target: [Piece(value) for value in as_list(given)]
            for target, given in mapping.constants.items()
        }

    def gather(self, values: dict[str, Any]) -> Gathered:
        """The pieces for each target; constants where no column says anything."""
        gathered: Gathered = {}
        for rule, table in zip(self.rules, self._tables, strict=True):
            # Most cells of most files are empty.
            if "" not in table and not any(value_at(values, c) for c in rule.columns):
                continue
            pieces = list(self._pieces(rule, table, values))
            if pieces:
                gathered.setdefault(rule.target, []).extend(pieces)
        for target, pieces in self._constants.items():
            gathered.setdefault(target, pieces)
        return gathered

    def says_nothing(self, text: str) -> bool:
        """Whether a text is empty, or a word for "not known"."""
        return not text or key_of(text) in self._nothing

    def _pieces(self, rule: Rule, table: dict, values: dict[str, Any]) -> Iterator[Piece]:
        cells = [value_at(values, column) for column in rule.columns]
        cells = [None if is_nested(rule, cell) else cell for cell in cells]
        if rule.target == "point" and isinstance(cells[0], dict | list):
            yield Piece(cells[0], rule.columns[0], str(cells[0])[:200], rule)
        elif len(cells) == 1 and isinstance(cells[0], list):
            for value in cells[0]:
                yield from self._of_text(rule, table, [_as_text(value)])
        else:
            yield from self._of_text(rule, table, list(map(_as_text, cells)))

    def _of_text(self, rule: Rule, table: dict, cells: list[str]) -> Iterator[Piece]:
        """One piece of all cells joined, or one for each value of a list."""
        written = " | ".join(filter(None, cells))
        column = " + ".join(rule.columns)
        if rule.separators:
            found = [
                v
                for cell in cells
                for part in _split(cell, rule)
                for v in self._look(rule, table, part)
            ]
            yield from (Piece(value, column, written, rule) for value in dict.fromkeys(found))
            return
        looked = [self._look(rule, table, cell) for cell in cells]
        if len(cells) == 1:
            yield from (Piece(value, column, written, rule) for value in looked[0])
        elif joined := rule.joined_by.join(value for found in looked for value in found):
            yield Piece(joined, column, written, rule)

    def _look(self, rule: Rule, table: dict, text: str) -> list[str]:
        """What the value table makes of a text; the text itself where it says nothing of it."""
        text = text.strip().strip(rule.strip).strip() if rule.strip else text.strip()
        if GUARDED.match(text):
            text = text[1:]
        if table:
            found = table.get(key_of(text))
            if found is not None:
                return found
        if rule.only_known or self.says_nothing(text):
            return []
        return [in_title_case(text) if rule.case == "title" else text]


def is_nested(rule: Rule, cell: Any) -> bool:
    """Whether an object or a list stands where the rule takes one value, or values of one each."""
    if rule.target == "point":
        return False
    if not isinstance(cell, list):
        return isinstance(cell, dict)
    takes_several = TARGETS[rule.target].is_list or rule.target == "website"
    return any(isinstance(one, dict | list) for one in cell) or (
        len(cell) > 1 and not takes_several
    )


def _as_text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def as_list(value: str | list[str]) -> list[str]:
    """One value of a mapping, or several, without what is empty."""
    return [one for one in ([value] if isinstance(value, str) else value) if one]


def _split(cell: str, rule: Rule) -> list[str]:
    cell = cell.strip().strip(rule.strip)
    for separator in rule.separators[1:]:
        cell = cell.replace(separator, rule.separators[0])
    return cell.split(rule.separators[0])
