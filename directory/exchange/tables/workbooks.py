"""XLSX: rows of a sheet as texts. Formulas are never calculated: their stored results are read."""

import datetime
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _

from directory.exchange.tables.archives import check_workbook
from directory.exchange.tables.cells import Cells, table_of_cells
from directory.exchange.tables.table import Layout, Table, UnreadableFile

# What openpyxl lets through when a workbook is damaged inside.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    DefusedXmlException,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OverflowError,
    EOFError,
)


def open_workbook(path: Path, name: str, layout: Layout) -> Table:
    """The table on a sheet: the one named, or the first that holds anything.

    Raises UnreadableFile where the file is damaged, could do harm, or has no such sheet.
    """
    check_workbook(path)
    with _opened(path) as workbook:
        sheet = _chosen(workbook, layout.sheet)
        others = [title for title in workbook.sheetnames if title != sheet]
    table = table_of_cells(name, "xlsx", lambda: _cells(path, sheet), layout)
    if others:
        table.note(
            _("Sheet “%(sheet)s” was read. Others: %(others)s.")
            % {"sheet": sheet, "others": ", ".join(others[:10])}
        )
    return table


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    # Two seconds and 35 MB that only those who bring a workbook spend.
    import openpyxl

    # Opened here, since openpyxl refuses files that are not called .xlsx.
    with path.open("rb") as file:
        try:
            with _silently():
                workbook = openpyxl.load_workbook(
                    file, read_only=True, data_only=True, keep_links=False
                )
        except DAMAGED as error:
            raise _damaged(error) from error
        try:
            yield workbook
        finally:
            workbook.close()


@contextmanager
def _silently() -> Iterator[None]:
    """Without openpyxl's remarks on styles and dates that it passes over."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _damaged(error: Exception, row: int = 0) -> UnreadableFile:
    if isinstance(error, UnreadableFile):
        return error
    # openpyxl goes on to name the path, which is nobody's business.
    reason = re.split(r" from |\n", str(error))[0][:200] or type(error).__name__
    if row:
        text = _("Row %(row)d of the workbook cannot be read (%(reason)s).")
        return UnreadableFile(text % {"row": row, "reason": reason})
    return UnreadableFile(_("The workbook is damaged (%(reason)s).") % {"reason": reason})


def _chosen(workbook: Any, wanted: str) -> str:
    """The name of the sheet to read."""
    sheets = [sheet.title for sheet in workbook.worksheets]
    if wanted:
        if wanted not in sheets:
            raise UnreadableFile(
                _("There is no sheet “%(sheet)s”. There are: %(sheets)s.")
                % {"sheet": wanted, "sheets": ", ".join(sheets[:20])}
            )
        return wanted
    try:
        for sheet in workbook.worksheets:
            is_shown = sheet.sheet_state == "visible"
            with _silently():
                first = list(sheet.iter_rows(max_row=20, values_only=True)) if is_shown else []
            if any(any(row) for row in first):
                return sheet.title
    except DAMAGED as error:
        raise _damaged(error) from error
    raise UnreadableFile(_("No sheet of the workbook holds anything."))


def _cells(path: Path, sheet: str) -> Iterator[Cells]:
    number = 0
    with _opened(path) as workbook:
        rows = workbook[sheet]
        # Some programs write a size that is not the sheet's.
        rows.reset_dimensions()
        walked = rows.iter_rows(values_only=True)
        try:
            while True:
                with _silently():
                    row = next(walked, None)
                if row is None:
                    return
                number += 1
                yield number, [_text(value) for value in row]
        except DAMAGED as error:
            raise _damaged(error, number + 1) from error


def _text(value: Any) -> str:
    """A cell as text: whole numbers without a point, days without midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        is_day = value.time() == datetime.time(0)
        return value.date().isoformat() if is_day else value.isoformat(timespec="minutes")
    text = str(value)
    return "" if text.startswith("#") and text in ERRORS else text


ERRORS = frozenset("#NULL! #DIV/0! #VALUE! #REF! #NAME? #NUM! #N/A".split())
