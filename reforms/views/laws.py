"""Laws and other legal acts."""

from django.db.models import Count, Prefetch, Q
from django.views.generic import DetailView, ListView

from reforms.models import Claim, Law, LawDate, Milestone
from reforms.views.evidence import EARLIEST_FIRST, public_discrepancies, rest, sides
from reforms.views.retired import RetiredSlugMixin
from sources.models import Source


class LawList(ListView):
    """All laws, by their first date. Context: `laws`, each with public dates and `reform_count`; `page_obj`."""

    template_name = "laws/list.html"
    context_object_name = "laws"
    paginate_by = 100

    def get_queryset(self):
        public = Q(reform_links__claim__state=Claim.State.PUBLISHED)
        dates = Prefetch("dates", LawDate.objects.public().order_by(EARLIEST_FIRST, "kind", "claim__ref"))
        counted = Law.objects.public().by_date().prefetch_related(dates)
        return counted.annotate(reform_count=Count("reform_links__reform", filter=public, distinct=True))


class LawDetail(RetiredSlugMixin, DetailView):
    """One law. Context: `law`, `dates`, `links` (to reforms), `milestones`, `claims`, `discrepancies`,
    `sources_total`; each record has its claim with words at hand.
    """

    template_name = "laws/detail.html"
    context_object_name = "law"
    retired_kind = "law"

    def get_queryset(self):
        return Law.objects.public()

    def get_context_data(self, **context):
        law = self.object
        about = set(law.claim_links.values_list("claim_id", flat=True))
        dates = list(law.dates.public().order_by(EARLIEST_FIRST, "kind", "claim__ref"))
        links = list(
            law.reform_links.public().select_related("reform").order_by("reform__title", "effect", "claim__ref")
        )
        milestones = list(Milestone.objects.public().filter(law=law).select_related("reform").order_by("ref"))
        discrepancies = list(public_discrepancies(about=Claim.objects.filter(law_links__law=law)))
        claims = rest(dates, links, milestones, sides(discrepancies), also=about)
        return super().get_context_data(
            dates=dates,
            links=links,
            milestones=milestones,
            discrepancies=discrepancies,
            claims=sorted((claims[key] for key in about & claims.keys()), key=lambda claim: claim.ref),
            sources_total=Source.objects.accepted().count(),
            **context,
        )
