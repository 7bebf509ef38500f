"""The rows that an import refused, as our own error file has them: read without our remarks."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from directory.exchange.tables.objects import leaves
from directory.exchange.tables.table import MORE_CELLS, Row, Table, UnreadableFile

REMARKS = 4  # Row, column, value and reason; then the columns of the file.
# "row [import 12]": the number of the import, and whether its values were lists and objects.
_MARK = re.compile(r" \[import (\d{1,9})(, objects)?\]$")


def marked(word: str, number: int, *, has_objects: bool) -> str:
    """The name of a column of ours, by which the file is known again in any language."""
    return f"{word} [import {number}{', objects' if has_objects else ''}]"


def without_remarks(table: Table) -> Table:
    """The table without the columns of ours that `marked` named; any other table as it is.

    Cells for which a row had no column are so again until somebody takes them out.
    """
    found = {column: mark for column in table.columns if (mark := _MARK.search(column))}
    if len(found) < REMARKS or any(column not in found for column in table.columns[:REMARKS]):
        return table
    if len(found) == len(table.columns):
        raise UnreadableFile(_("It has no column but those that say why rows were refused."))
    mark = found[table.columns[0]]
    more = {*found} - {*table.columns[:REMARKS]}
    has_objects = bool(mark[2])
    # Another table: the rows of the first are named by its own columns.
    bare = replace(
        table,
        columns=[column for column in table.columns if column not in found],
        walk=lambda: _as_they_stood(table.walk(), {*found}, more, has_objects),
        refused_in=int(mark[1]),
    )
    if has_objects:
        bare.columns = _columns_within(bare)
    bare.note(
        _(
            "These are rows that import %(number)d refused. What it said of them is passed over, "
            "and the file counts as a part of what the source has."
        )
        % {"number": bare.refused_in}
    )
    return bare


def _as_they_stood(
    rows: Iterator[Row], remarks: set[str], more: set[str], has_objects: bool
) -> Iterator[Row]:
    for number, values in rows:
        row = {
            name: _decoded(value) if has_objects else value
            for name, value in values.items()
            if name not in remarks
        }
        moved = [cell for column in more for cell in _cells_in(values.get(column))]
        if moved:
            row[MORE_CELLS] = [*row.get(MORE_CELLS, []), *moved]
        yield number, row


def _decoded(value: Any) -> Any:
    """A list or an object as it stood in its file; anything else as it is."""
    if not isinstance(value, str) or value[:1] not in ("[", "{"):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _cells_in(value: Any) -> list[str]:
    found = _decoded(value)
    return [str(cell) for cell in found] if isinstance(found, list) else [found] if found else []


def _columns_within(table: Table) -> list[str]:
    """The names by which a mapping reaches what stands in objects."""
    columns: dict[str, None] = {}
    for _number, values in table.rows():
        for name, value in values.items():
            if name != MORE_CELLS:
                columns.update(dict.fromkeys(leaves(name, value)))
    return [*columns] or table.columns
