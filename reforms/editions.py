"""Newer editions: what becomes of the citations of the edition before.

A citation is never moved: its name goes on leading to the words that it stood on. Where these words stand in the newer
edition as well, and there is no doubt at which place, a new citation of the claim takes its place there (`carries`).
All others wait until a person says which words do, or why none do.
"""

import re
from bisect import bisect_right
from collections import Counter as Tally
from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from simple_history.utils import bulk_create_with_history

from reforms.editing import edit
from reforms.models import Citation, Claim, Counter, NoClaim, Proposal
from reforms.touching import AT_ONCE, chunks
from sources.anchoring import QuoteAmbiguous, QuoteNotFound, anchor, anchor_pasted, select_words
from sources.changes import change_set
from sources.models import Paragraph, Source

WORD = re.compile(r"\w")
AROUND = 200  # characters on each side of words that repeat, among which those are looked for that tell them apart
SETTLED = "This was settled meanwhile. Look at the list again."


@dataclass(frozen=True)
class Carried:
    """What came of a newer edition: how many citations and marks were carried over, how many citations wait."""

    citations: int = 0
    marks: int = 0
    waiting: int = 0

    def __add__(self, other):
        return Carried(self.citations + other.citations, self.marks + other.marks, self.waiting + other.waiting)


def needs_person():
    """Citations of a superseded source in whose place no words of the newer edition stand, and nobody said why."""
    superseded = Q(paragraph__source__superseded_by__accepted=True)
    return Citation.objects.filter(superseded, carried_by=None, not_carried="").exclude(claim__state__in=Claim.CLOSED)


def carry_over(source, *, by=None):
    """Carry the citations of the edition before over to `source`, and on to newer ones; return what was Carried.

    So are marks of paragraphs that carry no claim, where the whole paragraph is unchanged. The words stay the same, so
    no second person is asked; it is a change set of its own, that can be undone. A few queries for any number.
    """
    older, total = source.supersedes, Carried()
    while older is not None and source is not None and source.accepted:
        reason = f"Carried over from {older.slug} to its newer edition {source.slug}: the same words stand there, once."
        with change_set(by=by, reason=reason, apart=True):
            carried = Carried(_carry_citations(older, source), _carry_marks(older, source))
        total += carried + Carried(waiting=needs_person().filter(paragraph__source=older).count())
        older, source = source, Source.objects.accepted().filter(supersedes=source).first()
    return total


def _carry_citations(older, source):
    waiting = needs_person().filter(paragraph__source=older)
    claims = Claim.objects.filter(pk__in=waiting.values("claim")).order_by("pk")
    refs = dict(claims.select_for_update().values_list("pk", "ref"))
    edition = _Edition(source)
    taken = set(_spans(Citation.objects.filter(paragraph__source=source, claim__in=claims)))
    made = defaultdict(list)
    for citation in waiting.select_related("paragraph").order_by("claim", "number"):
        copy = edition.successor(citation, older.text)
        if copy and (span := _span(copy)) not in taken:
            taken.add(span)
            made[citation.claim_id].append(copy)
    first = Counter.take_several({refs[pk]: len(own) for pk, own in made.items()}, used=_used(made, refs))
    for pk, own in made.items():
        for number, copy in enumerate(own, start=first[refs[pk]]):
            copy.number = number
    copies = [copy for own in made.values() for copy in own]
    bulk_create_with_history(copies, Citation, batch_size=AT_ONCE)
    return len(copies)


def _used(claims, refs):
    """Reference of each of `claims` (keys) → the highest number that a citation of it has or had."""
    used: dict[str, int] = {}
    for chunk in chunks(claims):
        for manager in (Citation.objects, Citation.history):
            found = manager.filter(claim_id__in=chunk).order_by().values_list("claim_id").annotate(Max("number"))
            for pk, highest in found:
                used[refs[pk]] = max(highest, used.get(refs[pk], 0))
    return used


def _span(citation):
    return citation.claim_id, citation.paragraph_id, citation.start, citation.end


def _spans(citations):
    return citations.values_list("claim_id", "paragraph_id", "start", "end")


class _Edition:
    """The text of a newer edition, with where its paragraphs begin."""

    def __init__(self, source):
        self.text = source.text
        self.paragraphs = list(source.paragraphs.defer("text").order_by("number"))
        self.starts = [paragraph.start for paragraph in self.paragraphs]

    def successor(self, citation, before):
        """Return the unsaved citation that takes the place of `citation`; None where it is not clear at which place.

        `before`: the whole text of the older edition. Its trigger lets the database refuse what is not its quote.
        """
        start = self.place(citation, before)
        if start is None:
            return None
        paragraph = self.paragraphs[bisect_right(self.starts, start) - 1]
        at = start - paragraph.start
        copy = Citation(claim_id=citation.claim_id, paragraph=paragraph, carries=citation, start=at)
        for name in ("quote", "stance", "strength", "note"):
            setattr(copy, name, getattr(citation, name))
        copy.end = at + len(copy.quote)
        return copy if start + len(copy.quote) <= paragraph.end else None

    def place(self, citation, before):
        """Where the words of `citation` begin in this text; None unless they stand in both texts exactly once.

        Words that repeat in either are told apart by those around them, where these make them unique in both.
        """
        if citation.quote not in self.text:
            return None
        left = max(0, citation.start - AROUND)
        near = citation.paragraph.text[left : citation.end + AROUND]
        try:
            found = select_words(near, citation.start - left, citation.end - left, also=(before, self.text))
        except ValueError:
            return None
        added = found.prefix + found.suffix
        if added and not WORD.search(added):  # a comma tells no two places apart
            return None
        return anchor(found.quote, self.text, prefix=found.prefix, suffix=found.suffix)[0]


