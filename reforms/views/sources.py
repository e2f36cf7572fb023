"""Sources: the list, and the reader with each paragraph's claims beside it."""

import re
from dataclasses import dataclass

from django.db.models import F, Prefetch
from django.utils.translation import gettext as _
from django.views.generic import DetailView, ListView

from reforms import citing
from reforms.coverage import CITED, characters, paragraph_coverage, source_coverage, with_spans
from reforms.models import Citation, Claim, Discrepancy, DiscrepancyClaim
from reforms.views.curating import Place, desk_on
from reforms.views.facets import Facet, Narrowing
from reforms.views.marking import runs
from reforms.views.refusals import RefusesBadQuestions
from reforms.views.retired import RetiredSlugMixin
from sources.models import Paragraph, Source


@dataclass(frozen=True)
class Row:
    """One paragraph as the reader shows it: `runs` is empty where its text may not be shown.

    `top`: the level of the highest heading of its text. `place`: see `curating`; None for who may not claim.
    """

    paragraph: Paragraph
    shown: bool
    runs: list
    cards: list
    reason: str
    rank: int
    place: Place | None = None

    @property
    def lit(self):
        """Whether the claim that was asked for stands here."""
        return any(card.lit for card in self.cards)

    @property
    def beside(self):
        """The cards whose claims stand on words of this paragraph, or are denied by them."""
        return [card for card in self.cards if card.lit or not card.only_context]

    @property
    def further(self):
        """The cards of claims that only take words of this paragraph for context."""
        return [card for card in self.cards if card.only_context and not card.lit]

    @property
    def tag(self):
        """The element of its words: a heading stands below the page's own, and skips no rank."""
        return f"h{self.rank}" if self.paragraph.level else "p"


@dataclass(frozen=True)
class Card:
    """One claim in the margin of a paragraph, with its citations there; `lit` where it was asked for."""

    claim: Claim
    citations: list
    lit: bool

    @property
    def only_context(self):
        return all(citation.stance == Citation.Stance.CONTEXT for citation in self.citations)

    @property
    def newer(self):
        """The numbers of the paragraphs of the newer edition in which its words here have their place."""
        return sorted({one.newer for one in self.citations if one.newer})

    @property
    def earlier(self):
        """As `newer`, of the edition before."""
        return sorted({one.earlier for one in self.citations if one.earlier})

    @property
    def left_behind(self):
        """Why words here have no place in the newer edition: reasons that somebody gave, "" where nobody did yet."""
        return list(dict.fromkeys(one.not_carried for one in self.citations if not one.newer))

    @property
    def words(self):
        """The kind of the claim, and what is not usual of its citations: that they dispute it, or only imply it."""
        stands = [one for one in self.citations if one.stance != Citation.Stance.CONTEXT]
        disputes = [one.get_stance_display() for one in stands if one.stance == Citation.Stance.DISPUTES]
        implies = [one.get_strength_display() for one in stands if one.strength == Citation.Strength.IMPLIES]
        return " · ".join(dict.fromkeys([self.claim.get_kind_display(), *disputes, *implies]))


def sources_with_coverage():
    """Accepted sources with their coverage, without their texts; one that is not accepted stays unnamed."""
    others = Source.objects.accepted().defer("text", "received")
    return (
        source_coverage(Source.objects.accepted())
        .defer("text", "received")
        .prefetch_related(Prefetch("supersedes", others), Prefetch("superseded_by", others))
    )


class SourceList(RefusesBadQuestions, ListView):
    """All sources with what is stated of them. Context: `sources`, `page_obj`, `narrowing` (Narrowing)."""

    template_name = "sources/list.html"
    context_object_name = "sources"
    paginate_by = 50

    def get_queryset(self):
        accepted = Source.objects.accepted()
        facets = [
            Facet("type", _("Type"), accepted.exclude(type=""), "type", words=dict(Source.Type.choices)),
            Facet("publisher", _("Publisher"), accepted.exclude(publisher=""), "publisher"),
            Facet("language", _("Language"), accepted.exclude(language=""), "language"),
        ]
        self.narrowing = Narrowing(self.request, accepted, facets, search=("name", "title", "author", "publisher"))
        found = sources_with_coverage().filter(pk__in=self.narrowing.entries.order_by().values("pk"))
        return found.order_by(F("published_earliest").asc(nulls_last=True), "slug")

    def get_context_data(self, **context):
        return super().get_context_data(narrowing=self.narrowing, **context)


