"""Files for the tests of reading."""

from pathlib import Path
from typing import Any

from directory.exchange.tables import Table, open_table


def written(folder: Path, content: str | bytes, name: str = "example.csv") -> Path:
    """A file with that content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def table_of(folder: Path, content: str | bytes, name: str = "example.csv", **layout) -> Table:
    """The table in a file with that content."""
    return open_table(written(folder, content, name), **layout)


def rows_of(table: Table) -> list[dict[str, Any]]:
    """All rows without their numbers."""
    return [values for _number, values in table.rows()]
