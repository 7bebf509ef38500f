"""Opening a file by what is in it, whatever it is called."""

from pathlib import Path

from django.conf import settings

from directory.exchange.tables.delimited import open_delimited
from directory.exchange.tables.table import Layout, Table, check_size


def open_table(
    path: Path, *, name: str = "", sheet: str = "", header_rows: int = 1, skip_rows: int = 0
) -> Table:
    """The file as a table; `name` is what it is called where `path` is only where it lies.

    `header_rows` name the columns, below `skip_rows` to pass over.
    Raises UnreadableFile, whose message says in words what is wrong and where.
    """
    check_size(path, settings.IMPORT_BYTES_MAX)
    layout = Layout(sheet, header_rows, skip_rows)
    return open_delimited(path, name or path.name, layout)
