"""Reading rows by a mapping: each becomes a document, or says why it does not."""

from collections import deque
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from directory.documents.references import References
from directory.exchange.mappings.composing import Composer
from directory.exchange.mappings.draft import Draft, Refused
from directory.exchange.mappings.gathering import (
    Gatherer,
    Piece,
    is_nested,
    key_of,
    value_at,
)
from directory.exchange.mappings.mapping import Mapping
from directory.exchange.mappings.proving import proven
from directory.exchange.mappings.ready import read_document
from directory.exchange.mappings.staged import ProblemKind, RowProblem, StagedRow
from directory.exchange.tables import MORE_CELLS, Table, UnreadableFile
from directory.models.import_row import BY_NAME
from directory.models.vocabulary import Holder, held_vocabulary
from directory.search.words import fold_name

EXTERNAL_ID_MAX = 200


class Reader:
    """Reads the rows of one file for one source; keeps what it looked up from row to row."""

    def __init__(self, mapping: Mapping, source_code: str) -> None:
        self.mapping = mapping
        self._source_code = source_code
        self._gatherer = Gatherer(mapping)
        self._filters = [
            (one.column, {key_of(w) for w in one.accepts}, {key_of(w) for w in one.refuses})
            for one in mapping.filters
        ]
        self._references = References()
        self._composer = Composer(mapping, source_code, self._references)
        self._holder = Holder()
        self._rows_of_ids: dict[str, int] = {}

    def rows(self, table: Table) -> Iterator[StagedRow]:
        """All rows of a table, staged.

        Raises UnreadableFile where the table does, and where it has no column for the name.
        """
        self._check_columns(table)
        waiting: deque = deque()
        for row in table.rows():
            waiting.append(row)
            if len(waiting) > self.mapping.skip_rows_at_end:
                yield self.read(*waiting.popleft())
        for number, values in waiting:
            yield _not_meant(number, values, "", _("The mapping passes over the last rows."))

    def _check_columns(self, table: Table) -> None:
        missing = self.mapping.missing_columns(table.columns)
        named = [rule for rule in self.mapping.rules if rule.target == "name" or rule.is_needed]
        needed = {column for rule in named for column in rule.columns}
        if decisive := [column for column in missing if column in needed]:
            raise UnreadableFile(
                _(
                    "The file has no column %(columns)s, which the mapping needs. "
                    "Say which of its columns holds that."
                )
                % {"columns": ", ".join(decisive)}
            )
        if missing:
            table.note(_("The file has no column %(columns)s.") % {"columns": ", ".join(missing)})

    def read(self, number: int, values: dict[str, Any]) -> StagedRow:
        """One row; a number that an earlier row of this reader had is refused."""
        with held_vocabulary(self._holder):
            return self._read(number, values)

    def _read(self, number: int, values: dict[str, Any]) -> StagedRow:
        if reason := self._reason_to_pass(values):
            return _not_meant(number, values, *reason)
        if self.mapping.rows_are_documents:
            return read_document(number, values, self._source_code, self._references)
        draft = Draft(self._gatherer.gather(values))
        staged = StagedRow(number, "", values, problems=draft.problems)
        try:
            _check_cells(draft, values)
            self._check_nested(draft, values)
            staged.external_id = self._external_id(draft, number)
            self._composer.compose(draft, staged.external_id)
            staged.document = proven(draft, self._references)
        except Refused:
            pass  # The draft's problems say why.
        return staged

    def _check_nested(self, draft: Draft, values: dict[str, Any]) -> None:
        """Leave out objects and lists where one value is expected; a name refuses its row."""
        if not any(isinstance(value, dict | list) for value in values.values()):
            return
        for rule in self._gatherer.rules:
            for column in rule.columns:
                cell = value_at(values, column)
                if not is_nested(rule, cell):
                    continue
                kind = _("an object") if isinstance(cell, dict) else _("a list")
                reason = _("Here stands %(kind)s, where one value is expected.") % {"kind": kind}
                if rule.target == "name":
                    draft.refuse(column, str(cell), reason)
                draft.leave_out(Piece(cell, column, str(cell)[:200], rule), reason)

    def _reason_to_pass(self, values: dict[str, Any]) -> tuple[str, str] | None:
        """The column and the sentence why a row is none to list; None where it is one."""
        if not any(value for value in values.values()):
            return "", _("The row is empty.")
        for column, accepted, refused in self._filters:
            word = key_of(str(value_at(values, column) or ""))
            if (accepted and word not in accepted) or word in refused:
                return column, _("The mapping does not list rows of this kind.")
        return None

    def _external_id(self, draft: Draft, number: int) -> str:
        """The row's number in its source; where it has none, its name and town."""
        given = draft.text("external_id")
        if not given:
            told = [draft.text(target) for target in ("name", "locality", "address", "country")]
            given = BY_NAME + ":".join(filter(None, map(fold_name, told)))
        piece = draft.first("external_id")
        column = piece.column if piece else ""
        given = given[:EXTERNAL_ID_MAX]
        first = self._rows_of_ids.setdefault(given, number)
        if first != number:
            reason = _("Row %(row)d has this number already.") % {"row": first}
            draft.refuse(column, given, reason)
        return given


def _check_cells(draft: Draft, values: dict[str, Any]) -> None:
    """Refuse a row whose cells have moved: what stands in which column is not known."""
    if MORE_CELLS in values:
        more = " | ".join(values[MORE_CELLS])
        draft.refuse("", more, _("The row has more cells than there are columns."))


def _not_meant(number: int, values: dict[str, Any], column: str, reason: str) -> StagedRow:
    value = str(value_at(values, column) or "") if column else ""
    problem = RowProblem(column, value[:200], reason, ProblemKind.NOT_MEANT)
    return StagedRow(number, "", values, problems=[problem])
