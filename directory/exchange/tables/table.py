"""A table: columns, and rows that are walked one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

Row = tuple[int, dict[str, Any]]
"""Its number as a person counts in the file, and what stands in it: texts, lists, objects, None."""

MORE_CELLS = ""  # Under this name stand the cells for which a row has no column.


class UnreadableFile(ValueError):
    """The file cannot be read; the message says in words what is wrong, and where."""


class NoTableThere(UnreadableFile):
    """There is no table where it was looked for; read otherwise, the file may have one."""


@dataclass(frozen=True)
class Layout:
    """Where in a sheet or text the rows are, as far as somebody said so."""

    sheet: str = ""  # of a workbook; the first that holds anything, where empty
    header_rows: int = 1
    skip_rows: int = 0  # above the header
    delimiter: str = ""  # of a text; guessed, where empty


@dataclass
class Table:
    """An opened file. `notes` says how it was read; some are known only once it was walked."""

    name: str
    format: str
    columns: list[str]
    walk: Callable[[], Iterator[Row]]
    notes: list[str] = field(default_factory=list)
    layout: Layout = field(default_factory=Layout)  # as it was asked for
    refused_in: int = 0  # The import whose error file it is; 0 for any other file.
    behind: int = 0  # The number up to which rows are passed over; they count all the same.

    def rows(self) -> Iterator[Row]:
        """All rows behind `behind`, from the first on, each time it is asked; in constant memory where it can be.

        Raises UnreadableFile at the row where the file ends too late or breaks.
        """
        for count, row in enumerate(self.walk()):
            if count >= settings.IMPORT_ROWS_MAX:
                raise UnreadableFile(
                    _(
                        "There are more than %(most)d rows. Cut the file in several, and say of each that "
                        "it is a part of what the source has."
                    )
                    % {"most": settings.IMPORT_ROWS_MAX}
                )
            if row[0] > self.behind:
                yield row

    def note(self, text: str) -> None:
        """Say it once, however often the rows are walked."""
        if text not in self.notes:
            self.notes.append(text)


def check_size(path: Path, most: int) -> None:
    """Raise UnreadableFile where a file is empty or has more bytes than `most`."""
    size = path.stat().st_size
    if not size:
        raise UnreadableFile(_("The file is empty."))
    if size > most:
        raise UnreadableFile(
            _(
                "The file has %(size).1f MB; at most %(most)d MB can be read. Cut it in several, "
                "and say of each that it is a part of what the source has."
            )
            % {"size": size / 1_000_000, "most": most // 1_000_000}
        )
