"""How often the candidates for a paragraph are the right ones: something known is hidden, and has to be found again.

It measures `reforms.near` on the base of the settings. What is hidden is taken out of the base, in a transaction that
is undone; claims that cite the paragraph already are left out, since they stand beside it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from random import Random

from django.db import transaction

from reforms.models import Citation, Claim, ClaimReform, Discrepancy
from reforms.near import near_claims, near_reforms

FIRST = 5


@dataclass(frozen=True)
class Case:
    """A text for which one of `wanted` (keys) is to be found, without the citations that are hidden.

    `find` gives the candidates; `hidden` are the keys of a claim and of the paragraph that it cites.
    """

    text: str
    wanted: frozenset
    find: partial
    hidden: tuple = ()

    def places(self):
        """Return the places, from 0, at which what is wanted stands among the candidates."""
        with transaction.atomic():
            if self.hidden:
                claim, paragraph = self.hidden
                Citation.objects.filter(claim=claim, paragraph=paragraph)._raw_delete("default")
            found = [one.record.pk for one in self.find(self.text, at_most=FIRST)]
            transaction.set_rollback(True)
        return [place for place, pk in enumerate(found) if pk in self.wanted]


@dataclass
class Cited:
    """Who cites what: all citations of claims that may be candidates, by claim; and the claims of each paragraph."""

    of_claim: dict = field(default_factory=lambda: defaultdict(list))
    on: dict = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self):
        rows = Citation.objects.exclude(claim__state__in=Claim.CLOSED).select_related("paragraph")
        for citation in rows.defer("paragraph__source").order_by("claim", "number"):
            self.of_claim[citation.claim_id].append(citation)
            self.on[citation.paragraph_id].add(citation.claim_id)

    def sources(self, claim, *stances):
        own = self.of_claim[claim]
        return {one.paragraph.source_id for one in own if not stances or one.stance in stances}


def cases():
    """Return question → its cases, in order."""
    cited, by_question = Cited(), defaultdict(list)
    for claim, own in cited.of_claim.items():
        paragraphs = {one.paragraph_id: one for one in sorted(own, key=_size)}  # the longest of each
        supported = len(cited.sources(claim, Citation.Stance.SUPPORTS)) > 1
        for longest in paragraphs.values() if len(paragraphs) > 1 else ():
            find = partial(near_claims, leaving_out=cited.on[longest.paragraph_id] - {claim})
            hidden = partial(Case, wanted=frozenset([claim]), find=find, hidden=(claim, longest.paragraph_id))
            for letter in "AB" if supported else "B":
                by_question[f"{letter}, paragraph"].append(hidden(longest.paragraph.text))
                by_question[f"{letter}, words"].append(hidden(longest.quote))
    _of_discrepancies(cited, by_question)
    _of_reforms(cited, by_question)
    return {question: by_question[question] for question in QUESTIONS}


def _size(citation):
    return len(citation.quote)


def _of_discrepancies(cited, by_question):
    for discrepancy in Discrepancy.objects.order_by("ref").prefetch_related("claims"):
        sources = {claim.pk: cited.sources(claim.pk) for claim in discrepancy.claims.all()}
        for claim, own in sources.items():
            others = frozenset(other for other, theirs in sources.items() if not own & theirs)
            for citation in cited.of_claim[claim] if others else ():
                find = partial(near_claims, leaving_out=cited.on[citation.paragraph_id])
                if citation == next(one for one in cited.of_claim[claim] if one.paragraph_id == citation.paragraph_id):
                    by_question["C, paragraph"].append(Case(citation.paragraph.text, others, find))
                by_question["C, words"].append(Case(citation.quote, others, find))


def _of_reforms(cited, by_question):
    reforms = defaultdict(set)
    for claim, reform in ClaimReform.objects.order_by("claim").values_list("claim", "reform"):
        reforms[claim].add(reform)
    for claim, wanted in reforms.items():
        if cited.of_claim[claim]:
            quote = max(cited.of_claim[claim], key=_size).quote
            find = partial(near_reforms, leaving_out=[claim])
            by_question["D, words"].append(Case(quote, frozenset(wanted), find))


QUESTIONS = {
    "A, paragraph": "a claim that two sources support, for the paragraph of one, which is hidden",
    "A, words": "the same, for the cited words alone",
    "B, paragraph": "a claim on words of two paragraphs or more, for one of them, which is hidden",
    "B, words": "the same, for the cited words alone",
    "C, paragraph": "a claim of another source with which a claim on the paragraph makes a discrepancy",
    "C, words": "the same, for the cited words alone",
    "D, words": "a reform that a claim is about, for the words it cites, where the claim itself is hidden",
}


def measure(sample=None, seed=1):
    """Return question → (cases, share of them found first, share found among the first five), shares in percent.

    `sample`: how many cases of each question are looked at, chosen by `seed`; all where none is given.
    """
    measured = {}
    for question, own in cases().items():
        chosen = Random(seed).sample(own, sample) if sample and len(own) > sample else own  # noqa: S311
        places = [one.places() for one in chosen]
        of = len(places) or 1
        shares = 100 * sum(0 in found for found in places) / of, 100 * sum(map(bool, places)) / of
        measured[question] = (len(places), *shares)
    return measured


def markdown(measured):
    """Return what was measured as a table of Markdown."""
    rows = [
        f"| {question[0]} | {QUESTIONS[question]} | {n:,} | {one:.0f}% | {five:.0f}% |"
        for question, (n, one, five) in measured.items()
    ]
    head = ["| | what has to be found | cases | first | among five |", "|---|---|---:|---:|---:|"]
    return "\n".join([*head, *rows]) + "\n"
