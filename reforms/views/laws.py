"""Laws and other legal acts."""

from itertools import groupby

from django.db.models import Count, F, Prefetch, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import ListView

from reforms.models import Claim, ClaimLaw, Law, LawDate, LawLink, Milestone
from reforms.views.evidence import EARLIEST_FIRST, public_discrepancies, rest, sides
from reforms.views.facets import Facet, Narrowing
from reforms.views.refusals import RefusesBadQuestions
from reforms.views.retired import RetiredSlugMixin
from reforms.views.said import HEADINGS, by_kind, in_order, people_in
from sources.models import Source

SORTS = {
    "date": (_lazy("By first date"), (F("first_day").asc(nulls_last=True), "slug")),
    "name": (_lazy("By name"), ("name", "slug")),
}
SHOWN = 3  # things a law does that its row in the list names
RELATED = 20  # acts that a law's page names


def facets_of(laws):
    """Return the Facets of a list of `laws`."""
    links = LawLink.objects.public()
    source, topic = "claim__citations__paragraph__source", "reform__topic_links__topic"
    package, listed = "reform__package_items__package", {"reform__package_items__claim__state": Claim.State.PUBLISHED}
    cited = ClaimLaw.objects.filter(claim__state=Claim.State.PUBLISHED, claim__citations__isnull=False)
    under = links.filter(reform__topic_links__isnull=False)
    return [
        Facet("rank", _("Rank"), laws, "rank", words=dict(Law.Rank.choices)),
        Facet("status", _("Status"), laws, "status", words=dict(Law.Status.choices)),
        Facet("effect", _("What it does"), links, "effect", entry="law", words=dict(LawLink.Effect.choices)),
        Facet("topic", _("Topic of its reforms"), under, f"{topic}__slug", entry="law", label=f"{topic}__name"),
        Facet(
            "package", _("Package of its reforms"), links, f"{package}__slug", "law", f"{package}__name", where=listed
        ),
        Facet("source", _("Source"), cited, f"{source}__slug", entry="law", label=f"{source}__name"),
    ]


class LawList(RefusesBadQuestions, ListView):
    """Laws, each with public dates, `shown` (links to reforms) and `more` (how many further ones).

    Context: `laws`, `page_obj`, `narrowing`.
    """

    template_name = "laws/list.html"
    context_object_name = "laws"
    paginate_by = 50

    def get_queryset(self):
        laws = Law.objects.public()
        search = ("name", "title", "number")
        self.narrowing = Narrowing(self.request, laws.by_date(), facets_of(laws), search=search, sorts=SORTS)
        dates = LawDate.objects.public().order_by(EARLIEST_FIRST, "kind", "claim__ref")
        links = LawLink.objects.public().select_related("reform")
        links = links.order_by(in_order("effect", LawLink.Effect.values), "reform__title", "claim__ref")
        return self.narrowing.entries.prefetch_related(Prefetch("dates", dates), Prefetch("reform_links", links))

    def get_context_data(self, **context):
        context = super().get_context_data(narrowing=self.narrowing, **context)
        for law in context["laws"]:
            acts = {}
            for link in law.reform_links.all():  # several claims may tell the same; one in doubt is shown before others
                if link.taint or (link.effect, link.reform_id) not in acts:
                    acts[link.effect, link.reform_id] = link
            law.shown, law.more = list(acts.values())[:SHOWN], max(len(acts) - SHOWN, 0)
        return context


class LawDetail(RetiredSlugMixin, ListView):
    """One law, with the claims that name it page by page.

    Context: `law`, `dates`, `effects` (effect, list of (reform, links)), `milestones`, `kinds` (heading, claims of
    this page), `page_obj`, `discrepancies`, `people` (actor, parts), `related` acts with `shared` (how many reforms
    both touch), `sources_total`; each record has its claim with words at hand.
    """

    template_name = "laws/detail.html"
    paginate_by = 50
    retired_kind = "law"

    def get_queryset(self):
        self.law = get_object_or_404(Law.objects.public(), slug=self.kwargs["slug"])
        return self.claims().order_by(in_order("kind", HEADINGS), "ref")

    def claims(self):
        return Claim.objects.public().filter(law_links__law=self.law)

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        dates = list(self.law.dates.public().order_by(EARLIEST_FIRST, "kind", "claim__ref"))
        links, milestones = self.links(), self.milestones()
        discrepancies = list(public_discrepancies(about=self.claims()))
        page = [claim.pk for claim in context["page_obj"]]
        claims = rest(dates, links, milestones, sides(discrepancies), also=page)
        return context | {
            "law": self.law,
            "dates": dates,
            "effects": by_effect(links),
            "milestones": milestones,
            "kinds": by_kind([claims[key] for key in page]),
            "discrepancies": discrepancies,
            "people": people_in(self.claims()),
            "related": related({link.reform_id for link in links}, self.law),
            "sources_total": Source.objects.documents().count(),
        }

    def links(self):
        own = self.law.reform_links.public().select_related("reform")
        effect = in_order("effect", LawLink.Effect.values)
        return list(own.order_by(effect, "reform__title", "reform__slug", "claim__ref"))

    def milestones(self):
        own = Milestone.objects.public().filter(law=self.law).select_related("reform")
        return list(own.order_by(EARLIEST_FIRST, "ref"))


def by_effect(links):
    """Return `links`, in order, as a list of (effect in words, list of (reform, the links to it))."""
    return [
        (effect, [(reform, list(own)) for reform, own in groupby(of_effect, key=lambda link: link.reform)])
        for effect, of_effect in groupby(links, key=lambda link: link.get_effect_display())
    ]


def related(reforms, law):
    """Return the other acts that touch most of `reforms` (keys), each with `shared`: how many of them."""
    links = LawLink.objects.public().filter(reform__in=reforms).values("pk")
    shared = Count("reform_links__reform", filter=Q(reform_links__in=links), distinct=True)
    others = Law.objects.public().exclude(pk=law.pk).annotate(shared=shared).filter(shared__gt=0)
    return others.order_by("-shared", "name", "slug")[:RELATED]
