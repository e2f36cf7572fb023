"""Figures of a text in one form, however they are printed: 40,000, 5,8%, 17.6 billion, four, fourth, VII, 05.25.2020.

A figure that stands in a quote in another form is the same figure: `figures(claim)` share a reading with the
`readings(quote)`. A reading is a kind and its values:

("number", 40000)          40,000; four; fourfold; a year
("percent", 29/5)          5.8%; 5,8 per cent; it is read as a number too
("ordinal", 4)             fourth; 4th; IV; a number that begins a list item
("day", 2020, 5, 25)       a whole date; it is read as each of the following too
("month", 2020, 5)         May 2020
("month and day", 5, 25)   25 May
("month name", 5)          May
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from reforms.audit.dates import blanked, printed_dates

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
SCALES = {
    "dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "mln": 10**6, "billion": 10**9, "bln": 10**9,
    "bn": 10**9, "trillion": 10**12,
}  # fmt: skip
TIMES = {"twice": 2, "thrice": 3, "doubled": 2, "tripled": 3, "quadrupled": 4, "half": Fraction(1, 2)}
TIMES["halved"] = TIMES["half"]
QUIET = {"once": 1, "single": 1, "sole": 1, "both": 2, "double": 2, "triple": 3, "pair": 2}  # of a quote only
ROMAN = {"i": 1, "v": 5, "x": 10}
PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}

CARDINAL = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS[1:10])}))?|{'|'.join(sorted(UNITS, key=len)[::-1])})"
SCALE = "|".join(SCALES)
DIGITS = r"\d{1,3}(?:[, \u00a0\u2009\u202f’']\d{3})+(?!\d)(?:\.\d+)?|\d+,\d{1,2}(?![\d,])|\d+(?:\.\d+)?"
GROUPED = re.compile(r"[, \u00a0\u2009\u202f’'](?=\d{3}(?!\d))")
TOKEN = re.compile(
    rf"""\b(?-i:(?<![A-Z]-))(?:
    (?P<nth>\d+)(?:st|nd|rd|th)\b
    | (?P<fold>\d+|{CARDINAL})[- ]?fold\b
    | (?P<article>an?|one)[- ](?P<part>{"|".join(PARTS)})\b
    | (?P<over>{CARDINAL})[- ](?P<parts>{"|".join(PARTS)})s\b
    | (?:(?P<ten>{"|".join(TENS)})-)?(?P<ordinal>{"|".join(ORDINALS)})(?:ly)?\b
    | (?P<tens>{"|".join(ten[:-1] + "ieth" for ten in TENS)})\b
    | (?P<digits>{DIGITS})(?:[\s-](?P<digits_scale>{SCALE})\b)?(?P<percent>\s?%|\s(?:percent|per\scent)\b)?
    | (?P<words>{CARDINAL})(?:[- ](?P<words_scale>{SCALE})(?:(?:\sand\s|[- ])(?P<rest>{CARDINAL}))?)?
      (?P<words_percent>\s(?:percent|per\scent))?\b
    | (?:an?\s)?(?P<scale>{SCALE})\b
    | (?P<times>{"|".join(TIMES)})\b
    | (?P<quiet>{"|".join(QUIET)})\b
    | (?P<roman>(?-i:(?=[IVX]{{2}})X{{0,3}}(?:IX|IV|V?I{{0,3}})))\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
LISTED = re.compile(r"\s*(\d{1,3})[.)]")
JOINED = re.compile(r"\s*(?:to|and|or|[-–—])\s*")
ANY_ONE = re.compile(r"\b(?:no|any|every|each|the|this|that|some|only|another|other|first|last|new)\s+$", re.IGNORECASE)
ONE_OF = re.compile(r"\s*(?:$|[^\w\s%-]|(?:of|or|and|another|that|which|who|is|was|were|to|by|in|on|for|from)\b)")
AT_LEAST = re.compile(r"\b(?:least|most|only)\s+$", re.IGNORECASE)
AT_FIRST = re.compile(r"\bat\s+$", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """One figure as it is printed, and all that it may be read as."""

    start: int
    end: int
    printed: str
    readings: frozenset


def figures(text):
    """Return what a claim of this text says in figures, in order. Words that only look like one are left out."""
    return [figure for figure in _all(text) if not _is_idle(figure, text)]


def readings(text):
    """Return everything that the figures of a quote can be read as."""
    found = {reading for figure in _all(text) for reading in figure.readings | _implied(figure.readings)}
    if listed := LISTED.match(text):
        found.add(("ordinal", int(listed[1])))
    return found


def _all(text):
    dates = printed_dates(text)
    found = [Figure(date.start, date.end, date.printed, _of_date(date)) for date in dates]
    numbers = []
    for match in TOKEN.finditer(blanked(text, dates)):
        if match[0] and (read := _read(match)):
            numbers.append(Figure(match.start(), match.end(), match[0], frozenset(read)))
    return sorted([*found, *_in_common(numbers, text)], key=lambda figure: figure.start)


def _of_date(date):
    """The readings of a printed date; of one that no day is called, its own characters."""
    return frozenset(map(_reading, date.days)) or frozenset([("printed", date.printed)])


def _reading(day):
    year, month, day = day
    if day and year:
        return ("day", year, month, day)
    if day:
        return ("month and day", month, day)
    return ("month", year, month) if year else ("month name", month)


def _implied(told):
    """What also stands where these readings do: in 25 May 2020 also May 2020, 25 May, May and 2020."""
    found = set()
    for kind, *values in told:
        if kind == "percent":
            found.add(("number", *values))
        if kind == "month and day":
            found.add(("month name", values[0]))
        if kind in ("day", "month"):
            found |= {("number", values[0]), ("month", *values[:2]), ("month name", values[1])}
        if kind == "day":
            found.add(("month and day", *values[1:]))
    return found


def _read(match):
    """The readings of one token."""
    words = {name: text.lower() for name, text in match.groupdict().items() if text}
    return next(read(words) for name, read in READERS.items() if name in words)


def _part(words):
    """Of one third, a quarter; a third may also be one more of several."""
    part = words["part"]
    share = {("number", Fraction(1, PARTS[part]))}
    return share | {("ordinal", PARTS[part])} if words["article"] != "one" and part in ORDINALS else share


def _number(words):
    value = _value(words.get("digits") or words["words"])
    value *= SCALES.get(words.get("digits_scale") or words.get("words_scale", ""), 1)
    value += _value(words["rest"]) if "rest" in words else 0
    return {("percent" if words.keys() & {"percent", "words_percent"} else "number", value)}


def _ordinal(words):
    tens = 10 * (TENS.index(words["ten"]) + 2) if "ten" in words else 0
    return {("ordinal", tens + ORDINALS.index(words["ordinal"]))}


def _tens(words):
    return {
        ("ordinal", 10 * next(tens for tens, word in enumerate(TENS, start=2) if words["tens"].startswith(word[:-1])))
    }


def _roman(words):
    value = 0
    for letter, following in pairwise(f"{words['roman']} "):
        worth = ROMAN[letter]
        value += -worth if ROMAN.get(following, 0) > worth else worth
    return {("number", value), ("ordinal", value)}


def _value(text):
    """The number that digits or a cardinal word are."""
    if text[0].isdigit():
        return Fraction(GROUPED.sub("", text).replace(",", "."))
    return sum(10 * (TENS.index(word) + 2) if word in TENS else UNITS.index(word) for word in re.split("[- ]", text))


READERS = {
    "part": _part,
    "parts": lambda words: {("number", Fraction(_value(words["over"]), PARTS[words["parts"]]))},
    "digits": _number,
    "words": _number,
    "roman": _roman,
    "ordinal": _ordinal,
    "tens": _tens,
    "nth": lambda words: {("ordinal", int(words["nth"]))},
    "fold": lambda words: {("number", _value(words["fold"]))},
    "scale": lambda words: {("number", SCALES[words["scale"]])},
    "times": lambda words: {("number", TIMES[words["times"]])},
    "quiet": lambda words: {("number", QUIET[words["quiet"]])},
}


def _in_common(numbers, text):
    """Give the first of two joined numbers the per cent of the second: from 7 to 5%."""
    for here, following in pairwise([*numbers, None]):
        shares = following and JOINED.fullmatch(text[here.end : following.start])
        if shares and {kind for kind, _ in following.readings} == {"percent"}:
            percent = {("percent", value) for kind, value in here.readings if kind == "number"}
            here = Figure(here.start, here.end, here.printed, here.readings | percent)
        yield here


def _is_idle(figure, text):
    """Whether a figure of a claim only looks like one: one of them, at first; or says no more than an article."""
    word = figure.printed.lower()
    before = text[: figure.start]
    if word == "one":
        return bool(ANY_ONE.search(before) or ONE_OF.match(text, figure.end))
    if word == "once":
        return not AT_LEAST.search(before)
    return word in QUIET or (word == "first" and bool(AT_FIRST.search(before)))
