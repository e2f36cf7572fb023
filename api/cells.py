"""From what the API shows of a record to the cells of one line of a table, for CSV."""

import orjson

from api.fields import EDTFDate
from reforms.sheets.formulas import defused


def header(fields):
    """Return the names of the columns. `fields`: name to serializer field. A date takes three columns."""
    dates = [name for name, field in fields.items() if isinstance(field, EDTFDate)]
    return [column for name in fields for column in (_of_date(name) if name in dates else [name])]


def flattener(fields):
    """Return a function from what is shown of a record to its cells, under `header(fields)`."""
    dates = {name: isinstance(field, EDTFDate) for name, field in fields.items()}

    def flatten(shown):
        cells = []
        for name, is_date in dates.items():
            value = shown[name]
            if is_date:
                cells += [cell(part) for part in (value or dict.fromkeys(("edtf", "earliest", "latest"))).values()]
            else:
                cells.append(cell(value))
        return cells

    return flatten


def cell(value):
    """Return `value` as text: a record by its name, a list (and what has no name) as JSON, text defused."""
    value = named(value)
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, (list, dict, bool)):
        return orjson.dumps([named(item) for item in value] if isinstance(value, list) else value).decode()
    return str(value)


def named(value):
    """Return the reference or slug of a record within another one; anything else as it is."""
    return value.get("ref") or value.get("slug") or value if isinstance(value, dict) else value


def _of_date(name):
    return [name, f"{name}_earliest", f"{name}_latest"]
