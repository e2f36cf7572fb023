"""Values of parameters: what is typed, read as what it means, or refused in a sentence that says what is expected.

Each reader is called with a text that is not empty. `schema` describes in OpenAPI what it reads.
"""

import datetime
import re
from typing import Any

from django.core.exceptions import ValidationError

from api.names import keys
from reforms.search.language import MOST_CHARACTERS, MOST_WORDS, AllOf, AnyOf, parse
from reforms.search.spellings import spelled
from reforms.search.words import words
from sources.dates import bounds

LONGEST = 500  # characters of one value
LARGEST = 2**31 - 1
MOST = 500  # values in one list
NO_WORD = "Give a word that must occur."
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What is left of a value when the blanks around it are dropped, in ECMAScript: not nothing, and no NUL.
BLANK = r"\u0009-\u000d\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
STATED = rf"^[^\u0000]*[^\u0000{BLANK}][^\u0000]*$"
STATED_IN_A_LIST = rf"^[^\u0000,]*[^\u0000{BLANK},][^\u0000,]*$"
# Years of four digits, which the calendar of the databases holds.
EDTF = re.compile(r"(?!.*[0-9X]{5})(?!.*[EY])[0-9X~?%/.,\[\]{}-]{4,60}")


class Unreadable(ValidationError):
    """A value that means nothing here. It holds a sentence to whoever sent it."""


class Value:
    """A text, as it is."""

    schema: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": STATED}
    longest = LONGEST

    def __call__(self, text):
        """Return what `text` means. Errors: Unreadable."""
        if "\0" in text:
            raise Unreadable("A NUL character stands for nothing.")
        if len(text) > self.longest:
            raise Unreadable(f"Too long: {self.longest} characters at most.")
        return self.read(text.strip())

    def read(self, text):
        return text


class ChoiceValue(Value):
    """One of `choices`."""

    def __init__(self, choices):
        self.choices = tuple(choices)
        self.schema = {"type": "string", "enum": [*self.choices]}

    def read(self, text):
        if text not in self.choices:
            raise Unreadable(f"Possible: {', '.join(self.choices)}.")
        return text


class YesNoValue(Value):
    """`true` or `false`, as a bool."""

    schema = {"type": "boolean"}

    def read(self, text):
        if text not in ("true", "false"):
            raise Unreadable("Give true or false.")
        return text == "true"


class NumberValue(Value):
    """A whole number, not negative."""

    schema = {"type": "integer", "minimum": 0, "maximum": LARGEST}

    def read(self, text):
        if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > LARGEST:
            raise Unreadable(f"Give a whole number from 0 to {LARGEST}.")
        return int(text)


class DayValue(Value):
    """A day written YYYY-MM-DD and in no other way, as a date."""

    schema = {"type": "string", "format": "date", "examples": ["2021-06-30"]}

    def read(self, text):
        try:
            return datetime.date.fromisoformat(DAY.fullmatch(text)[0])  # type: ignore[index]
        except (TypeError, ValueError):
            raise Unreadable("Give a day that there is, as YYYY-MM-DD.") from None


class EDTFValue(Value):
    """A date in EDTF, as (earliest, latest) day, None where that side is open."""

    schema = {"type": "string", "format": "edtf", "examples": ["2021-06"]}

    def read(self, text):
        try:
            if EDTF.fullmatch(text) and any(days := bounds(text)) and not _ends_before_it_begins(*days):
                return days
        except (ValidationError, OverflowError, TypeError, AttributeError):
            pass
        raise Unreadable("Give a date in EDTF: 2021, 2021-06, 2021-06-30, 2020-01/2021-06, 2021-06/.. …")


def _ends_before_it_begins(earliest, latest):
    return earliest is not None and latest is not None and latest < earliest


class NameValue(Value):
    """The public name of a record of `kind`, as its key. A former name stands for it too."""

    def __init__(self, kind):
        self.kind, self.schema = kind, {"type": "string", "format": f"{kind}-name"}

    def read(self, text):
        [key] = self.all([text])
        return key

    def all(self, names):
        """Return the key of each of `names`. Errors: Unreadable naming the first under which nothing is seen."""
        found, strange = keys(self.kind, names)
        if strange is not None:
            raise Unreadable(f"There is no {self.kind} with the name “{strange[:100]}”.")
        return [found[name] for name in names]


class WordsValue(Value):
    """Words in the language of the search, as (tree, unless)."""

    schema = {"type": "string", "format": "words", "minLength": 1, "maxLength": MOST_CHARACTERS}
    longest = MOST_CHARACTERS

    def read(self, text):
        if len(words(text)) > MOST_WORDS:
            raise Unreadable(f"Too many words: {MOST_WORDS} at most.")
        question = parse(text)
        if not question.wanted:
            raise Unreadable(NO_WORD)
        wanted, unwanted, _also = spelled(question)
        return AllOf(tuple(wanted)), AnyOf(tuple(unwanted)) if unwanted else None


class ListValue(Value):
    """Several values that `one` reads, with commas between them, as a list."""

    longest = MOST * 110

    def __init__(self, one):
        self.one = one
        items = one.schema | {"pattern": STATED_IN_A_LIST} if "pattern" in one.schema else one.schema
        self.schema = {"type": "array", "items": items, "minItems": 1, "maxItems": MOST}

    def read(self, text):
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > MOST:
            raise Unreadable(f"{MOST} values at most can be asked for at once.")
        if not all(parts):
            raise Unreadable("Give values with commas between them, and nothing empty.")
        return self.one.all(parts) if isinstance(self.one, NameValue) else [self.one(part) for part in parts]
