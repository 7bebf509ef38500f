"""Rows of cells made into named values: header rows, duplicate and empty names, ragged rows."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from django.conf import settings
from django.utils.translation import gettext as _

from directory.exchange.tables.characters import UNREADABLE, storable
from directory.exchange.tables.encodings import lines_named
from directory.exchange.tables.table import (
    MORE_CELLS,
    Layout,
    NoTableThere,
    Row,
    Table,
    UnreadableFile,
)

Cells = tuple[int, list[str]]


def table_of_cells(
    name: str, form: str, walk: Callable[[], Iterator[Cells]], layout: Layout
) -> Table:
    """A table whose first rows, below those to skip, name its columns.

    Raises UnreadableFile where there is no header, or where it has too many columns.
    """
    start = layout.skip_rows + layout.header_rows
    top = list(islice(walk(), layout.skip_rows, start))
    if not top or not any(cell.strip() for _number, cells in top for cell in cells):
        raise NoTableThere(_("There is no header row that names the columns."))
    columns = column_names([cells for _number, cells in top])
    table = Table(name, form, columns, lambda: iter(()))
    table.walk = lambda: _named(table, islice(walk(), start, None))
    return table


def column_names(rows: list[list[str]]) -> list[str]:
    """One name a column from one or several header rows.

    In all rows but the last an empty cell repeats the one before it, as merged cells do. Line
    breaks become blanks; a name that comes again gets a number; an empty one becomes "Column 4".
    Raises UnreadableFile where there are too many.
    """
    width = max(_width(row) for row in rows)
    if width > settings.IMPORT_COLUMNS_MAX:
        raise UnreadableFile(
            _("There are %(count)d columns; at most %(most)d can be read.")
            % {"count": width, "most": settings.IMPORT_COLUMNS_MAX}
        )
    layers = [*map(_filled, rows[:-1]), rows[-1]]
    names: list[str] = []
    for i in range(width):
        parts = [" ".join(storable(layer[i]).split()) for layer in layers if i < len(layer)]
        names.append(": ".join(dict.fromkeys(filter(None, parts))) or f"Column {i + 1}")
    return _numbered(names)


def _width(cells: list[str]) -> int:
    """How many cells there are up to the last that says something."""
    return max((i + 1 for i, cell in enumerate(cells) if cell.strip()), default=0)


def _filled(cells: list[str]) -> list[str]:
    filled: list[str] = []
    for cell in cells:
        filled.append(cell if cell.strip() or not filled else filled[-1])
    return filled


def _numbered(names: list[str]) -> list[str]:
    """Repeated names as Name, Name (2), Name (3)."""
    taken: set[str] = set()
    numbered = []
    for name in names:
        unique, count = name, 1
        while unique in taken:
            count += 1
            unique = f"{name} ({count})"
        taken.add(unique)
        numbered.append(unique)
    return numbered


def _named(table: Table, rows: Iterable[Cells]) -> Iterator[Row]:
    """The rows by column; what is ragged is noted once all were walked."""
    columns, width = table.columns, len(table.columns)
    short: list[int] = []
    long: list[int] = []
    unreadable: list[int] = []
    number = 0
    for number, cells in _without_empty_end(rows):
        _check_lengths(number, cells, columns)
        values = dict(zip(columns, map(storable, cells), strict=False))
        if any(UNREADABLE in cell for cell in values.values()):
            unreadable.append(number)
        if len(cells) < width:
            values |= dict.fromkeys(columns[len(cells) :], "")
            if cells:
                short.append(number)
        elif _width(cells) > width:
            values[MORE_CELLS] = [storable(cell) for cell in cells[width:]]
            long.append(number)
        yield number, values
    _note(table, _("Rows with fewer cells than columns: %(rows)s."), short)
    _note(table, _("Rows with more cells than columns: %(rows)s."), long)
    _note(table, _("Rows with characters that could not be read: %(rows)s."), unreadable)
    if not number:
        table.note(_("There are no rows below the header."))


def _note(table: Table, text: str, numbers: list[int]) -> None:
    if numbers:
        table.note(text % {"rows": lines_named(numbers)})


def _without_empty_end(rows: Iterable[Cells]) -> Iterator[Cells]:
    """All rows but the empty ones after the last that says something."""
    empty: list[int] = []
    for number, cells in rows:
        if not any(cell and not cell.isspace() for cell in cells):
            if len(empty) <= settings.IMPORT_ROWS_MAX:
                empty.append(number)
            continue
        yield from chain(((line, []) for line in empty), ((number, cells),))
        empty = []


def _check_lengths(number: int, cells: list[str], columns: list[str]) -> None:
    most = settings.IMPORT_CELL_LENGTH_MAX
    for i, cell in enumerate(cells):
        if len(cell) > most:
            raise UnreadableFile(
                _("Row %(row)d, column %(column)s: the cell has %(length)d characters; at most ")
                % {
                    "row": number,
                    "column": columns[i] if i < len(columns) else i + 1,
                    "length": len(cell),
                }
                + _("%(most)d fit. Perhaps a quote is never closed.") % {"most": most}
            )
