"""From what the API shows of a record to the cells of one line of a table, for CSV."""

import re
import unicodedata

import orjson

from api.fields import EDTFDate

NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)*%?")
STARTS_A_FORMULA = frozenset("=+-@")


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


def defused(text):
    """Return `text` with a `'` before it where a spreadsheet would take it for a formula.

    What is taken for one also gets a `'` where it begins with some already, so taking the first one away undoes it.
    Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{text}" if _is_formula(text) else text


def _is_formula(text):
    """Whether a formula begins after whatever is not seen (spaces, controls, marks of direction) and `'`.

    Wide and small forms of the signs count too: some spreadsheets take them for the plain ones.
    """
    if not text:
        return False
    if text.lstrip("'")[:1] in ("\t", "\r", "\n"):
        return True
    for at, sign in enumerate(text):
        if sign != "'" and unicodedata.category(sign)[0] not in "ZC":
            return unicodedata.normalize("NFKC", sign)[0] in STARTS_A_FORMULA and not NUMBER.fullmatch(text[at:])
    return False


def _of_date(name):
    return [name, f"{name}_earliest", f"{name}_latest"]
