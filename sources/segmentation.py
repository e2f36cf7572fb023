"""Text in, paragraphs out. A paragraph is one line that is not blank; its kind is only proposed here."""

import re
from dataclasses import dataclass

LIST_ITEM = re.compile(r"\s*(?:[-–—·•*]\s|\d{1,3}[.)])")
QUOTATION = re.compile(r"\s*[“«\"]")


@dataclass(frozen=True)
class Segment:
    """One paragraph of a text. `text == source[start:end]`; offsets are code points, end exclusive."""

    number: int
    start: int
    end: int
    text: str
    kind: str


def segment(text):
    """Return the paragraphs of `text` as a list of Segment, numbered from 1.

    Only U+000A ends a line, and a U+000D right before it is not text. A line holding only white
    space (no-break spaces included) is blank. White space inside a paragraph's line is kept.
    """
    segments = []
    start = 0
    for line in text.split("\n"):
        following = start + len(line) + 1
        ends_the_text = following > len(text)
        body = line if ends_the_text else line.removesuffix("\r")
        if body.strip():
            segments.append(Segment(len(segments) + 1, start, start + len(body), body, propose_kind(body)))
        start = following
    return segments


def propose_kind(line):
    """Propose a paragraph's kind from its first characters: list_item, quotation or paragraph.

    What a line is for (heading, byline, caption …) is not written in plain text; a person decides that.
    """
    if LIST_ITEM.match(line):
        return "list_item"
    if QUOTATION.match(line):
        return "quotation"
    return "paragraph"


def sections(levels):
    """Say under which heading each paragraph stands.

    Shape: `levels` is one entry per paragraph, the heading level (1-6) or None; returned is one entry
    per paragraph, the number of the nearest heading above it that contains it, or None. A heading's
    own section is the next heading of a higher rank above it.
    """
    open_headings: list[tuple[int, int]] = []
    result = []
    for number, level in enumerate(levels, start=1):
        if level is not None:
            while open_headings and open_headings[-1][0] >= level:
                open_headings.pop()
        result.append(open_headings[-1][1] if open_headings else None)
        if level is not None:
            open_headings.append((level, number))
    return result
