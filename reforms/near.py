"""What is there already that speaks of the same: claims, reforms and sources whose words are near.

How near two texts are: the words that both hold, the rarer the weightier, as the cosine of the angle between them.
`docs/search.md` says how it was measured, and what else was tried. However much is stored, the number of queries is
fixed, and no query reads more than `MANY` records for each of a few words.
"""

# ruff: noqa: S608 the SQL is made of what `matching` gives; what was typed is in the values
import math
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import connection
from rapidfuzz import fuzz

from reforms.models import Citation, Claim, ClaimReform, Reform
from reforms.search.kinds import BY_NAME
from reforms.search.language import AllOf, AnyOf, Phrase
from reforms.search.matching import matching
from reforms.search.words import words
from sources.models import Paragraph, Source
from sources.segmentation import segment

# Words that stand everywhere: in a small base they are not frequent enough to be told from others.
EMPTY = frozenset(
    "a an and are as at be been but by for from had has have he her his in into is it its not of on or s said she that "
    "the their there they this to was were which who will with would".split()
)
READ = 20_000  # characters of a text that are looked at
COUNTED, LOOKED_UP = 60, 40  # words of it whose records are counted, and the rarest of them, which are looked up
MANY = 1_000  # records that hold a word: one that stands in so many says next to nothing
COMPARED = 50  # records whose words are compared with the text, of each kind
QUOTED = 0.5  # what the likeness of a quote counts beside that of the claim's own words
PIECES, PIECE = 24, 30  # of a document that are looked for elsewhere, and the words of one
SIGNS = 6  # words that a piece has at least, and of which the rarest are looked up
HOLDERS = 20  # paragraphs in which one piece is looked for
ALMOST = 90  # of 100: how alike a piece and a part of a paragraph are that are the same
SHARED = 30  # percent of a document that another one holds, and is shown beside it


@dataclass(frozen=True)
class Near:
    """A record and how near its words are: 0 to 100."""

    record: Any
    score: float


def near_claims(text, *, at_most=5, leaving_out=()):
    """Return the claims whose words are nearest to `text`, the nearest first, as a list of Near.

    Drafts are among them, retracted and merged claims are not. `leaving_out`: keys of claims. At most eight queries.
    """
    scores = _claims(text, leaving_out)
    return _ranked(Claim.objects.in_bulk(_first(scores, at_most)), scores)


def near_reforms(text, *, at_most=5, leaving_out=()):
    """As `near_claims`, for reforms: by their own words, and by those of the claims about them.

    `leaving_out`: keys of claims that say nothing of a reform here. At most twelve queries.
    """
    scores = _records("reform", text, "title", "summary")
    claims = _claims(text, leaving_out)
    for claim, reform in ClaimReform.objects.filter(claim__in=claims).values_list("claim", "reform"):
        scores[reform] = max(scores.get(reform, 0), claims[claim])
    return _ranked(Reform.objects.in_bulk(_first(scores, at_most)), scores)


def near_sources(text, *, at_most=3, leaving_out=()):
    """Return accepted sources that share much of `text` (a whole document): Near by the share of its paragraphs.

    The share is that of its longest pieces, by characters, that stand almost word for word in the source.
    `leaving_out`: keys of sources. At most four queries.
    """
    pieces = _pieces(text)
    whole = sum(map(len, pieces)) or 1
    held = Counter()
    for piece, source in set(_holding(pieces)):
        held[source] += len(piece)
    scores = {
        source: 100 * size / whole
        for source, size in held.items()
        if source not in leaving_out and 100 * size >= SHARED * whole
    }
    found = Source.objects.accepted().defer("received", "text").in_bulk(_first(scores, at_most))
    return _ranked(found, scores)


def _ranked(records, scores):
    near = [Near(record, round(min(scores[pk], 100), 1)) for pk, record in records.items()]
    return sorted(near, key=lambda one: (-one.score, one.record.pk))


def _first(scores, at_most):
    return sorted(scores, key=lambda pk: (-scores[pk], pk))[:at_most]


def _claims(text, leaving_out):
    """Key of a claim → how near it is, by its own words or by what it cites."""
    scores = _records("claim", text, "text")
    for claim, score in _cited(text):
        scores[claim] = max(scores.get(claim, 0), QUOTED * score)
    closed = set(Claim.objects.filter(pk__in=scores, state__in=Claim.CLOSED).values_list("pk", flat=True))
    return {pk: score for pk, score in scores.items() if pk not in closed.union(leaving_out)}


