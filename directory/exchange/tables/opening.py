"""Opening a file by what is in it, whatever it is called."""

import re
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.exchange.tables.delimited import open_delimited
from directory.exchange.tables.encodings import HEAD
from directory.exchange.tables.objects import (
    is_one_object_a_line,
    open_json,
    open_ndjson,
    open_yaml,
)
from directory.exchange.tables.refused import without_remarks
from directory.exchange.tables.table import Layout, Table, UnreadableFile, check_size
from directory.exchange.tables.workbooks import open_workbook

ZIP = b"PK\x03\x04"
# How files begin that are no tables, and what to say of them.
STRANGERS = {
    b"\xd0\xcf\x11\xe0": gettext_lazy(
        "This is an old or password-protected workbook. Save it as XLSX without a password."
    ),
    b"MZ": gettext_lazy("This is a program, no table."),
    b"\x7fELF": gettext_lazy("This is a program, no table."),
    b"#!": gettext_lazy("This is a program, no table."),
    b"%PDF": gettext_lazy("This is a PDF. Save the table in it as CSV or XLSX."),
    b"\x89PNG": gettext_lazy("This is a picture, no table."),
    b"\xff\xd8\xff": gettext_lazy("This is a picture, no table."),
    b"GIF8": gettext_lazy("This is a picture, no table."),
    b"\x1f\x8b": gettext_lazy("This is a packed file. Unpack it first."),
    b"7z\xbc\xaf": gettext_lazy("This is a packed file. Unpack it first."),
    b"Rar!": gettext_lazy("This is a packed file. Unpack it first."),
    b"BZh": gettext_lazy("This is a packed file. Unpack it first."),
    b"\xfd7zXZ": gettext_lazy("This is a packed file. Unpack it first."),
    b"PK": gettext_lazy("This archive is empty or cut in pieces."),
    b"SQLite format 3": gettext_lazy("This is a database. Export the table in it as CSV."),
}
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html|head|table)\b", re.I)
_XML = re.compile(rb"\s*<(?:\?xml|!doctype|[a-z][\w:.-]*[\s>])", re.I)
_JSON = re.compile(rb"\s*(?:\[\s*[\[{\]\"]|\{\s*[\"}])")
# Control characters that stand in no text, NUL aside (UTF-16 is full of it).
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
CONTROLS_MAX = 0.02


def open_table(
    path: Path,
    *,
    name: str = "",
    sheet: str = "",
    header_rows: int = 1,
    skip_rows: int = 0,
    delimiter: str = "",
) -> Table:
    """The file as a table; `name` is what it is called where `path` is only where it lies.

    `header_rows` name the columns, below `skip_rows` to pass over; `delimiter` stands between the
    cells of a text where that is not to be guessed.
    Raises UnreadableFile, whose message says in words what is wrong and where.
    """
    check_size(path, settings.IMPORT_BYTES_MAX)
    name = name or path.name
    layout = Layout(sheet, header_rows, skip_rows, delimiter)
    table = without_remarks(_opened(path, name, layout))
    table.layout = layout
    return table


def _opened(path: Path, name: str, layout: Layout) -> Table:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(ZIP):
        return open_workbook(path, name, layout)
    _refuse_strangers(head)
    text = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip(b"\xff\xfe")
    if _JSON.match(text):
        return open_ndjson(path, name) if is_one_object_a_line(path) else open_json(path, name)
    is_called_yaml = name.lower().endswith((".yaml", ".yml"))
    if is_called_yaml or text.startswith((b"---\n", b"---\r\n", b"%YAML")):
        return open_yaml(path, name)
    return open_delimited(path, name, layout)


def _refuse_strangers(head: bytes) -> None:
    for mark, sentence in STRANGERS.items():
        if head.startswith(mark):
            raise UnreadableFile(str(sentence))
    if _WEB_PAGE.match(head):
        raise UnreadableFile(_("This is a web page. Save the table in it as CSV or XLSX."))
    if _XML.match(head):
        raise UnreadableFile(_("XML cannot be read. Save it as CSV, XLSX or JSON."))
    if len(_CONTROLS.findall(head)) > CONTROLS_MAX * len(head):
        raise UnreadableFile(_("This is no text. Bring CSV, XLSX, JSON or YAML."))
