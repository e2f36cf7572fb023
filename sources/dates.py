"""Dates as the sources give them: EDTF strings with the earliest and latest day that they allow."""

import datetime
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
HALVES = {"40": "first half of", "41": "second half of"}


@lru_cache(maxsize=10_000)
def bounds(value):
    """Return (earliest, latest) day of an EDTF string, None where that side is open or `value` is empty.

    Units:  `datetime.date`, strict bounds: "about June" allows the days of June only.
    Errors: ValidationError naming the string, where it is no EDTF date.
    Source: https://www.loc.gov/standards/datetime/
    """
    if not value:
        return None, None
    try:
        parsed = parse_edtf(value)
        earliest, latest = _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (EDTFParseException, ValueError) as error:
        raise ValidationError("“%(value)s” is not an EDTF date.", code="edtf", params={"value": value}) from error
    start, _, end = value.rpartition("/")  # `edtf` takes an end that is not known for ten years more
    known_start, known_end = start not in ("", "..") or "/" not in value, end not in ("", "..")
    return earliest if known_start else None, latest if known_end else None


def _day(moment):
    """The day of what `edtf` returns: a struct_time, or an infinite float for an open end."""
    if isinstance(moment, float):
        return None
    return datetime.date(moment.tm_year, moment.tm_mon, moment.tm_mday)


def validate_edtf(value):
    """Errors: ValidationError where `value` is no EDTF date, or its end comes before its start."""
    earliest, latest = bounds(value)
    if earliest and latest and earliest > latest:
        raise ValidationError("“%(value)s” ends before it starts.", code="edtf", params={"value": value})


class EDTFField(models.CharField):
    """An EDTF date. Saving it also sets `<name>_earliest` and `<name>_latest`, declared beside it."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 60)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        kwargs.setdefault("help_text", "EDTF: 2020-05-25, 2021-06~, 2022, [2020-02-06,2020-06-02], 2021-41 …")
        super().__init__(*args, **kwargs)
        self.validators = [*self.validators, validate_edtf]

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        earliest, latest = bounds(value)
        setattr(model_instance, f"{self.attname}_earliest", earliest)
        setattr(model_instance, f"{self.attname}_latest", latest)
        return value


def bound_field():
    """A day computed from the EDTF field it is named after."""
    return models.DateField(null=True, blank=True, editable=False)


def in_words(value):
    """Spell an EDTF string for a reader: "25 May 2020", "about June 2021", "6 February or 2 June 2020".

    Errors: none; a form that has no simple words is returned as it stands.
    """
    if not value:
        return ""
    if value.startswith("[") and value.endswith("]"):
        return _set_in_words(value[1:-1])
    if "/" in value:
        start, end = value.split("/")
        if end in ("", ".."):
            return f"from {in_words(start)} on"
        return f"{in_words(start)} to {in_words(end)}" if start not in ("", "..") else f"until {in_words(end)}"
    about = "about " if value[-1] in "~%" else ""
    unsure = " (uncertain)" if value[-1] in "?%" else ""
    return f"{about}{_plain_in_words(value.rstrip('~?%'))}{unsure}"


def _set_in_words(inner):
    """One of a set: `a,b`, `a..b`, `a..` or `..b`."""
    if "," in inner:
        return " or ".join(_set_in_words(part.strip()) for part in inner.split(","))
    if ".." in inner:
        start, end = inner.split("..")
        if not end:
            return f"{in_words(start)} or later"
        return f"between {in_words(start)} and {in_words(end)}" if start else f"{in_words(end)} or earlier"
    return in_words(inner)


def _plain_in_words(value):
    """A year, year and month (or half), or day."""
    parts = value.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return value
    if len(parts) == 1:
        return parts[0]
    if parts[1] in HALVES:
        return f"{HALVES[parts[1]]} {parts[0]}"
    if not 1 <= int(parts[1]) <= 12:
        return value
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{MONTHS[int(parts[1]) - 1]} {parts[0]}"
