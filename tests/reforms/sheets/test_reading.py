"""What spreadsheets write is read; what is no sheet is refused in words that say where."""

import pytest

from reforms.sheets import reading
from reforms.sheets.columns import SHEETS
from reforms.sheets.reading import CannotReadSheet, Row, read

LAWS = SHEETS["law"]
LINES = "slug,name,version\na-law,Закон «о собраниях»,v-1\n"
ONE = [Row(2, {"slug": "a-law", "name": "Закон «о собраниях»", "version": "v-1"})]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (LINES.encode(), "UTF-8"),
        (LINES.encode("utf-8-sig"), "UTF-8"),
        (LINES.encode("utf-16"), "UTF-16-LE"),
        (b"\xfe\xff" + LINES.encode("utf-16-be"), "UTF-16-BE"),
        (LINES.encode("cp1251"), "Windows-1251"),
        (LINES.replace(",", ";").encode(), "UTF-8"),
        (LINES.replace(",", "\t").encode("utf-16"), "UTF-16-LE"),
        (LINES.encode("utf-16-le"), "UTF-16-LE"),
        (LINES.replace("\n", "\r\n").encode(), "UTF-8"),
        (LINES.replace("\n", "\r").encode(), "UTF-8"),
        (("sep=;\r\n" + LINES.replace(",", ";")).encode(), "UTF-8"),
        ((LINES + ",,\n , ,\n").encode(), "UTF-8"),
        (LINES.replace("slug", "SLUG ").encode(), "UTF-8"),
    ],
    ids=["utf-8", "bom", "utf-16-le", "utf-16-be", "cp1251", "semicolon", "unicode text", "no mark", "crlf", "cr",
         "sep=", "empty rows", "header"],
)  # fmt: skip
def test_a_sheet_is_read_whatever_wrote_it(data, encoding):
    table = read(data, LAWS)
    assert (table.rows, table.encoding) == (ONE, encoding)


def test_quotes_ends_of_lines_and_separators_stay_within_their_cells():
    [row] = read(b'version;slug;name\nv-1;a-law;"He said ""no; never"",\r\nand left"\n', LAWS).rows
    assert row.cells == {"version": "v-1", "slug": "a-law", "name": 'He said "no; never",\r\nand left'}


def test_what_a_spreadsheet_leaves_out_at_the_end_of_a_line_is_empty():
    assert read(b"slug,version,name\na-law,v-1\n", LAWS).rows[0].cells["name"] == ""


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "This is no sheet of laws"),
        (b"name,rank\nx,law\n", "This is no sheet of laws: its first row must name the columns slug, version"),
        (b"slug,name\na-law,x\n", "The column “version” is missing."),
        (b"slug,version,colour\na-law,v-1,x\n", "There is no column “colour”. Known: slug, name, title"),
        (b"slug,version,,name\na-law,v-1,x,y\n", "A column has no name."),
        (b"slug,version,name,name\na-law,v-1,x,y\n", "There are two columns “name”."),
        (b"slug,version\na-law,v-1\nb-law,v-1,x\n", "Row 3 has more cells than there are columns."),
        (b'slug,version\na-law,v-1\nb-law,"v-1" x\n', "Row 3 cannot be read as CSV"),
        (b'slug,version\na-law,"v-1\n', "Row 2 cannot be read as CSV"),
        (b"slug,version\na-law,v\0\n", "This is no text that a spreadsheet writes."),
        (b"PK\x03\x04\x00\x98\xff", "This is no text that a spreadsheet writes."),
        (b"\xff\xfea", "This is no text that a spreadsheet writes."),
        (b"\xff\xfe\x00\xd8", "This is no text that a spreadsheet writes."),
        (b"sep=\nslug\n", "The column “version” is missing."),
    ],
)
def test_what_is_no_sheet_is_refused_and_it_is_said_why(data, why):
    with pytest.raises(CannotReadSheet) as refused:
        read(data, LAWS)
    assert str(refused.value).startswith(why)


def test_what_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MAX_ROWS", 1)
    with pytest.raises(CannotReadSheet, match="The sheet has 2 rows, more than 1"):
        read(b"slug,version\na-law,v-1\nb-law,v-1\n", LAWS)
    monkeypatch.setattr(reading, "MAX_BYTES", 5)
    with pytest.raises(CannotReadSheet, match="larger than"):
        read(LINES.encode(), LAWS)
