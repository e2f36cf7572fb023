"""Numbers as they are printed, read for drawing only: what is shown is always what is printed.

Source: an amount written with digits, thousands set apart by commas or spaces, a decimal point or comma before one
or two digits. "2.345" can be read in two ways, and "2,000 to 7,000" is two numbers: neither is read at all.
"""

import re
from dataclasses import dataclass

_SPACES = "\u0020\u00a0\u202f"
_GROUPED = f"[0-9]{{1,3}}([,{_SPACES}][0-9]{{3}})+([.][0-9]{{1,2}})?"
_PLAIN = "[0-9]+([.,][0-9]{1,2})?"
_AFTER = "[\u0020\u00a0]?(%|percent|per cent|million|billion|trillion)"
# A number, or nothing: for the databases too, so no more than both and Python know of patterns.
NUMBER_OR_NOTHING = f"^((about )?({_GROUPED}|{_PLAIN})({_AFTER})?)?$"
TIMES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}


@dataclass(frozen=True)
class Number:
    """What a printed number comes to, and whether it is a share in percent."""

    value: float
    percent: bool


def read(printed):
    """Return the Number that is printed, None where nothing is, or what is printed is no number."""
    found = re.fullmatch(NUMBER_OR_NOTHING, printed)
    if not printed or not found:
        return None
    _all, _about, number, *_parts, unit = found.groups()
    digits = re.sub(f"[{_SPACES}]|,(?=[0-9]{{3}})", "", number).replace(",", ".")
    return Number(float(digits) * TIMES.get(unit, 1), unit in ("%", "percent", "per cent"))