def _carry_marks(older, source):
    """Mark paragraphs of `source` as carrying no claim whose text is that of a marked one, and of no other."""
    marks = list(NoClaim.objects.filter(paragraph__source=older).select_related("paragraph").order_by("paragraph"))
    if not marks:
        return 0
    before = Tally(older.paragraphs.values_list("text", flat=True))
    after = Tally(source.paragraphs.values_list("text", flat=True))
    free = dict(source.paragraphs.filter(no_claim=None).values_list("text", "pk"))
    copies = [
        NoClaim(paragraph_id=free[mark.paragraph.text], reason=mark.reason, note=mark.note)
        for mark in marks
        if mark.paragraph.text in free and before[mark.paragraph.text] == after[mark.paragraph.text] == 1
    ]
    bulk_create_with_history(copies, NoClaim, batch_size=AT_ONCE)
    return len(copies)


def take_place(citation, number, quote, *, by, reason=""):
    """Let `quote` in paragraph `number` of the newer edition stand in the place of `citation`; see `edit`.

    Return (claim, Proposal or None). Errors: ValidationError where the words do not stand there exactly once.
    """
    source = _newer(citation)
    paragraph = Paragraph.objects.filter(source=source, number=number).first()
    if paragraph is None:
        raise ValidationError(f"The newer edition has no paragraph {number}.")
    try:
        start, end = anchor_pasted(quote, paragraph.text)
    except QuoteAmbiguous as error:
        words = f"These words stand in ¶{number} {error.count} times. Take in more of the words around those you mean."
        raise ValidationError(words) from error
    except QuoteNotFound as error:
        raise ValidationError(f"These words do not stand in ¶{number}, character for character.") from error

    def act():
        before = _still_waiting(citation)
        copy = Citation(claim=before.claim, paragraph=paragraph, start=start, end=end, carries=before)
        copy.quote, copy.note = paragraph.text[start:end], before.note
        copy.stance, copy.strength = before.stance, before.strength
        copy.take_number()
        copy.full_clean()
        copy.save()
        return before.claim

    reason = reason or f"Words of {source.slug}#{number} take the place of {citation.ref}."
    return edit(Claim, citation.claim, act, by=by, reason=reason)


def leave(citation, why, *, by):
    """Say why no words of the newer edition take the place of `citation`; see `edit`.

    Return (claim, Proposal or None). Errors: ValidationError where no reason is given.
    """
    source = _newer(citation)
    if not why.strip():
        raise ValidationError("Say why no words of the newer edition take their place.")

    def act():
        held = _still_waiting(citation)
        held.not_carried = why.strip()
        held.full_clean()
        held.save()
        return held.claim

    reason = f"Nothing in {source.slug} takes the place of {citation.ref}."
    return edit(Claim, citation.claim, act, by=by, reason=reason)


def _newer(citation):
    """The accepted newer edition of the source of `citation`. Errors: ValidationError where it has none."""
    found = Source.objects.accepted().filter(supersedes=citation.paragraph.source_id).defer("text", "received").first()
    if found is None:
        raise ValidationError(SETTLED)
    return found


def _still_waiting(citation):
    """The citation as it is stored now. Errors: ValidationError where it does not wait any more, or a proposal does."""
    found = needs_person().filter(pk=citation.pk).select_related("claim", "paragraph").first()
    if found is None:
        raise ValidationError(SETTLED)
    for proposal in Proposal.objects.unanswered().filter(kind="claim", name=found.claim.ref).order_by("ref"):
        if settles(proposal, found):
            raise ValidationError(f"{proposal.ref} says already what becomes of {found.ref}.")
    return found


def settles(proposal, citation):
    """Whether `proposal` says what becomes of `citation`."""
    number = str(citation.number)
    return proposal.name == citation.claim.ref and any(
        cite.get("carries") == number or (cite.get("number") == number and cite.get("not_carried"))
        for cite in proposal.proposed.get("cites", [])
    )


def tie(citations):
    """Let each of `citations`, which are all of one claim, know which of them it carries (`carries`), and which one
    carries it (`later`, None where none does).
    """
    by_key = {one.pk: one for one in citations}
    carried = {one.carries_id: one for one in citations}
    for one in citations:
        one.later = carried.get(one.pk)
        if one.carries_id in by_key:
            one.carries = by_key[one.carries_id]
    return citations
