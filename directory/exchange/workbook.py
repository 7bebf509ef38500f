"""Listings as a workbook (XLSX): a sheet of them, and a sheet with licence and credit lines.

Written to a file row by row, so that memory does not grow. Every text is typed as text: a program
that opens the workbook computes none of it, and nothing needs a guard in front.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from directory.exchange.listed import Listed
from directory.exchange.rows import COLUMNS, Rows

ROWS_MAX = 1_048_576  # Of a sheet: the format's own limit.
CELL_LENGTH_MAX = 32_767
BYTES_AT_ONCE = 64 * 1024


def workbook(listings: Iterable[Listed], rows: Rows) -> Iterator[bytes]:
    """The bytes of the file; they come when its last row is written."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "listings.xlsx"
        write_workbook(path, listings, rows)
        with path.open("rb") as file:
            while piece := file.read(BYTES_AT_ONCE):
                yield piece


def write_workbook(path: Path, listings: Iterable[Listed], rows: Rows) -> None:
    """Write the file. Raises ValueError for more listings than a sheet has rows."""
    from openpyxl import Workbook  # Loads slowly, and few processes ever write one.

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Listings")
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    for number, listed in enumerate(listings, 2):
        if number > ROWS_MAX:
            raise ValueError(f"a sheet holds {ROWS_MAX} rows; choose CSV")
        sheet.append([_cell(sheet, value) for value in rows.row(listed)])
    credit = book.create_sheet("Licence")
    for line in (*rows.licences.of_file, *rows.licences.all_lines):
        credit.append([_cell(credit, line)])
    book.save(path)


def _cell(sheet: Any, value: Any) -> Any:
    """A text as text, whatever it begins with; a number as a number."""
    if not isinstance(value, str) or not value.startswith("="):
        return value[:CELL_LENGTH_MAX] if isinstance(value, str) else value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value[:CELL_LENGTH_MAX])
    cell.data_type = "s"
    return cell
