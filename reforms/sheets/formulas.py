"""Cells that a spreadsheet would compute: defused on the way out, and as they were on the way back."""

import re
import unicodedata

NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)*%?")
STARTS_A_FORMULA = frozenset("=+-@")


def defused(text):
    """Return `text` with a `'` before it where a spreadsheet would take it for a formula.

    What is taken for one also gets a `'` where it begins with some already, so taking the first one away undoes it.
    Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{text}" if _is_formula(text) else text


def restored(cell):
    """Return the text that `defused` made `cell` of; a cell that it did not touch as it is."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell[1:]) else cell


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
