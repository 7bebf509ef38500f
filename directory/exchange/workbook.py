"""Listings as a workbook (XLSX): a sheet of them, and a sheet with licence and credit lines.

Written to a file row by row, so that memory does not grow. Every text is typed as text: a program
that opens the workbook computes none of it, and nothing needs a guard in front. The same listings
give the same bytes: the workbook is dated by the newest of them, never by the clock.
"""

import datetime
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from directory.exchange.listed import Listed
from directory.exchange.rows import COLUMNS, Rows

ROWS_MAX = 1_048_576  # Of a sheet: the format's own limit.
CELL_LENGTH_MAX = 32_767
BYTES_AT_ONCE = 64 * 1024
# Of a workbook without listings: the first day that a zip knows.
FIRST_DAY = "1980-01-01T00:00:00"


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
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Listings")
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    newest = FIRST_DAY
    for number, listed in enumerate(listings, 2):
        if number > ROWS_MAX:
            raise ValueError(f"a sheet holds {ROWS_MAX} rows; choose CSV")
        sheet.append([_cell(sheet, value) for value in rows.row(listed)])
        newest = max(newest, listed.updated_at[: len(FIRST_DAY)])
    credit = book.create_sheet("Licence")
    for line in (*rows.licences.of_file, *rows.licences.all_lines):
        credit.append([_cell(credit, line)])
    dated = datetime.datetime.fromisoformat(newest)
    book.properties.created = book.properties.modified = dated
    ExcelWriter(book, UndatedArchive(path, "w", ZIP_DEFLATED)).save()


class UndatedArchive(ZipFile):
    """A zip that does not tell when its entries were written."""

    def writestr(self, name: str, content: str | bytes) -> None:
        """Add an entry of these contents."""
        super().writestr(self._entry(name), content)

    def write(self, path: str, name: str) -> None:
        """Add an entry of what the file holds."""
        with open(path, "rb") as file, self.open(self._entry(name), "w", force_zip64=True) as entry:
            shutil.copyfileobj(file, entry, BYTES_AT_ONCE)

    def _entry(self, name: str) -> ZipInfo:
        about = ZipInfo(name)  # Of the first day that a zip knows.
        about.compress_type = self.compression
        return about


def _cell(sheet: Any, value: Any) -> Any:
    """A text as text, whatever it begins with; a number as a number."""
    if not isinstance(value, str) or not value.startswith("="):
        return value[:CELL_LENGTH_MAX] if isinstance(value, str) else value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value[:CELL_LENGTH_MAX])
    cell.data_type = "s"
    return cell
