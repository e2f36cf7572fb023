"""Claims: the list, and one with its words and all that rests on it."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Max, Min, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import DetailView, ListView

from reforms import citing, meanings
from reforms.editions import tie
from reforms.models import Citation, Claim, ClaimReform, Event
from reforms.tombstones import tombstone
from reforms.views.evidence import EARLIEST_FIRST, claims_with_words
from reforms.views.facets import Facet, Narrowing
from reforms.views.history import first_published, public_history, with_its_beginning
from reforms.views.marking import Excerpt, excerpt, runs
from reforms.views.refusals import RefusesBadQuestions
from reforms.views.resting import resting_rows
from reforms.views.retired import moved
from sources.models import Paragraph, Source

SORTS = {"ref": (_lazy("By reference"), ("ref",)), "last": (_lazy("Last reference first"), ("-ref",))}


class ClaimList(RefusesBadQuestions, ListView):
    """All public claims. Context: `claims`, `page_obj`, `narrowing` (Narrowing), `sources_total`."""

    template_name = "claims/list.html"
    context_object_name = "claims"
    paginate_by = 50

    def get_queryset(self):
        claims = Claim.objects.public()
        self.narrowing = Narrowing(self.request, claims, facets(claims), search=("text", "ref"), sorts=SORTS)
        return claims_with_words(self.narrowing.entries)

    def get_context_data(self, **context):
        total = Source.objects.documents().count()
        return super().get_context_data(narrowing=self.narrowing, sources_total=total, **context)


def facets(claims):
    """Return the Facets of `claims`."""
    citations, about = Citation.objects.public(), ClaimReform.objects
    by_topic = about.filter(reform__topic_links__isnull=False)
    topic, source = "reform__topic_links__topic", "paragraph__source"
    return [
        Facet("kind", _("Kind"), claims, "kind", words=dict(Claim.Kind.choices)),
        Facet("source", _("Source"), citations, f"{source}__slug", entry="claim", label=f"{source}__name"),
        Facet("topic", _("Topic"), by_topic, f"{topic}__slug", entry="claim", label=f"{topic}__name"),
        Facet("reform", _("Reform"), about, "reform__slug", entry="claim", label="reform__title"),
    ]


class ClaimPage(DetailView):
    """One claim. A merged one redirects to the last it was merged into; one that was public is gone (410).

    `address`: the name of the page's address.
    """

    context_object_name = "claim"
    address = "claim"

    def claims(self):
        return claims_with_words(Claim.objects.once_public())

    def get(self, request, *args, **kwargs):
        self.object = claim = self.claims().filter(ref=kwargs["ref"]).first()
        if claim is None or claim.state == Claim.State.RETRACTED:
            return gone(request, kwargs["ref"])
        if claim.state == Claim.State.MERGED:
            onward = claim.in_use
            if onward.state in Claim.HIDDEN and tombstone(onward.ref) is None:
                raise Http404
            return moved(reverse(self.address, args=[onward.ref]))
        return self.render_to_response(self.get_context_data())


class ClaimDetail(ClaimPage):
    """One claim with its words, and with all that rests on it.

    Context: `claim`, `paragraphs` (list of Passage), `sides` (of its sources: stance, sources), `meanings` (stance or
    strength, what it means; those that occur), what it is about (`reforms`, `laws`, `events`, `actors`), `resting`
    (list of Resting), `published` (the change set, or None), `neighbours` (`previous` and `next`, references of claims
    on the first of its sources, with `source`), `sources_total`, `to_cite` (the text to cite it by).
    """

    template_name = "claims/detail.html"

    def claims(self):
        return with_its_beginning(super().claims())

    def get_context_data(self, **context):
        claim = self.object
        citations = tie(claim.citations.all())
        return super().get_context_data(
            paragraphs=passages(citations),
            sides=sides(citations),
            meanings=meanings_of(citations),
            resting=resting_rows(claim),
            published=first_published(claim),
            neighbours=neighbours(claim),
            sources_total=Source.objects.documents().count(),
            to_cite=citing.text(citing.claim(claim, self.request.build_absolute_uri)),
            **about(claim),
            **context,
        )


class ClaimHistory(ClaimPage):
    """What readers saw change of one claim. Context: `claim`, `history` (list of Step)."""

    template_name = "claims/history.html"
    address = "claim_history"

    def claims(self):
        return with_its_beginning(Claim.objects.once_public())

    def get_context_data(self, **context):
        return super().get_context_data(history=public_history(self.object), **context)


def gone(request, ref):
    """Answer that the claim under `ref` was public and is gone (410), and why. Errors: Http404 where it never was."""
    reason = tombstone(ref)
    if reason is None:
        raise Http404
    return render(request, "claims/retracted.html", {"ref": ref, "reason": reason}, status=410)


@dataclass(frozen=True)
class Passage:
    """A paragraph that a claim cites, with its words lit. `excerpt`: the part around them, None where it is short."""

    paragraph: Paragraph
    citations: list
    runs: list
    excerpt: Excerpt | None


def passages(citations):
    """Return the paragraphs of `citations` as a list of Passage."""
    grouped = groupby(sorted(citations, key=place), key=lambda citation: citation.paragraph)
    lit = [(paragraph, list(own)) for paragraph, own in grouped]
    drawn = [(paragraph, own, runs(paragraph.text, own, lit=own)) for paragraph, own in lit]
    return [Passage(*one, excerpt(one[2])) for one in drawn]


def place(citation):
    """Order citations by source, paragraph and number."""
    return citation.paragraph.source.name, citation.paragraph.source_id, citation.paragraph.number, citation.number


def sides(citations):
    """Return how each source stands to a claim: a list of (stance, its sources), each with its earlier editions.

    Those without a source are left out, and under `context` the sources that say more.
    """
    found = {stance: {} for stance in Citation.Stance}
    for citation in sorted(citations, key=place):
        found[citation.stance][citation.paragraph.source] = None
    for source in [*found[Citation.Stance.SUPPORTS], *found[Citation.Stance.DISPUTES]]:
        found[Citation.Stance.CONTEXT].pop(source, None)
    return [(stance, by_document(sources)) for stance, sources in found.items() if sources]


def by_document(sources):
    """Return `sources` as a list of (the newest edition among them, the earlier ones): of each document once."""
    newer = {source.supersedes_id: source for source in sources if source.supersedes_id}
    found = {source: [] for source in sources if source.pk not in newer}
    for source in sources:
        newest = source
        while newest.pk in newer:
            newest = newer[newest.pk]
        if newest != source:
            found[newest].append(source)
    return list(found.items())


def meanings_of(citations):
    """Return the stances and strengths of `citations`, each with what it means."""
    stances, strengths = {one.stance for one in citations}, {one.strength for one in citations}
    found = [(one, words) for one, words in meanings.STANCES.items() if one in stances]
    return found + [(one, words) for one, words in meanings.STRENGTHS.items() if one in strengths]


def neighbours(claim):
    """Return the references of the public claims before and after this one on the first of its sources, and that."""
    source = min(claim.citations.all(), key=place).paragraph.source
    others = Claim.objects.public().filter(citations__paragraph__source=source)
    found = others.aggregate(
        previous=Max("ref", filter=Q(ref__lt=claim.ref)), next=Min("ref", filter=Q(ref__gt=claim.ref))
    )
    return found | {"source": source}


def about(claim):
    """Return what `claim` is about: `reforms`, `laws`, `events`, `actors`."""
    named_events = Event.objects.public().filter(claim_links__claim=claim)
    return {
        "reforms": [link.reform for link in claim.reform_links.select_related("reform").order_by("reform__title")],
        "laws": [link.law for link in claim.law_links.select_related("law").order_by("law__slug")],
        "events": named_events.select_related("claim").order_by(EARLIEST_FIRST, "slug"),
        "actors": claim.actor_links.select_related("actor").order_by("part", "actor__name", "actor__slug"),
    }
