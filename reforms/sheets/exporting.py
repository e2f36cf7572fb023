"""Records to a sheet, sent while they are read: memory holds one chunk of them, and each costs the same few queries."""

import codecs
import csv
import io

from reforms.curated.writing import entry
from reforms.entries import stored
from reforms.sheets.formulas import defused

CHUNK = 500


def exported(sheet, records):
    """Yield the sheet of `records` (a queryset) chunk by chunk, as bytes of CSV in UTF-8.

    It begins with a byte order mark, by which spreadsheets know the encoding.
    """
    keys = list(dict.fromkeys(records.values_list("pk", flat=True)))
    yield codecs.BOM_UTF8 + _csv([sheet.header])
    for chunk in (keys[at : at + CHUNK] for at in range(0, len(keys), CHUNK)):
        found = sheet.model._default_manager.in_bulk(chunk)
        rows = stored(found[key] for key in chunk if key in found)
        yield _csv(line for one in rows for line in sheet.cells(entry(one)))


def _csv(lines):
    written = io.StringIO()
    csv.writer(written).writerows([defused(cell) for cell in line] for line in lines)
    return written.getvalue().encode()
