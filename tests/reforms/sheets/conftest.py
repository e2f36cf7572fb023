"""Sheets as somebody edits them."""

import csv
import io

import pytest

from reforms.sheets.columns import SHEETS
from reforms.sheets.exporting import exported
from reforms.sheets.planning import plan
from reforms.sheets.reading import read


class Edited:
    """An exported sheet in a spreadsheet: `rows` are dicts under `header`."""

    def __init__(self, kind):
        self.sheet = SHEETS[kind]
        data = b"".join(exported(self.sheet, self.sheet.model._default_manager.all()))
        lines = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        self.rows, self.header, self.data = list(lines), lines.fieldnames, data

    def written(self, delimiter=",", encoding="utf-8-sig"):
        text = io.StringIO()
        writer = csv.DictWriter(text, self.header, delimiter=delimiter, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(self.rows)
        return text.getvalue().encode(encoding)

    def read(self):
        return read(self.written(), self.sheet).rows

    def plan(self):
        return plan(self.sheet, self.read())


@pytest.fixture
def edited():
    return Edited
