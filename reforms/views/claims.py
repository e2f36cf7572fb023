"""Claims: the list, and one with its words and all that rests on it."""

from itertools import groupby

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import DetailView, ListView

from reforms.models import Citation, Claim, ClaimReform, Discrepancy, Event, Milestone
from reforms.tombstones import tombstone
from reforms.views.evidence import EARLIEST_FIRST, claims_with_words
from reforms.views.facets import Facet, Narrowing
from reforms.views.history import public_history
from reforms.views.marking import runs
from reforms.views.refusals import RefusesBadQuestions
from reforms.views.retired import moved
from sources.models import Source

SORTS = {"ref": (_lazy("Reference"), ("ref",)), "last": (_lazy("Last reference first"), ("-ref",))}


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
        total = Source.objects.accepted().count()
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


class ClaimDetail(DetailView):
    """One claim. A merged one redirects to the last it was merged into; one that was public is gone (410).

    Context: `claim`, `paragraphs` (paragraph, citations, runs), the records resting on it by name,
    `history` (list of Step), `sources_total`.
    """

    template_name = "claims/detail.html"
    context_object_name = "claim"

    def get(self, request, *args, **kwargs):
        self.object = claim = claims_with_words(Claim.objects.once_public()).filter(ref=kwargs["ref"]).first()
        if claim is None or claim.state == Claim.State.RETRACTED:
            return gone(request, kwargs["ref"])
        if claim.state == Claim.State.MERGED:
            onward = claim.in_use
            if onward.state in Claim.HIDDEN and tombstone(onward.ref) is None:
                raise Http404
            return moved(onward.get_absolute_url())
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **context):
        claim = self.object
        return super().get_context_data(
            paragraphs=lit_paragraphs(claim),
            history=public_history(claim),
            sources_total=Source.objects.accepted().count(),
            **about(claim),
            **resting(claim),
            **context,
        )


def gone(request, ref):
    """Answer that the claim under `ref` was public and is gone (410), and why. Errors: Http404 where it never was."""
    reason = tombstone(ref)
    if reason is None:
        raise Http404
    return render(request, "claims/retracted.html", {"ref": ref, "reason": reason}, status=410)


def lit_paragraphs(claim):
    """Return the paragraphs that `claim` cites: a list of (paragraph, its citations, runs with them lit)."""
    citations = claim.citations.all()
    grouped = groupby(sorted(citations, key=place), key=lambda citation: citation.paragraph)
    paragraphs = [(paragraph, list(own)) for paragraph, own in grouped]
    return [(paragraph, own, runs(paragraph.text, own, lit=own)) for paragraph, own in paragraphs]


def place(citation):
    """Order citations by source, paragraph and number."""
    return citation.paragraph.source.name, citation.paragraph.source_id, citation.paragraph.number, citation.number


def about(claim):
    """Return what `claim` is about: `reforms`, `laws`, `events`, `actors`."""
    named_events = Event.objects.public().filter(claim_links__claim=claim)
    return {
        "reforms": [link.reform for link in claim.reform_links.select_related("reform").order_by("reform__title")],
        "laws": [link.law for link in claim.law_links.select_related("law").order_by("law__slug")],
        "events": named_events.select_related("claim").order_by(EARLIEST_FIRST, "slug"),
        "actors": claim.actor_links.select_related("actor").order_by("part", "actor__name", "actor__slug"),
    }


def resting(claim):
    """Return what rests on `claim`, by kind of record."""
    discrepancies = Discrepancy.objects.public().filter(Q(claims=claim) | Q(resolved_by=claim)).distinct()
    return {
        "milestones": Milestone.objects.filter(claim=claim).select_related("reform"),
        "law_dates": claim.lawdate_set.select_related("law").order_by("law__slug", "kind"),
        "law_links": claim.lawlink_set.select_related("law", "reform").order_by("law__slug", "reform__title"),
        "changes": claim.parameterchange_set.select_related("parameter__reform").order_by("parameter__name", "after"),
        "items": claim.packageitem_set.select_related("package", "reform").order_by("package__slug", "position"),
        "told_events": claim.event_set.order_by(EARLIEST_FIRST, "slug"),
        "counted_packages": claim.package_counts.public().order_by("slug"),
        "discrepancies": discrepancies,
    }
