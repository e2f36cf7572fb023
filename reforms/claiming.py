"""Claiming: words of a paragraph become a claim or evidence of one, or the paragraph is marked as carrying none."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from reforms.editing import edit
from reforms.in_hand import in_hand
from reforms.models import Citation, Claim, NoClaim
from reforms.publishing import refusals, submit
from sources.anchoring import AnchorError, anchor, anchor_pasted
from sources.models import Paragraph

PERMISSION = "reforms.add_claim"
AT = re.compile(r"(?P<source>[a-z0-9-]{1,100})#(?P<number>[0-9]{1,9})", re.ASCII)


@dataclass(frozen=True)
class Words:
    """A span of one paragraph. Units: code points, the end exclusive."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def quote(self):
        return self.paragraph.text[self.start : self.end]


def paragraph_at(at):
    """Return the Paragraph that `at` names (`kazinform#20`), with its source; None where no accepted source has it."""
    place = AT.fullmatch(at)
    if place is None:
        return None
    found = Paragraph.objects.select_related("source", "no_claim").defer("source__text", "source__received")
    return found.filter(source__accepted=True, source__slug=place["source"], number=place["number"]).first()


def whole(paragraph):
    """Return all Words of `paragraph`, without the white space around them."""
    start = len(paragraph.text) - len(paragraph.text.lstrip())
    return Words(paragraph, start, len(paragraph.text.rstrip()))


def chosen(paragraph, quote, *, start=None, end=None, prefix="", suffix=""):
    """Return the Words `quote`: at `start` to `end` where they stand there, else within that span, else anywhere.

    Other than at their own place they are found once or not at all. Errors: AnchorError.
    """
    if start is not None and end is not None and 0 <= start < end <= len(paragraph.text):
        within = paragraph.text[start:end]
        if within == quote:
            return Words(paragraph, start, end)
        if not (prefix or suffix):
            try:
                first, last = anchor(quote, within)
                return Words(paragraph, start + first, start + last)
            except AnchorError:
                pass
    return Words(paragraph, *anchor_pasted(quote, paragraph.text, prefix=prefix, suffix=suffix))


def new_claim(words, claim, links=(), *, by, submitted=False, **cited):
    """Store the new `claim` on `words`, with its `links` (unsaved), as a draft or `submitted`, and return it.

    `cited`: stance, strength and note of its citation.
    Errors: ValidationError where it breaks a rule, or says what another claim says on the same words.
    """

    def act():
        claim.ref = Claim.next_ref()
        claim.full_clean()
        claim.save()
        _cite(words, claim, **cited)
        for link in links:
            link.claim = claim
            link.full_clean()
            link.save()
        if submitted:
            submit(claim, by=by)
        return claim

    with transaction.atomic():
        _hold(words.paragraph)
        _refuse_twin(words, claim)
        root, _ = edit(Claim, None, act, by=by, reason=f"Claimed words of {words.paragraph.ref}.")
    return root


def add_evidence(words, claim, *, by, **cited):
    """Let `claim` stand on `words` too. Return the Citation, or the Proposal that waits where the claim is public.

    `cited`: stance, strength and note of the citation.
    Errors: ValidationError where the claim is closed, cites the words already, or a proposal would.
    """

    def act():
        stored = Claim.objects.get(pk=claim.pk)
        if stored.state in Claim.CLOSED:
            raise ValidationError(f"{claim.ref} is {stored.get_state_display()}, and takes no further evidence.")
        _cite(words, stored, **cited)
        if stored.state != Claim.State.DRAFT and (reasons := refusals(stored)):
            raise ValidationError([f"{claim.ref}: {reason}" for reason in reasons])
        return stored

    with transaction.atomic():
        _hold(words.paragraph)
        for one in in_hand(words.paragraph.source, words.paragraph.number):
            proposed = one.on == claim.ref != one.name
            if proposed and (one.start, one.end) == (words.start, words.end):
                raise ValidationError(f"{one.name} proposes these words for {claim.ref} already.")
        root, proposal = edit(Claim, claim, act, by=by, reason=f"Cited words of {words.paragraph.ref}.")
        return proposal or root.citations.order_by("number").last()


def mark(paragraph, *, reason, note="", by):
    """Mark `paragraph` as carrying no claim, and return the Proposal that waits: readers would see it at once.

    Errors: ValidationError where it is marked, proposed to be, cited in public, or the mark breaks a rule.
    """

    def act():
        made = NoClaim(paragraph_id=paragraph.pk, reason=reason, note=note)
        made.full_clean()
        made.save()
        return made

    with transaction.atomic():
        _hold(paragraph)
        if made := NoClaim.objects.filter(paragraph=paragraph).first():
            raise ValidationError(f"{paragraph.ref} is marked already: {made.get_reason_display()}.")
        for one in in_hand(paragraph.source, paragraph.number):
            if one.marks:
                raise ValidationError(f"{one.name} proposes this mark already.")
        _, proposal = edit(NoClaim, None, act, by=by, reason=f"{paragraph.ref} carries no claim.")
        return proposal


def _cite(words, claim, **cited):
    citation = Citation(claim=claim, paragraph=words.paragraph, start=words.start, end=words.end, quote=words.quote)
    for name, value in cited.items():
        setattr(citation, name, value)
    citation.take_number()
    citation.full_clean()
    citation.save()


def _hold(paragraph):
    """Let two who claim the same words wait for each other, so that the second sees what the first made."""
    # In the order of its key: in its own order the source would be locked along with it.
    Paragraph.objects.select_for_update().filter(pk=paragraph.pk).order_by("pk").values("pk").first()


def _refuse_twin(words, claim):
    """What is sent twice is stored once."""
    there = Citation.objects.filter(paragraph=words.paragraph, start=words.start, end=words.end)
    same = there.filter(claim__text=claim.text, claim__kind=claim.kind).exclude(claim__state__in=Claim.CLOSED)
    if twin := same.select_related("claim").first():
        raise ValidationError(f"{twin.claim.ref} says the same on these words already.")
