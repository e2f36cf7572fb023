"""EDTF dates for forms that know less: what is plain in them."""

import re
from dataclasses import dataclass

PLAIN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?([~?%]?)")


@dataclass(frozen=True)
class Day:
    """A year, a month or a day. `parts`: one to three numbers; `about`: whether it is approximate or uncertain."""

    parts: tuple[int, ...]
    about: bool


def day_of(edtf):
    """Return the Day that an EDTF date is; None where it is anything else: an interval, a set, a half of a year."""
    if not (found := PLAIN.fullmatch(edtf)):
        return None
    *parts, sign = found.groups()
    return Day(tuple(int(part) for part in parts if part), bool(sign))
