"""The paragraphs of a draft as its page shows them, and what was chosen and typed there."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from sources.models import Paragraph
from sources.receiving import kinds_of, repeated_in
from sources.segmentation import segment

KINDS = {f"heading {level}": ("heading", level) for level in range(1, 7)} | {
    value: (value, None) for value in Paragraph.Kind.values if value != Paragraph.Kind.HEADING
}
LABELS = {name: str(Paragraph.Kind(name).label) if level is None else name for name, (_, level) in KINDS.items()}
SELECTED = format_html(" {}", "selected")
NAMES = {kind: name for name, kind in KINDS.items()}
PLACE = re.compile(r"(?P<what>kind|text)-(?P<number>[1-9][0-9]{0,6})", re.ASCII)
SPAN = re.compile(r"([1-9][0-9]{0,6})(?:\s*[-–]\s*([1-9][0-9]{0,6}))?", re.ASCII)


@dataclass
class Choice:
    """What was chosen and typed on the page of a draft: of each paragraph by its number, and of several at once."""

    kinds: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    ticked: set[int] = field(default_factory=set)
    span: str = ""
    several: str = ""

    @classmethod
    def of(cls, post):
        choice = cls(span=post.get("span", "").strip(), several=post.get("several", ""))
        choice.ticked = {int(one) for one in post.getlist("ticked") if SPAN.fullmatch(one) and one.isdecimal()}
        for name, value in post.items():
            if place := PLACE.fullmatch(name):
                (choice.kinds if place["what"] == "kind" else choice.texts)[int(place["number"])] = value
        return choice

    def decided(self):
        """Return paragraph number to (kind, level). Errors: ValidationError."""
        return {number: _kind(value) for number, value in self.kinds.items()}

    def at_once(self, last):
        """Return the same for those that are ticked or in the span, of `last` paragraphs. Errors: ValidationError."""
        return dict.fromkeys(self._several(last), _kind(self.several))

    def together(self, last):
        """Return the numbers of those that follow another of the ticked or in the span. Errors: ValidationError."""
        numbers = self._several(last)
        if not (following := [number for number in numbers if number - 1 in numbers]):
            raise ValidationError("Nothing was saved: paragraphs are joined where one follows the other.")
        return following

    def _several(self, last):
        numbers = self.ticked | {n for part in self.span.split(",") if part.strip() for n in _span(part.strip(), last)}
        if not numbers:
            raise ValidationError("Nothing was saved: tick paragraphs, or name them as in “12-20, 25”.")
        return sorted(numbers)


def _kind(value):
    if value not in KINDS:
        raise ValidationError(f"Nothing was saved: “{value[:50]}” is no kind of paragraph.")
    return KINDS[value]


def _span(part, last):
    span = SPAN.fullmatch(part)
    first, end = (int(span[1]), int(span[2] or span[1])) if span else (0, 0)
    if not 0 < first <= end <= last:
        raise ValidationError(f"Nothing was saved: “{part[:50]}” names no paragraphs from 1 to {last}.")
    return range(first, end + 1)


@dataclass
class Row:
    """A paragraph on the page: as stored, and as chosen and typed where that is not saved yet."""

    number: int
    text: str
    kind: str
    repeated: bool
    chosen: str
    typed: str
    ticked: bool

    @property
    def options(self):
        return options(self.chosen)

    @property
    def stored_as(self):
        """In words, what kind it is as stored, where another was chosen."""
        return LABELS[self.kind] if self.kind != self.chosen else ""

    @property
    def edited(self):
        return self.typed.replace("\r\n", "\n") != re.sub("\r\n?", "\n", self.text)


def rows_of(source, choice, first, many):
    """Return the rows of at most `many` paragraphs of a draft, from number `first` on."""
    segments, kinds, repeated = segment(source.text), kinds_of(source), repeated_in(source)
    rows = []
    for one in segments[first - 1 : first - 1 + many]:
        kind = NAMES.get(kinds[one.number - 1], "heading 1")
        chosen = choice.kinds.get(one.number, kind)
        typed, ticked = choice.texts.get(one.number, one.text), one.number in choice.ticked
        chosen = chosen if chosen in KINDS else kind
        rows.append(Row(one.number, one.text, kind, one.number in repeated, chosen, typed, ticked))
    return rows


def not_stored(source, choice):
    """Return (kind in words, text) of those paragraphs that the page held and the draft does not hold like that."""
    kinds = [NAMES.get(kind, "heading 1") for kind in kinds_of(source)]
    stored = {(kind, one.text) for kind, one in zip(kinds, segment(source.text), strict=True)}
    held = [(choice.kinds.get(number, ""), text.replace("\r\n", "\n")) for number, text in choice.texts.items()]
    return [(LABELS.get(kind, kind), text) for kind, text in held if (kind, text) not in stored]


def options(chosen):
    """Return the options of a list of kinds."""
    rows = ((name, SELECTED if name == chosen else "", label) for name, label in LABELS.items())
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)
