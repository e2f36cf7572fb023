"""The passage of a text that is nearest to some words, to be proposed to a person, never to be taken by itself."""

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from reforms.differences import word_runs
from sources.anchoring import select_words
from sources.models import Paragraph

HARDLY = 40  # of 100: what is less alike than this is not worth showing


@dataclass(frozen=True)
class Passage:
    """Words of a paragraph, and how near they are: 0 to 100. `exactly`: the numbers of the paragraphs that hold the
    words asked for as they are.
    """

    paragraph: Paragraph
    quote: str
    score: int
    exactly: list[int]


def nearest(words, paragraphs):
    """Return the Passage of `paragraphs` (a list) that is nearest to `words`; None where nothing is near."""
    exactly = [one for one in paragraphs if words in one.text]
    if exactly:
        text, start = exactly[0].text, exactly[0].text.index(words)
        return Passage(exactly[0], _unique(text, start, start + len(words)), 100, [one.number for one in exactly])
    found = _most_alike(words, paragraphs)
    if found is None:
        return None
    paragraph, score = found
    text = paragraph.text
    alike = fuzz.partial_ratio_alignment(words, text) if len(text) > len(words) else None
    start, end = (alike.dest_start, alike.dest_end) if alike else (0, len(text))
    start, end = _taking_in(words, text, *_whole_words(text, start, end))
    return Passage(paragraph, _unique(text, start, end), round(score), [])


def _most_alike(words, paragraphs):
    """Return (paragraph, score) of the best, or None.

    A short paragraph is compared as a whole: within the longer words asked for, any scrap would be found.
    """
    long = {at: one.text for at, one in enumerate(paragraphs) if len(one.text) > len(words)}
    short = {at: one.text for at, one in enumerate(paragraphs) if len(one.text) <= len(words)}
    found = [
        process.extractOne(words, texts, scorer=scorer, score_cutoff=HARDLY)
        for texts, scorer in ((long, fuzz.partial_ratio), (short, fuzz.ratio))
    ]
    best = max((one for one in found if one), key=lambda one: one[1], default=None)
    return (paragraphs[best[2]], best[1]) if best else None


def _whole_words(text, start, end):
    """Widen a span so that no word is cut, and leave out the white space at its ends."""
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    kept = text[start:end]
    return start + len(kept) - len(kept.lstrip()), end - len(kept) + len(kept.rstrip())


def _taking_in(words, text, start, end):
    """Widen a span by the words of the same sentence in whose place `words` has others that the span lacks."""
    runs = word_runs(words, text[start:end])
    (first, gone), (last, missing) = runs[0], runs[-1]
    if first == "removed" and runs[1][0] == "same":
        before = re.search(rf"(?:[^\s.!?…]+\s+){{0,{len(gone.split())}}}\Z", text[:start])
        start = before.start() if before else start
    if last == "removed" and runs[-2][0] == "same" and text[end - 1] not in ".!?…":
        after = re.match(rf"(?:\s+\S*[^\s.!?…]){{0,{len(missing.split())}}}[.!?…]?", text[end:])
        end += after.end() if after else 0
    return start, end


def _unique(text, start, end):
    """The words of a span, with as many of those around them as make them unique there."""
    if start >= end:
        return text
    found = select_words(text, start, end)
    return found.prefix + found.quote + found.suffix
