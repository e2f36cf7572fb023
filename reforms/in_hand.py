"""What of a source is in hand: words that drafts and claims in review stand on, and what proposals would do to it.

Readers see nothing of it; without it, two curators would claim the same words.
"""

from dataclasses import dataclass

from django.urls import reverse

from reforms.models import Claim, Proposal
from reforms.models.claims import Citation
from sources.anchoring import AnchorError, anchor
from sources.models import Paragraph


@dataclass(frozen=True)
class InHand:
    """One thing that is in hand in a paragraph: what it is called, what becomes of the paragraph, and where to look.

    `quote`, `start`, `end`: the words, in code points; "" and None of a mark. `on`: the claim that would stand there.
    """

    number: int
    name: str
    told: str
    url: str
    text: str = ""
    quote: str = ""
    start: int | None = None
    end: int | None = None
    on: str = ""
    marks: bool = False


def in_hand(source, number=None):
    """Return what is in hand in `source`, or in its paragraph `number` only: a list of InHand in their order.

    Two queries; three where a proposal cites it.
    """
    found = [*_claims(source, number), *_proposals(source, number)]
    return sorted(found, key=lambda one: (one.number, one.start or 0, one.end or 0, one.name))


def _claims(source, number):
    hidden = Citation.objects.filter(claim__state__in=Claim.HIDDEN, paragraph__source=source)
    if number is not None:
        hidden = hidden.filter(paragraph__number=number)
    for one in hidden.select_related("claim", "paragraph").defer("paragraph__text"):
        claim, url = one.claim, reverse("admin:reforms_claim_review", args=[one.claim_id])
        told = claim.get_state_display()
        yield InHand(
            one.paragraph.number, claim.ref, told, url, claim.text, one.quote, one.start, one.end, on=claim.ref
        )


def _proposals(source, number):
    """What unanswered proposals would cite or mark that is not so in public."""
    cites: list[tuple] = []
    for proposal in Proposal.objects.unanswered().filter(kind__in=["claim", "noclaim"]).order_by("ref"):
        if proposal.kind == "noclaim":
            at = _number(source, proposal.name)
            if at and number in (None, at) and proposal.public is None:
                yield InHand(at, proposal.ref, "would mark it: no claim", proposal.get_absolute_url(), marks=True)
            continue
        public = (proposal.public or {}).get("cites", [])
        for cite in proposal.proposed.get("cites", []):
            at = _number(source, cite["at"])
            if at and number in (None, at) and cite not in public:
                cites.append((at, cite, proposal))
    texts = _texts(source, {at for at, *_ in cites})
    for at, cite, proposal in cites:
        start, end = _span(cite, texts.get(at, ""))
        told, text = f"would cite it for {proposal.name}", proposal.proposed.get("text", "")
        url = proposal.get_absolute_url()
        yield InHand(at, proposal.ref, told, url, text, cite["quote"], start, end, on=proposal.name)


def _number(source, name):
    """The number of the paragraph called `name`, None where it is one of another source."""
    slug, _, number = name.partition("#")
    return int(number) if slug == source.slug and number.isdecimal() else None


def _texts(source, numbers):
    found = Paragraph.objects.filter(source=source, number__in=numbers)
    return dict(found.values_list("number", "text")) if numbers else {}


def _span(cite, text):
    try:
        return anchor(cite["quote"], text, prefix=cite.get("prefix", ""), suffix=cite.get("suffix", ""))
    except AnchorError:
        return None, None
