"""Which characters the bytes of a text file stand for."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from directory.exchange.tables.table import UnreadableFile

LINES_NAMED = 10  # Line numbers in a note: who fixes more uses a program.
HEAD = 4_096
# The marks at the start of a file; UTF-32's begins like UTF-16's.
_MARKS = [
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
_NULS_OF_UTF_16 = 0.3  # Of every second byte, in texts that are mostly Latin.
ODD_BYTES = "directory-windows-1252"  # The name of our way with bytes that are not UTF-8.


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that do not fit were mostly written by a spreadsheet on Windows."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    try:
        return odd.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return odd.decode("latin-1"), error.end


codecs.register_error(ODD_BYTES, _as_windows_1252)


@dataclass(frozen=True)
class Encoding:
    """The name Python knows it by, and a sentence where that was not plain UTF-8."""

    name: str
    note: str = ""

    def open(self, path: Path) -> TextIO:
        """The file as text, line ends untouched."""
        is_by_byte = self.name in {"utf-8", "utf-8-sig", "cp1252"}
        errors = ODD_BYTES if is_by_byte else "strict"
        return path.open(encoding=self.name, errors=errors, newline="")


def encoding_of(path: Path) -> Encoding:
    """How to read the text of a file; reads it through once, line by line."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), "")
    if marked in {"utf-16", "utf-32"}:
        return Encoding(marked, _("Read as %(encoding)s.") % {"encoding": marked.upper()})
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        if len(head) > 3 and head[first::2].count(0) > _NULS_OF_UTF_16 * len(head) / 2:
            return Encoding(name, _("Read as %(encoding)s.") % {"encoding": "UTF-16"})
    return _by_lines(path, marked or "utf-8")


def _by_lines(path: Path, name: str) -> Encoding:
    """UTF-8 where every line is; Windows-1252 where none is; else each line for itself."""
    odd: list[int] = []
    is_utf_8 = name == "utf-8-sig"
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.isascii():
                continue
            try:
                line.decode()
                is_utf_8 = True
            except UnicodeDecodeError:
                odd.append(number)
    if not odd:
        return Encoding(name)
    if not is_utf_8:
        return Encoding("cp1252", _("Read as %(encoding)s.") % {"encoding": "Windows-1252"})
    return Encoding(
        name,
        _("Mixed encodings: UTF-8, but Windows-1252 on lines %(lines)s.")
        % {"lines": lines_named(odd)},
    )


def lines_named(numbers: list[int]) -> str:
    """The first line numbers, and how many more there are."""
    named = ", ".join(map(str, numbers[:LINES_NAMED]))
    more = len(numbers) - LINES_NAMED
    return named if more <= 0 else _("%(named)s and %(more)d more") % {"named": named, "more": more}


def broken(error: UnicodeError, line: int) -> UnreadableFile:
    """What to raise where the bytes of a file break off or fit no encoding."""
    reason = str(getattr(error, "reason", error))
    return UnreadableFile(
        _("Line %(line)d: the characters cannot be read (%(reason)s).")
        % {"line": line, "reason": reason}
    )
