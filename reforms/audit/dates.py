"""Dates as texts print them: 25 May 2020, May 25th, 2020, 25.05.2020, 5/25/2020, November 10 to December 4, 2020."""

import datetime
import re
from dataclasses import dataclass

from sources.dates import MONTHS

NUMERIC = re.compile(r"(?<![\w.,/])(\d{1,2})([./])(\d{1,2})\2(\d{4,5})(?!\d)")
WHOLE, SHORT = "|".join(MONTHS), "Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec"
MONTH = rf"(?:{WHOLE}|(?:{SHORT})\b\.?)"
DAY = r"\d{1,2}(?:st|nd|rd|th)?(?!\d)"
DAYS = rf"{DAY}(?:\s?[-–]\s?{DAY})?"
YEAR = r"(?:,?\s+(?P<{}>\d{{4}})(?!\d))"
WRITTEN = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d\d-\d\d)(?!\d)"
    rf"|(?P<days_before>{DAYS})(?:\s+of)?\s+(?P<month_after>{MONTH})(?![a-z]){YEAR.format('year_after')}?"
    rf"|(?P<month_before>{MONTH})\s+(?P<days_after>{DAYS}){YEAR.format('year_before')}?"
    rf"|(?P<month_of_year>{MONTH})(?:\s+of)?{YEAR.format('year_of_month')}"
    rf"|(?P<month_alone>{WHOLE})(?![a-z])"
    rf"|(?P<no_year>\d{{1,2}}\.\d\d\.)(?!\d))"
)
JOINED = re.compile(r"\s*(?:,|,?\s*\b(?:and|to|until|till|through|or)\b|[-–—])\s*")
BEGINS = re.compile(r"(?:^|[.!?:])[\s«“\"'(]*$")
VERBS = ("March", "May")  # words of other meanings, where a sentence begins with them


@dataclass(frozen=True)
class PrintedDate:
    """One date of a text. `days` are those that it can mean, as (year, month, day); what is not printed is None.

    Empty where no day is so called. A month alone is (None, 5, None).
    """

    start: int
    end: int
    printed: str
    days: frozenset


def numeric_dates(text):
    """Return the dates of `text` that are printed in numbers only, as PrintedDate."""
    found = []
    for match in NUMERIC.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        orders = ((year, second, first), (year, first, second))
        days = frozenset(order for order in orders if _is_a_day(*order))
        found.append(PrintedDate(match.start(), match.end(), match[0], days))
    return found


def printed_dates(text):
    """Return all dates of `text` in their order. A year that is printed once counts for those joined to it before."""
    numeric = numeric_dates(text)
    rest = blanked(text, numeric)
    found = sorted([*numeric, *_written(rest)], key=lambda date: date.start)
    for at in range(len(found) - 2, -1, -1):
        here, following = found[at], found[at + 1]
        if JOINED.fullmatch(text[here.end : following.start]):
            found[at] = _with_year(here, {year for year, *_ in following.days if year})
    return found


def blanked(text, parts):
    """Return `text` with each of `parts` (by start and end) blank, all else in its place."""
    for part in parts:
        text = text[: part.start] + " " * (part.end - part.start) + text[part.end :]
    return text


def _is_a_day(year, month, day):
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _written(text):
    """The dates of `text` that hold a word, or no year."""
    for match in WRITTEN.finditer(text):
        for days in filter(None, _days(match, text)):
            yield PrintedDate(match.start(), match.end(), match[0], frozenset(days))


def _days(match, text):
    """What `match` can mean, for each of the dates that it is: 10-15 May is two of one meaning, 5.06. one of two."""
    if match["iso"]:
        return [[tuple(int(part) for part in match["iso"].split("-"))]]
    if match["no_year"]:
        first, second = (int(part) for part in match["no_year"].split(".")[:2])
        orders = ((None, second, first), (None, first, second))
        return [[order for order in orders if _is_a_day(2000, *order[1:])]]
    if match["month_alone"] in VERBS and BEGINS.search(text[: match.start()]):
        return []
    names = ("month_after", "month_before", "month_of_year", "month_alone")
    month = _month(next(match[name] for name in names if match[name]))
    printed = match["year_after"] or match["year_before"] or match["year_of_month"]
    year = int(printed) if printed else None
    days = [int(day) for day in re.findall(r"\d+", match["days_before"] or match["days_after"] or "")]
    return [[(year, month, day)] for day in days if _is_a_day(year or 2000, month, day)] or [[(year, month, None)]]


def _month(name):
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name[:3]))


def _with_year(date, years):
    days = frozenset((year, *rest) for own, *rest in date.days for year in ({own} if own else years or {None}))
    return PrintedDate(date.start, date.end, date.printed, days)
