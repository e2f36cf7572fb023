"""The bytes of a sheet to its rows, whatever spreadsheet wrote them."""

import csv
import io
from dataclasses import dataclass

from reforms.sheets.columns import VERSION
from reforms.sheets.formulas import restored
from sources.reading.encoding import NotText, decode

MAX_BYTES = 8 * 1024 * 1024
MAX_ROWS = 20_000
SEPARATORS = ",;\t"


class CannotReadSheet(ValueError):
    """The file is no sheet of this kind; the text says why and, where it can, in which row."""


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet counts them (the header is row 1), and column to text."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """What was read: the rows that are not empty, and in which encoding they were written."""

    rows: list[Row]
    encoding: str


def read(data, sheet):
    """Return the Table of `data` (bytes) as a sheet of this kind.

    Columns may stand in any order, and those that may be edited may be left out.
    Errors: CannotReadSheet.
    """
    if len(data) > MAX_BYTES:
        raise CannotReadSheet(f"The file is larger than {MAX_BYTES // 1024**2} MB. Export and import it in parts.")
    text, encoding = _text(data)
    lines = _lines(text)
    header = [cell.strip().lower() for cell in lines[0]] if lines else []
    while header and not header[-1]:
        header.pop()
    _check_header(header, sheet)
    rows = [_row(number, line, header) for number, line in enumerate(lines[1:], start=2) if any(map(str.strip, line))]
    if len(rows) > MAX_ROWS:
        raise CannotReadSheet(f"The sheet has {len(rows):,} rows, more than {MAX_ROWS:,}. Import it in parts.")
    return Table(rows, encoding)


def _text(data):
    """Return the text and the name of its encoding. What is no Unicode is taken for Windows-1251, as Excel saves it."""
    try:
        text, encoding = decode(data, "windows-1251")
    except NotText:
        text, encoding = "\0", ""
    if "\0" in text:
        raise CannotReadSheet("This is no text that a spreadsheet writes. Save the sheet as CSV in UTF-8.")
    return text, encoding


def _lines(text):
    """The lines of cells. Errors: CannotReadSheet naming the row where quotes are not closed as they should be."""
    first, _, rest = text.partition("\n")
    separator = max(SEPARATORS, key=first.count)
    if first.strip().lower().startswith("sep="):  # by which some spreadsheets are told the separator
        separator, text = first.strip()[4:5] or ",", rest
    csv.field_size_limit(MAX_BYTES)
    found: list[list[str]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            found.append(line)
    except (csv.Error, TypeError) as error:
        raise CannotReadSheet(f"Row {len(found) + 1} cannot be read as CSV: {error}.") from error
    return found


def _check_header(header, sheet):
    """Errors: CannotReadSheet with everything that is wrong with the names of the columns."""
    needed = [*sheet.key, VERSION]
    wrong = [f"The column “{name}” is missing." for name in needed if name not in header]
    if len(wrong) == len(needed):
        raise CannotReadSheet(f"This is no sheet of {sheet.rows_are}: its first row must name the columns "
                              f"{', '.join(needed)}, as exported here.")  # fmt: skip
    wrong += [f"There are two columns “{name}”." for name in dict.fromkeys(header) if name and header.count(name) > 1]
    unknown = [name for name in header if name not in sheet.header]
    known = f"Known: {', '.join(sheet.header)}."
    wrong += [f"There is no column “{name[:60]}”. {known}" if name else "A column has no name." for name in unknown]
    if wrong:
        raise CannotReadSheet(" ".join(wrong[:10]))


def _row(number, line, header):
    """What a spreadsheet left out at the end of a line is empty. Errors: CannotReadSheet where there is too much."""
    if any(cell.strip() for cell in line[len(header) :]):
        raise CannotReadSheet(f"Row {number} has more cells than there are columns.")
    line = line[: len(header)] + [""] * (len(header) - len(line))
    return Row(number, {name: restored(cell) for name, cell in zip(header, line, strict=True)})
