"""Listings as CSV (RFC 4180), in two flavours, a piece at a time.

The machine flavour says everything as it is, and has the whole document in its last column, so that
an import of it gives the same listings. The spreadsheet flavour is for eyes: a spreadsheet program
would compute a cell that begins like a formula, so such a cell begins with an apostrophe.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from directory.exchange.listed import Listed
from directory.exchange.rows import COLUMNS, WHOLE, Rows, as_json

BOM = "\ufeff"  # By it spreadsheet programs know UTF-8.
ROWS_AT_ONCE = 200
# What begins a formula, also in the wide letters of East Asian keyboards (SAFETY.md 7).
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where programs divide at semicolons or tabs, as many do by their country, a cell may begin in a cell.
WITHIN = re.compile(rf"([;\t\r\n]\s*)(?=[{re.escape(''.join(''.join(FORMULA_SIGNS).split()))}])")


def machine_csv(listings: Iterable[Listed], rows: Rows) -> Iterator[bytes]:
    """The flavour for programs."""
    yield from lines([[*COLUMNS, WHOLE]])
    held = Held()
    # The document is a long cell: it is quoted at once, not letter by letter.
    writer = csv.writer(held, lineterminator=",")
    for number, listed in enumerate(listings, 1):
        writer.writerow(rows.row(listed))
        document = as_json(listed.document).replace('"', '""')
        held.write(f'"{document}"\r\n')
        if number % ROWS_AT_ONCE == 0:
            yield held.taken()
    yield held.taken()


def spreadsheet_csv(listings: Iterable[Listed], rows: Rows) -> Iterator[bytes]:
    """The flavour for spreadsheet programs: cells that look like formulas are guarded."""
    yield BOM.encode()
    yield from lines([COLUMNS])
    found = (map(guarded, rows.row(listed)) for listed in listings)
    yield from lines(found, quoting=csv.QUOTE_NONNUMERIC)


def guarded(cell: Any) -> Any:
    """The cell, with an apostrophe in front where a spreadsheet program would take it for a formula.

    The same within a cell, behind signs at which a program may divide it. Numbers are numbers: a
    longitude may begin with a minus.
    """
    if not isinstance(cell, str):
        return cell
    within = WITHIN.sub(r"\1'", cell)
    return f"'{within}" if cell.lstrip(" ").startswith(FORMULA_SIGNS) else within


def lines(rows: Iterable[Iterable[Any]], *, quoting: int = csv.QUOTE_MINIMAL) -> Iterator[bytes]:
    """Rows as the bytes of CSV lines, some hundred lines at a time."""
    held = Held()
    writer = csv.writer(held, quoting=quoting)
    for number, row in enumerate(rows, 1):
        writer.writerow(row)
        if number % ROWS_AT_ONCE == 0:
            yield held.taken()
    yield held.taken()


class Held:
    """Pieces of text until they are taken as bytes: io.StringIO holds four bytes for each letter."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.write = self._pieces.append

    def taken(self) -> bytes:
        """What was written since the last time."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text.encode()