def _cited(text):
    """Yield (key of a claim, how near a quote of it is) of those that cite one of the nearest paragraphs."""
    weights = _weights("paragraph", text)
    citations = Citation.objects.filter(paragraph__in=_holders("paragraph", weights)).order_by()
    for claim, quote in citations.values_list("claim", "quote"):
        yield claim, _likeness(weights, quote)


def _records(kind, text, *fields):
    """Key of a record of `kind` → how near `fields` of it are, of those that hold the rarest words of `text`."""
    weights = _weights(kind, text)
    rows = BY_NAME[kind].model.objects.filter(pk__in=_holders(kind, weights)).values_list("pk", *fields)
    return {pk: _likeness(weights, " ".join(own)) for pk, *own in rows}


def _likeness(weights, own):
    """How near the text `own` is to words with their weights. A word of it without one weighs as they usually do."""
    if not weights:
        return 0
    usual = sum(weights.values()) / len(weights)
    found = [weights.get(word) for word in set(words(own)) - EMPTY]
    both = sum(weight**2 for weight in found if weight)
    length = math.sqrt(sum((weight or usual) ** 2 for weight in found) * sum(weight**2 for weight in weights.values()))
    return 100 * both / (length or 1)


def _weights(kind, text):
    """Word of `text` → its weight, by how few records of `kind` hold it. One query, none where there is no word."""
    counts = _counted(kind, _longest(text[:READ])[:COUNTED])
    return {word: math.log(1 + MANY / count) for word, count in counts.items()}


def _counted(kind, distinct):
    """Word → how many records of `kind` hold it, at most `MANY`; not those that none holds. One query."""
    rows = _united("{at}, COUNT(*)", kind, [Phrase((word,)) for word in distinct], MANY)
    return {distinct[at]: count for at, count in rows if count}


def _holders(kind, weights):
    """Keys of the records of `kind` that hold most of the weightiest words. One query."""
    telling = [word for word, weight in weights.items() if weight > math.log(2)]  # not those in `MANY` records
    rarest = sorted(telling or weights, key=lambda word: (-weights[word], word))[:LOOKED_UP]
    held = Counter()
    for at, pk in _found(kind, [Phrase((word,)) for word in rarest], MANY):
        held[pk] += weights[rarest[at]] ** 2
    return _first(held, COMPARED)


def _found(kind, trees, at_most):
    """Return (place of a tree in `trees`, key of a record of `kind` in which it is found), `at_most` for each."""
    return _united("{at}, pk", kind, trees, at_most)


def _united(what, kind, trees, at_most):
    """Return the rows of `what` over the records of `kind` that each tree is found in. One query at most."""
    arms, values = [], []
    for at, tree in enumerate(trees):
        keys = matching(BY_NAME[kind], tree, at_most=at_most)
        arms.append(f"SELECT {what.format(at=at)} FROM ({keys.sql}) AS holders")
        values += keys.params
    if not arms:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(arms), values)
        return cursor.fetchall()


def _pieces(text):
    """The longest runs of words of a document, none of which reaches over the end of a paragraph."""
    lines = [line.text.split() for line in segment(text)]
    runs = [" ".join(line[at : at + PIECE]) for line in lines for at in range(0, len(line), PIECE)]
    telling = [run for run in dict.fromkeys(runs) if len(set(words(run))) >= SIGNS]
    return sorted(telling, key=len, reverse=True)[:PIECES]


def _holding(pieces):
    """Yield (piece, key of a source in which it stands almost word for word). Three queries."""
    longest = {piece: _longest(piece)[:SIGNS] for piece in pieces}
    counts = _counted("paragraph", sorted({word for own in longest.values() for word in own}))
    known = {
        piece: sorted(filter(counts.get, own), key=lambda word: (counts[word], word)) for piece, own in longest.items()
    }
    looked_for = [piece for piece in pieces if len(known[piece]) > 2]
    rows = _found("paragraph", [_two_of(known[piece][:3]) for piece in looked_for], HOLDERS)
    paragraphs = Paragraph.objects.filter(pk__in={pk for _, pk in rows}).values_list("pk", "source", "text")
    texts = {pk: (source, text.casefold()) for pk, source, text in paragraphs}
    for at, pk in rows:
        source, text = texts[pk]
        if fuzz.partial_ratio(looked_for[at].casefold(), text, score_cutoff=ALMOST):
            yield looked_for[at], source


def _two_of(three):
    """What holds two of three words: where one was corrected, the others still stand."""
    return AnyOf(tuple(map(AllOf, combinations([Phrase((word,)) for word in three], 2))))


def _longest(text):
    """The distinct words of `text`, the longest first: most often the rarest."""
    return sorted(set(words(text)) - EMPTY, key=lambda word: (-len(word), word))
