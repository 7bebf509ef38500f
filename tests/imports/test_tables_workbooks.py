"""Workbooks: results instead of formulas, days instead of numbers, and no bombs."""

import datetime
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from directory.exchange.tables import UnreadableFile, open_table
from tests.imports.files import rows_of


def workbook(folder: Path, *rows: list, epoch=None, title: str = "Sheet", before: str = "") -> Path:
    """A workbook with one sheet of these rows, and an empty one before it where asked."""
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    if before:
        sheet.title = before
        sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    path = folder / "example.xlsx"
    book.save(path)
    return path


def with_entry(path: Path, name: str, content: bytes, **changed) -> Path:
    """The archive with one more entry."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED
        for attribute, value in changed.items():
            setattr(entry, attribute, value)
        archive.writestr(entry, content)
    return path


@pytest.mark.parametrize("epoch", [None, CALENDAR_MAC_1904])
def test_cells_come_as_people_see_them(tmp_path, epoch):
    day = datetime.datetime(1998, 5, 17)  # noqa: DTZ001 - a sheet knows no time zone
    path = workbook(
        tmp_path, ["name", "day", "count", "open"], ["Example", day, 12.0, True], epoch=epoch
    )

    assert rows_of(open_table(path)) == [
        {"name": "Example", "day": "1998-05-17", "count": "12", "open": "true"}
    ]


def test_formulas_are_never_calculated(tmp_path):
    path = workbook(tmp_path, ["name", "sum"], ["Example", "=1+1"], ["Other", "=HYPERLINK(A1)"])

    # A program wrote them and stored no results, so there is nothing to read.
    assert [row["sum"] for row in rows_of(open_table(path))] == ["", ""]


def test_merged_header_cells_name_the_columns_below_them(tmp_path):
    path = workbook(tmp_path, ["Who", None, "Where"], ["Name", "State", "State"], ["A", "B", "C"])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("A1:B1")
    book.save(path)

    table = open_table(path, header_rows=2)

    assert table.columns == ["Who: Name", "Who: State", "Where: State"]
    assert list(table.rows()) == [(3, dict(zip(table.columns, "ABC", strict=True)))]


def test_the_first_sheet_that_holds_anything_is_read_unless_one_is_named(tmp_path):
    path = workbook(tmp_path, ["name"], ["Example"], title="Rows", before="Cover")

    table = open_table(path)

    assert rows_of(table) == [{"name": "Example"}]
    assert "Others: Cover" in table.notes[0]
    with pytest.raises(UnreadableFile, match="There are: Cover, Rows"):
        open_table(path, sheet="Data")


def test_empty_rows_between_count_and_those_at_the_end_do_not(tmp_path):
    path = workbook(tmp_path, ["name"], ["A"], [None], ["B"], [" "], [None])

    assert [number for number, _values in open_table(path).rows()] == [2, 3, 4]


def test_a_row_that_says_it_is_far_down_is_refused_at_once(tmp_path, settings):
    settings.IMPORT_ROWS_MAX = 20
    path = workbook(tmp_path, ["name"], ["Example"])
    book = openpyxl.load_workbook(path)
    book.active.cell(row=1_000_000, column=1, value="far")
    book.save(path)

    with pytest.raises(UnreadableFile, match="Row 22 is empty; only 20 rows"):
        rows_of(open_table(path))


def test_cells_far_to_the_right_are_refused(tmp_path):
    path = workbook(tmp_path, ["name"], ["Example", *[None] * 300, "far"])

    with pytest.raises(UnreadableFile, match="Row 2 has cells beyond column 200"):
        rows_of(open_table(path))


def test_a_workbook_is_known_by_its_content(tmp_path):
    path = workbook(tmp_path, ["name"], ["Example"]).rename(tmp_path / "example.csv")

    assert open_table(path).format == "xlsx"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        pytest.param(("xl/more.bin", b"\0" * 9_000_000), "times its size", id="ratio"),
        pytest.param(("inner.zip", b"PK"), "holds another one", id="nested"),
        pytest.param(("../outside.xml", b"<a/>"), "leads out of it", id="path"),
        pytest.param(("/outside.xml", b"<a/>"), "leads out of it", id="absolute path"),
        pytest.param(
            ("xl/x.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "declares entities", id="XML"
        ),
    ],
)
def test_bombs_are_refused_before_they_unpack(tmp_path, entry, words):
    path = with_entry(workbook(tmp_path, ["name"], ["Example"]), *entry)

    with pytest.raises(UnreadableFile, match=words):
        open_table(path)


def test_entities_far_behind_the_start_are_refused_too(tmp_path):
    path = workbook(tmp_path, ["name"], ["Example"])
    bombed = tmp_path / "bombed.xlsx"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(bombed, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                entities = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]>'
                content = b"<!--" + b"x" * 9_000 + b"-->" + entities + content
            copy.writestr(name, content)

    with pytest.raises(UnreadableFile, match="damaged") as refusal:
        rows_of(open_table(bombed))

    assert str(tmp_path) not in str(refusal.value)


def test_links_in_the_archive_are_refused(tmp_path):
    link = 0o120777 << 16
    path = with_entry(workbook(tmp_path, ["name"]), "xl/a.xml", b"/etc", external_attr=link)

    with pytest.raises(UnreadableFile, match="leads out of it"):
        open_table(path)


def test_limits_of_archives_are_kept(tmp_path, settings):
    path = workbook(tmp_path, ["name"], ["Example"])
    settings.IMPORT_UNPACKED_BYTES_MAX = 1_000_000
    with_entry(path, "xl/large.bin", bytes(range(256)) * 8_000)
    with pytest.raises(UnreadableFile, match="Unpacked, the file would have 2 MB"):
        open_table(path)

    settings.IMPORT_ARCHIVE_ENTRIES_MAX = 3
    with pytest.raises(UnreadableFile, match="at most 3"):
        open_table(path)


def test_other_archives_are_no_workbooks(tmp_path):
    path = tmp_path / "example.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("rows.csv", "name\nExample\n")

    with pytest.raises(UnreadableFile, match="no workbook"):
        open_table(path)
