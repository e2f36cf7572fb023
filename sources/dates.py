"""Dates as the sources give them: EDTF strings with the earliest and latest day that they allow."""

import datetime
import re
from contextlib import suppress
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dates import MONTHS as MONTHS_IN_WORDS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

# As English sources print them. What a reader sees is in the language of the interface.
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
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HALVES = {"40": _lazy("first half of %(year)s"), "41": _lazy("second half of %(year)s")}


@lru_cache(maxsize=10_000)
def bounds(value):
    """Return (earliest, latest) day of an EDTF string, None where that side is open or `value` is empty.

    Units:  `datetime.date`, strict bounds: "about June" allows the days of June only.
    Errors: ValidationError naming the string, where it is no EDTF date.
    Source: https://www.loc.gov/standards/datetime/
    """
    if not value:
        return None, None
    if DAY.fullmatch(value):
        with suppress(ValueError):  # the parser, which takes a hundredth of a second, says what is wrong with it
            return (day := datetime.date.fromisoformat(value)), day
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
            return _("from %(start)s on") % {"start": in_words(start)}
        if start in ("", ".."):
            return _("until %(end)s") % {"end": in_words(end)}
        return _("%(start)s to %(end)s") % {"start": in_words(start), "end": in_words(end)}
    words = _plain_in_words(value.rstrip("~?%"))
    if value[-1] in "~%":
        words = _("about %(date)s") % {"date": words}
    return _("%(date)s (uncertain)") % {"date": words} if value[-1] in "?%" else words


def _set_in_words(inner):
    """One of a set: `a,b`, `a..b`, `a..` or `..b`."""
    if "," in inner:
        return _(" or ").join(_set_in_words(part.strip()) for part in inner.split(","))
    if ".." in inner:
        start, end = inner.split("..")
        if not end:
            return _("%(start)s or later") % {"start": in_words(start)}
        if not start:
            return _("%(end)s or earlier") % {"end": in_words(end)}
        return _("between %(start)s and %(end)s") % {"start": in_words(start), "end": in_words(end)}
    return in_words(inner)


def _plain_in_words(value):
    """A year, year and month (or half), or day."""
    parts = value.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return value
    if len(parts) == 1:
        return parts[0]
    if parts[1] in HALVES:
        return HALVES[parts[1]] % {"year": parts[0]}
    if not 1 <= int(parts[1]) <= 12:
        return value
    words = {"month": MONTHS_IN_WORDS[int(parts[1])], "year": parts[0]}
    if len(parts) == 2:
        return _("%(month)s %(year)s") % words
    return _("%(day)d %(month)s %(year)s") % (words | {"day": int(parts[2])})
