"""CSV and its kin: whatever a spreadsheet or a register writes is read, or refused with the line."""

import pytest

from directory.exchange.mappings import InvalidMapping, Mapping
from directory.exchange.tables import MORE_CELLS, UnreadableFile, open_table
from tests.imports.files import rows_of, table_of

ROWS = [{"name": "Example Bakery", "town": "Córdoba"}, {"name": "Example Café", "town": "Łódź"}]
TEXT = "name,town\nExample Bakery,Córdoba\nExample Café,Łódź\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="with a byte order mark"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16"),
        pytest.param(TEXT.encode("utf-16-be"), id="UTF-16 without a mark"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="line ends of old Macs"),
        pytest.param(TEXT.replace("\n", "\r\n", 1).encode(), id="mixed line ends"),
        pytest.param(TEXT.rstrip().encode(), id="no line end at the end"),
        pytest.param(TEXT.replace(",", ";").encode(), id="semicolons"),
        pytest.param(TEXT.replace(",", "\t").encode(), id="tabs"),
        pytest.param(TEXT.replace(",", "|").encode(), id="bars"),
        pytest.param(b"sep=;\n" + TEXT.replace(",", ";").encode(), id="declared delimiter"),
        pytest.param(TEXT.replace("Example Café", '"Example Café"').encode(), id="half-quoted"),
        pytest.param(TEXT.replace("\nExample C", "\n\n\nExample C").encode(), id="empty lines"),
    ],
)
def test_the_same_rows_come_out_of_every_kind_of_file(tmp_path, content):
    rows = rows_of(table_of(tmp_path, content))

    assert [row for row in rows if any(row.values())] == ROWS


def test_windows_1252_is_known_by_its_bytes_and_told(tmp_path):
    table = table_of(tmp_path, "name,town\nCafé,Münster “West”\n".encode("cp1252"))

    assert rows_of(table) == [{"name": "Café", "town": "Münster “West”"}]
    assert table.notes == ["Read as Windows-1252."]


def test_mixed_encodings_are_read_line_by_line_and_the_lines_named(tmp_path):
    lines = [b"name\n", "Café\n".encode(), "Müller\n".encode("cp1252"), b"\x81\n"]
    table = table_of(tmp_path, b"".join(lines))

    assert [row["name"] for row in rows_of(table)] == ["Café", "Müller", "\x81"]
    assert "Windows-1252 on lines 3, 4" in table.notes[0]


def test_a_row_is_numbered_by_the_line_it_begins_on(tmp_path):
    table = table_of(tmp_path, 'name,street\nA,"1 Example St\nUpstairs"\nB,2 Example St\n')

    assert list(table.rows()) == [
        (2, {"name": "A", "street": "1 Example St\nUpstairs"}),
        (4, {"name": "B", "street": "2 Example St"}),
    ]
    assert list(table.rows())[-1][0] == 4


def test_decimal_commas_do_not_pass_for_delimiters(tmp_path):
    table = table_of(tmp_path, "name;lat;lon\nA;52,5;13,4\nB;48,1;11,6\n")

    assert table.columns == ["name", "lat", "lon"]


def test_headers_get_unique_names_without_line_breaks(tmp_path):
    table = table_of(tmp_path, '"Street \n(Mailing address)",Name,Name,,Name\n1,2,3,4,5\n')

    assert table.columns == [
        "Street (Mailing address)",
        "Name",
        "Name (2)",
        "Column 4",
        "Name (3)",
    ]


def test_rows_above_the_header_are_passed_and_two_header_rows_are_joined(tmp_path):
    text = "Register of 2018,,,\nWho,,Where,\nNumber,Name,Town,State\n7,A,B,C\n"
    table = table_of(tmp_path, text, skip_rows=1, header_rows=2)

    assert table.columns == ["Who: Number", "Who: Name", "Where: Town", "Where: State"]
    assert list(table.rows()) == [(4, dict(zip(table.columns, "7ABC", strict=True)))]