class Reader(RetiredSlugMixin, DetailView):
    """One source, paragraph by paragraph.

    Context: `source`; `rows` (list of Row) and `outline` (those of headings); `claims` and `discrepancies`, how many
    there are on it; `asked`, the reference in `?claim=`, with `lit`, the claim that it lights, or None, and `lit_at`,
    the number of the first paragraph that it stands on; `uncited`, whether `?uncited=1` asks for what no citation
    covers; `share`, per cent of the characters of cited paragraphs that some citation covers; `to_cite`, the text to
    cite it by; `newer` and `earlier`, the editions after and before it, or None; `desk`, what who may claim words has
    here (Desk), None for everybody else.
    """

    template_name = "sources/reader.html"
    context_object_name = "source"
    retired_kind = "source"

    def get_queryset(self):
        return with_spans(sources_with_coverage())

    def get_context_data(self, **context):
        cited = citations_by_paragraph(self.object)
        asked = self.request.GET.get("claim", "")
        lit = claim_asked(asked, cited)
        rows, rank, own = [], 1, paragraphs(self.object)
        desk = desk_on(self.object, own, self.request.user)
        for paragraph in own:
            rank = min(paragraph.level + 1, rank + 1, 6) if paragraph.level else rank
            rows.append(row(paragraph, self.object, cited.get(paragraph.pk, []), lit, rank, desk))
        outline = [entry for entry in rows if entry.paragraph.kind == Paragraph.Kind.HEADING]
        held, covered = characters(self.object.cited_paragraphs)
        return super().get_context_data(
            rows=rows,
            outline=outline,
            newer=getattr(self.object, "superseded_by", None),
            earlier=self.object.supersedes,
            claims=len({citation.claim_id for own in cited.values() for citation in own}),
            discrepancies=discrepancies_on(self.object).count(),
            asked=asked,
            lit=lit,
            lit_at=next((entry.paragraph.number for entry in rows if entry.lit), None),
            uncited=self.request.GET.get("uncited") == "1",
            share=covered * 100 // held if held else 0,
            to_cite=citing.text(citing.source(self.object, self.request.build_absolute_uri)),
            desk=desk,
            **context,
        )


def paragraphs(source):
    """The paragraphs of `source` in order, with coverage and with what was said of those without a claim."""
    own = source.paragraphs.select_related("no_claim").order_by("number")
    return paragraph_coverage(own)


def citations_by_paragraph(source):
    """Return the public citations of `source`, by paragraph, in the order of their words.

    Each says in which paragraph of the newer edition and of the earlier one its words have their place (None: in none).
    """
    found = Citation.objects.public().filter(paragraph__source=source).select_related("claim")
    found = found.annotate(newer=F("carried_by__paragraph__number"), earlier=F("carries__paragraph__number"))
    cited = {}
    for citation in found.order_by("start", "end", "claim__ref", "number"):
        cited.setdefault(citation.paragraph_id, []).append(citation)
    return cited


def discrepancies_on(source):
    """Public discrepancies with a claim that cites `source`."""
    named = DiscrepancyClaim.objects.filter(claim__citations__paragraph__source=source)
    return Discrepancy.objects.public().filter(pk__in=named.values("discrepancy"))


def claim_asked(ref, cited):
    """Return the claim named `ref` among `cited`, or the one it was merged into; None where neither is cited."""
    claims = {citation.claim.ref: citation.claim for own in cited.values() for citation in own}
    if ref in claims or not re.fullmatch(r"C\d{4,18}", ref, re.ASCII):
        return claims.get(ref)
    merged = Claim.objects.filter(ref=ref, state=Claim.State.MERGED).first()
    return claims.get(merged.in_use.ref) if merged else None


def row(paragraph, source, citations, lit, rank, desk):
    """Return the Row of `paragraph`, obeying what may be shown of `source`."""
    shown = source.show == Source.Show.FULL or paragraph.coverage == CITED
    lit_here = [citation for citation in citations if lit and citation.claim_id == lit.pk]
    grouped = {}
    for citation in citations:
        grouped.setdefault(citation.claim, []).append(citation)
    return Row(
        paragraph,
        shown,
        runs(paragraph.text, citations, lit_here) if shown else [],
        [Card(claim, own, claim == lit) for claim, own in grouped.items()],
        why_no_claim(paragraph),
        rank,
        desk and desk.places[paragraph.number],
    )


def why_no_claim(paragraph):
    """Return in words why `paragraph` carries no claim, "" where it is cited or open."""
    if not paragraph.no_claim_reason:
        return ""
    if not hasattr(paragraph, "no_claim"):
        return paragraph.get_kind_display()
    reason, note = paragraph.no_claim.get_reason_display(), paragraph.no_claim.note
    return f"{reason}: {note}" if note else reason
