"""Quotes to spans and back: the W3C TextQuoteSelector and TextPositionSelector over one paragraph."""

import re
from dataclasses import dataclass

WHITE_SPACE = re.compile(r"\s")


class AnchorError(ValueError):
    """A quote that does not stand in its paragraph exactly once."""


class QuoteNotFound(AnchorError):
    """The quote is not in the paragraph."""

    def __init__(self, *, elsewhere=False):
        words = "the paragraph does not hold these words, character for character."
        around = "the paragraph holds these words, but not directly after the prefix and before the suffix."
        super().__init__(f"Quote not found: {around if elsewhere else words}")


class QuoteAmbiguous(AnchorError):
    """The quote stands in the paragraph several times; `count` says how often."""

    def __init__(self, count):
        self.count = count
        super().__init__(f"Quote found {count} times: add the words directly before (prefix) or after (suffix).")


@dataclass(frozen=True)
class Selector:
    """A TextQuoteSelector: the words, and as much text on both sides as makes them unique."""

    prefix: str
    quote: str
    suffix: str


def anchor(quote, text, *, prefix="", suffix=""):
    """Return the half-open span (start, end) of `quote` inside `text`.

    Units:  Unicode code points of the stored text (a browser counts UTF-16; convert there).
    Errors: QuoteNotFound; QuoteAmbiguous if prefix and suffix leave more than one place.
    Source: https://www.w3.org/TR/annotation-model/#text-quote-selector
    """
    if not quote:
        raise QuoteNotFound
    places = _places(prefix + quote + suffix, text)
    if not places:
        raise QuoteNotFound(elsewhere=bool(_places(quote, text)))
    if len(places) > 1:
        raise QuoteAmbiguous(len(places))
    start = places[0] + len(prefix)
    return start, start + len(quote)


def anchor_pasted(quote, text, *, prefix="", suffix=""):
    """As `anchor`, for words copied from a browser, which copies a no-break space as a plain one.

    Where the words do not stand there exactly, they may differ in which white-space characters they hold.
    The span is still found once or not at all, and the quote to store is the text of the span.
    """
    try:
        return anchor(quote, text, prefix=prefix, suffix=suffix)
    except QuoteNotFound:
        words = [WHITE_SPACE.sub(" ", part) for part in (quote, text, prefix, suffix)]
        return anchor(words[0], words[1], prefix=words[2], suffix=words[3])


def select(text, start, end, *, context=0):
    """Return the Selector that leads back to `text[start:end]`: `anchor` finds exactly this span.

    `context` is how many code points to give on each side at least; more are given, doubling,
    until the place is unique.
    Errors: ValueError where the span is empty or leaves the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError("The span must hold at least one character and lie inside the text.")
    while True:
        before, after = max(0, start - context), end + context
        if len(_places(text[before:after], text)) == 1:
            return Selector(text[before:start], text[start:end], text[end:after])
        context = max(1, context * 2)


def select_words(text, start, end, *, also=()):
    """Return the Selector that leads back to `text[start:end]` by the fewest whole words on one side.

    Nothing is added where the span is unique; words before go ahead of words after; where no one side
    makes it unique, all the text on both sides does. The same span always gives the same Selector.
    `also`: further texts in which the words, and those added to them, must stand exactly once as well.
    Errors: ValueError where the span is empty, or no words make it unique in all texts.
    """
    quote = text[start:end]
    before = [match.start() for match in re.finditer(r"\S+\s*", text[:start])][::-1]
    after = [end + match.end() for match in re.finditer(r"\s*\S+", text[end:])]
    sides = [(start, end)]
    for words in range(max(len(before), len(after))):
        sides += [(at, end) for at in before[words : words + 1]] + [(start, at) for at in after[words : words + 1]]
    for left, right in [*sides, (0, end), (start, len(text)), (0, len(text))]:
        if all(len(_places(text[left:right], one)) == 1 for one in (text, *also)):
            return Selector(text[left:start], quote, text[end:right])
    raise ValueError("The span must hold at least one character, lie inside the text, and be unique.")


def _places(words, text):
    """Every index at which `words` begins in `text`, overlapping ones included."""
    places = []
    at = text.find(words)
    while at != -1:
        places.append(at)
        at = text.find(words, at + 1)
    return places
