"""XLSX: rows of a sheet as texts. Formulas are never calculated: their stored results are read."""

import datetime
import io
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
from django.conf import settings
from django.utils.translation import gettext as _

from directory.exchange.tables.archives import check_workbook
from directory.exchange.tables.cells import Cells, table_of_cells
from directory.exchange.tables.table import Layout, NoTableThere, Table, UnreadableFile

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
    workbook = _opened(path)
    sheet = _chosen(workbook, layout.sheet)
    table = table_of_cells(name, "xlsx", lambda: _cells(workbook[sheet], layout), layout)
    others = [title for title in workbook.sheetnames if title != sheet]
    if others:
        table.note(
            _("Sheet “%(sheet)s” was read. Others: %(others)s.")
            % {"sheet": sheet, "others": ", ".join(others[:10])}
        )
    return table


def _opened(path: Path) -> Any:
    """The workbook, opened once for all walks: its texts alone may take seconds to read."""
    # Two seconds and 35 MB that only those who bring a workbook spend.
    import openpyxl

    # From memory, so that no file stays open; nor does openpyxl ask what it is called.
    content = io.BytesIO(path.read_bytes())
    try:
        with _silently():
            return openpyxl.load_workbook(content, read_only=True, data_only=True, keep_links=False)
    except DAMAGED as error:
        raise _damaged(error) from error


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
            raise NoTableThere(
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


def _cells(sheet: Any, layout: Layout) -> Iterator[Cells]:
    # Some programs write a size that is not the sheet's.
    sheet.reset_dimensions()
    walked = sheet.iter_rows(values_only=True)
    number, most = 0, settings.IMPORT_COLUMNS_MAX
    last = settings.IMPORT_ROWS_MAX + layout.skip_rows + layout.header_rows
    try:
        while True:
            with _silently():
                row = next(walked, None)
            if row is None:
                return
            number += 1
            # A row that says it is far down makes openpyxl give out all those above it.
            if number > last and all(value is None for value in row):
                raise UnreadableFile(
                    _(
                        "Row %(row)d is empty; only %(most)d rows can be read. Delete the empty rows."
                    )
                    % {"row": number, "most": settings.IMPORT_ROWS_MAX}
                )
            if len(row) > most and any(value is not None for value in row[most:]):
                raise UnreadableFile(
                    _("Row %(row)d has cells beyond column %(most)d, the last that can be read.")
                    % {"row": number, "most": most}
                )
            yield number, [_text(value) for value in row[:most]]
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
