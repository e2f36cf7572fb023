"""A paragraph's text cut at the spans that claims stand on, so that words can be lit where spans overlap."""

from dataclasses import dataclass
from itertools import pairwise

from reforms.models import Citation

AROUND = 200  # characters that stay on each side of the lit words
WORTH = 300  # characters that are left out at least, or the whole is shown


@dataclass(frozen=True)
class Segment:
    """A piece of text between two span boundaries, and the citations whose spans cover it."""

    text: str
    citations: tuple

    @property
    def refs(self):
        """The references of the claims whose words these are; a link leads to the first of them."""
        return list(dict.fromkeys(citation.claim.ref for citation in self.citations))

    @property
    def only_context(self):
        """Whether no claim stands on these words: they only say whom or what other words speak of."""
        return all(citation.stance == Citation.Stance.CONTEXT for citation in self.citations)


@dataclass(frozen=True)
class Run:
    """Neighbouring segments drawn as one: `lit` words of the claim that was asked for, or all others."""

    lit: bool
    segments: tuple


def runs(text, citations, lit=()):
    """Return `text` as a list of Run. The texts of all segments, joined, are `text`.

    `citations`: those of this paragraph (`start` and `end` are offsets in it). `lit`: those among them
    whose words are lit; overlapping ones are lit as one run, so that a quote is never cut in two.

    Where spans overlap, words lead to the claim that they were lit for, else to one that they support, else to
    the one with the shortest span: of a span within another, both can be reached.
    """
    spans = _joined([(citation.start, citation.end) for citation in lit])
    known = {0, len(text)} | {edge for span in spans for edge in span}
    edges = sorted(known | {edge for citation in citations for edge in (citation.start, citation.end)})
    result, segments, at = [], [], None
    for start, end in pairwise(edges):
        span = next((span for span in spans if span[0] <= start < span[1]), None)
        if segments and span != at:
            result.append(Run(at is not None, tuple(segments)))
            segments = []
        over = [citation for citation in citations if citation.start <= start and end <= citation.end]
        over.sort(key=lambda one: (one not in lit, one.stance == Citation.Stance.CONTEXT, one.end - one.start))
        segments.append(Segment(text[start:end], tuple(over)))
        at = span
    return [*result, Run(at is not None, tuple(segments))]


def _joined(spans):
    """Join spans that overlap. Spans that only touch stay apart."""
    joined = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@dataclass(frozen=True)
class Excerpt:
    """A part of a text around its lit words. `before`, `after`: whether text was left out there."""

    runs: list
    before: bool
    after: bool


def excerpt(drawn):
    """Return the Excerpt of `drawn` (list of Run) around its lit words, None where little would be left out."""
    lit = [at for at, run in enumerate(drawn) if run.lit]
    first, last = drawn[: lit[0]], drawn[lit[-1] + 1 :]
    before, after = ("".join(segment.text for run in part for segment in run.segments) for part in (first, last))
    start, end = before[-AROUND:], after[:AROUND]
    left_out = len(before) - len(start), len(after) - len(end)
    if sum(left_out) < WORTH:
        return None
    if left_out[0]:
        start = start.partition(" ")[2]
    if left_out[1]:
        end = end.rpartition(" ")[0]
    return Excerpt([_plain(start), *drawn[lit[0] : lit[-1] + 1], _plain(end)], bool(left_out[0]), bool(left_out[1]))


def _plain(text):
    return Run(False, (Segment(text, ()),))
