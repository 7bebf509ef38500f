"""CSV and its kin: any delimiter, any line ends, quoted or half-quoted."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from directory.exchange.tables.cells import Cells, table_of_cells
from directory.exchange.tables.encodings import Encoding, broken, encoding_of
from directory.exchange.tables.table import Layout, NoTableThere, Table

DELIMITERS = [",", ";", "\t", "|"]
# Signs that texts are full of as well: taken only where all rows fall into several cells by them.
SELDOM = ["^", "~", ":"]
CELLS_LEAST = 3  # By a sign that is seldom one: addresses and times of day have two.
SAMPLE = 65_536  # Characters in which the delimiter shows.


def open_delimited(path: Path, name: str, layout: Layout) -> Table:
    """The table in a text of cells with a delimiter between them.

    Raises UnreadableFile where it has no header, or a quote that is never closed.
    """
    encoding = encoding_of(path)
    try:
        with encoding.open(path) as text:
            sample = text.read(SAMPLE)
    except UnicodeError as error:
        raise broken(error, 1) from error
    declared = _declared_delimiter(sample)
    delimiter = declared or layout.delimiter or delimiter_of(sample)
    if declared:
        layout = replace(layout, skip_rows=layout.skip_rows + 1)
    form = "tsv" if delimiter == "\t" else "csv"
    table = table_of_cells(name, form, lambda: _cells(path, encoding, delimiter), layout)
    if encoding.note:
        table.note(encoding.note)
    return table


def _declared_delimiter(sample: str) -> str:
    """Spreadsheets write `sep=;` above the header to tell their kind."""
    first = sample.lstrip("\ufeff")[:8].splitlines()[:1]
    line = first[0].strip('"') if first else ""
    return line[4] if line.lower().startswith("sep=") and len(line) == 5 else ""


def delimiter_of(sample: str) -> str:
    """The delimiter by which the most rows have the same number of cells.

    One that is seldom a delimiter only where no other divides the names of the columns, and where
    all rows have as many cells as those.
    """
    usual = max(DELIMITERS, key=lambda delimiter: _fitness(sample, delimiter))
    if len(next(_rows(sample, usual), [])) > 1:
        return usual
    fits = {delimiter: _fitness(sample, delimiter) for delimiter in SELDOM}
    even = [sign for sign, (share, width) in fits.items() if share == 1.0 and width >= CELLS_LEAST]
    return max(even, key=lambda sign: fits[sign][1], default=usual)


def _rows(sample: str, delimiter: str) -> Iterator[list[str]]:
    """The rows of a sample with anything in them, as far as it can be read."""
    with suppress(csv.Error):
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if row:
                yield row


def _fitness(sample: str, delimiter: str) -> tuple[float, int]:
    rows = list(_rows(sample, delimiter))
    # The sample may end in the middle of the last row.
    counts = Counter(len(row) for row in (rows[:-1] if len(rows) > 1 else rows))
    width, agreeing = max(
        ((width, count) for width, count in counts.items() if width > 1),
        key=lambda pair: pair[1],
        default=(0, 0),
    )
    return agreeing / max(sum(counts.values()), 1), width


def _cells(path: Path, encoding: Encoding, delimiter: str) -> Iterator[Cells]:
    """Each row with the line on which it begins."""
    with encoding.open(path) as text:
        lines = _Lines(text)
        rows = csv.reader(lines, delimiter=delimiter)
        begun, cells = 1, []
        try:
            for cells in rows:
                # A quote that is never closed swallows all that follows, to the end of the file.
                if cells and "\n" in cells[-1] and lines.ended and not lines.end_in_quote:
                    raise NoTableThere(
                        _("A quote in the row that begins on line %(line)d is never closed.")
                        % {"line": begun}
                    )
                yield begun, cells
                begun = rows.line_num + 1
        except csv.Error as error:
            raise NoTableThere(
                _("The row that begins on line %(line)d cannot be read: %(reason)s.")
                % {"line": begun, "reason": error}
            ) from error
        except UnicodeError as error:
            raise broken(error, rows.line_num + 1) from error


class _Lines:
    """The lines of a text, and how the last of them ends."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._last = ""
        self.ended = False

    @property
    def end_in_quote(self) -> bool:
        return self._last.rstrip().endswith('"')

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self._last = line
            yield line
        self.ended = True
