"""Public claims that probably say the same, found without comparing every claim with every other one.

Only claims of one kind with the same figures are compared: a proposal is no act, and another figure another claim.
"""

import re
from collections import Counter, defaultdict
from itertools import groupby
from operator import itemgetter

from rapidfuzz import fuzz

from reforms.audit.figures import figures
from reforms.models import Citation, Claim

MOST = 0.8  # of what two quotes cover, that they have in common
ALIKE = 92  # how alike two texts are, in hundredths
RARE_WORDS = 3  # by which a claim is looked for
NEIGHBOURS = 50  # in one place, with which a claim is compared
WORD = re.compile(r"\w+")


def on_the_same_words():
    """Yield the references of each two claims whose supporting quotes are all mostly the same words."""
    support = Citation.objects.public().filter(stance=Citation.Stance.SUPPORTS)
    columns = ("claim__ref", "claim__kind", "claim__text", "paragraph_id", "start", "end")
    rows = support.order_by("claim__ref", "paragraph_id", "start", "end").values_list(*columns)
    blocks = defaultdict(list)
    for (ref, kind, text), own in groupby(rows.iterator(), itemgetter(0, 1, 2)):
        quotes = [row[3:] for row in own]
        paragraphs = tuple(paragraph for paragraph, *_ in quotes)
        blocks[kind, _told(text), paragraphs].append((ref, [span for _, *span in quotes]))
    for (ref, spans), (other, its_spans) in _neighbours(blocks):
        if all(_in_common(*pair) >= MOST for pair in zip(spans, its_spans, strict=True)):
            yield ref, other


def alike():
    """Yield the references of each two claims whose texts are very alike."""
    public = Claim.objects.public()
    often = Counter(
        word for text in public.order_by().values_list("text", flat=True).iterator() for word in _words(text)
    )
    blocks = defaultdict(list)
    for ref, kind, text in public.order_by("ref").values_list("ref", "kind", "text").iterator():
        told = _told(text)
        shared = sorted((often[word], word) for word in _words(text) if often[word] > 1)
        for _, word in shared[:RARE_WORDS]:
            blocks[kind, told, word].append((ref, text.casefold()))
    for (ref, text), (other, its_text) in _neighbours(blocks):
        if fuzz.token_set_ratio(text, its_text) >= ALIKE:
            yield ref, other


def _neighbours(blocks):
    """Each two of a block, not too far from each other where it is large."""
    for block in blocks.values():
        for at, one in enumerate(block):
            yield from ((one, other) for other in block[at + 1 : at + 1 + NEIGHBOURS])


def _told(text):
    """The figures of a text, however they are printed."""
    return frozenset(figure.readings for figure in figures(text))


def _words(text):
    return set(WORD.findall(text.casefold()))


def _in_common(one, other):
    """The share that two spans of one paragraph have in common, of all that either covers."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0]))