def test_ragged_rows_are_told_and_cells_without_a_column_kept(tmp_path):
    table = table_of(tmp_path, "name,town\nA\nB,Here,more\nC,There,\n")

    assert rows_of(table) == [
        {"name": "A", "town": ""},
        {"name": "B", "town": "Here", MORE_CELLS: ["more"]},
        {"name": "C", "town": "There"},
    ]
    assert table.notes == [
        "Rows with fewer cells than columns: 2.",
        "Rows with more cells than columns: 3.",
    ]


def test_characters_that_no_database_stores_are_replaced_and_told(tmp_path):
    table = table_of(tmp_path, b"name,town\nA\x00B,Here\n")

    assert rows_of(table) == [{"name": "A\ufffdB", "town": "Here"}]
    assert table.notes == ["Rows with characters that could not be read: 2."]


def test_a_header_alone_has_no_rows_and_says_so(tmp_path):
    table = table_of(tmp_path, "name,town\n")

    assert rows_of(table) == []
    assert table.notes == ["There are no rows below the header."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "The file is empty.", id="nothing"),
        pytest.param(b"\n\n", "no header row", id="no header"),
        pytest.param(b'name,town\nA,B\nC,"D\nE,F\n', "line 3 is never closed", id="open quote"),
        pytest.param(b"," * 300 + b"x\n", "301 columns; at most 200", id="too many columns"),
        pytest.param(b"name\n" + b"x" * 120_000, "Row 2, column name", id="huge cell"),
        pytest.param(b"name\n" + b"x" * 140_000, "begins on line 2", id="larger than csv reads"),
        pytest.param("name\nA".encode("utf-16") + b"\x00", "Line 1", id="half a character"),
        pytest.param(b"MZ\x90\x00" * 9, "This is a program", id="renamed program"),
        pytest.param(b"%PDF-1.7", "This is a PDF", id="renamed PDF"),
        pytest.param(b"\xd0\xcf\x11\xe0" * 9, "password-protected", id="old or locked workbook"),
        pytest.param(b"<html><table>", "This is a web page", id="web page"),
        pytest.param(b"<?xml version='1.0'?><a/>", "XML cannot be read", id="XML"),
        pytest.param(bytes(range(1, 32)) * 9, "This is no text", id="other bytes"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, content, words):
    with pytest.raises(UnreadableFile, match=words):
        rows_of(table_of(tmp_path, content))


def test_limits_are_kept(tmp_path, settings):
    settings.IMPORT_ROWS_MAX = 2
    table = table_of(tmp_path, "name\nA\nB\nC\n")
    with pytest.raises(UnreadableFile, match="more than 2 rows"):
        rows_of(table)

    settings.IMPORT_BYTES_MAX = 10
    with pytest.raises(UnreadableFile, match="MB can be read"):
        table_of(tmp_path, "name\nABCDEFGH\n")


@pytest.mark.parametrize("sign", ["^", "~", ":"])
def test_a_sign_that_is_seldom_a_delimiter_is_one_where_all_rows_fall_into_cells_by_it(
    tmp_path, sign
):
    text = "name^town^site\nExample Bakery^Baltimore, Maryland^bakery.example\nMill^Leeds^\n"
    table = table_of(tmp_path, text.replace("^", sign).encode())

    assert table.columns == ["name", "town", "site"]
    assert rows_of(table)[0]["town"] == "Baltimore, Maryland"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("open\n9:00\n10:30\n", id="times of day"),
        pytest.param("site\nhttps://bakery.example\nhttps://mill.example\n", id="addresses"),
        pytest.param("from:to:by,name\n1:2:3,Example Mill\n", id="a comma divides as well"),
    ],
)
def test_texts_with_such_a_sign_in_them_are_not_cut_by_it(tmp_path, text):
    assert table_of(tmp_path, text.encode()).columns == text.splitlines()[0].split(",")


def test_a_mapping_may_name_the_delimiter(tmp_path):
    path = tmp_path / "register.csv"
    path.write_text("name#town\nExample Bakery#Leeds\n")
    mapping = Mapping.from_json({"version": 1, "delimiter": "#"})

    assert open_table(path, **mapping.layout()).columns == ["name", "town"]
    with pytest.raises(InvalidMapping, match="delimiter"):
        Mapping.from_json({"version": 1, "delimiter": "::"})
