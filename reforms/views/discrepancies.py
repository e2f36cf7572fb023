"""Where sources do not fit together, or one does not fit itself."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import ListView, TemplateView

from reforms.meanings import DISCREPANCY_KINDS, DISCREPANCY_STATES
from reforms.models import ClaimReform, Discrepancy, DiscrepancyClaim, Milestone, ParameterChange
from reforms.views.evidence import public_discrepancies, rest, sides
from reforms.views.facets import Facet, Narrowing
from reforms.views.refusals import RefusesBadQuestions

SPANS = {"between": _lazy("between sources"), "within": _lazy("within one source")}
SORTS = {
    "weight": (_lazy("Weightier kinds first"), (Discrepancy.WEIGHT, "ref")),
    "ref": (_lazy("By reference"), ("ref",)),
    "last": (_lazy("Last reference first"), ("-ref",)),
}


class DiscrepancyList(RefusesBadQuestions, ListView):
    """All discrepancies, each with its claims side by side. Context: `discrepancies`, each with the `reforms` that
    its claims name; `by_weight`, the words of the kinds in that order; `page_obj`, `narrowing`.
    """

    template_name = "discrepancies/list.html"
    context_object_name = "discrepancies"
    paginate_by = 20

    def get_queryset(self):
        found = Discrepancy.objects.public()
        search = ("title", "explanation", "ref")
        self.narrowing = Narrowing(self.request, found, facets(found), search=search, sorts=SORTS)
        return public_discrepancies(self.narrowing.entries)

    def get_context_data(self, **context):
        context = super().get_context_data(narrowing=self.narrowing, by_weight=Discrepancy.BY_WEIGHT, **context)
        with_sides(context["discrepancies"])
        return context


class DiscrepancyDetail(TemplateView):
    """One discrepancy with its claims side by side.

    Context: `discrepancy` with its `reforms`; `kind_means`, `state_means`; `milestones` and `changes` that rest on
    its claims.
    """

    template_name = "discrepancies/detail.html"

    def get_context_data(self, **context):
        discrepancy = public_discrepancies().filter(ref=context["ref"]).first()
        if discrepancy is None:
            raise Http404
        with_sides([discrepancy])
        claims = [link.claim_id for link in discrepancy.claim_links.all()]
        changes = ParameterChange.objects.filter(claim__in=claims).select_related("parameter", "claim")
        return super().get_context_data(
            discrepancy=discrepancy,
            kind_means=DISCREPANCY_KINDS[discrepancy.kind],
            state_means=DISCREPANCY_STATES[discrepancy.state],
            milestones=Milestone.objects.filter(claim__in=claims).select_related("reform", "claim"),
            changes=changes.order_by("parameter__name", "parameter__slug", "claim__ref", "after"),
            **context,
        )


def facets(discrepancies):
    """Return the Facets of `discrepancies`."""
    source = "claim__citations__paragraph__source"
    cited = DiscrepancyClaim.objects.filter(claim__citations__isnull=False)
    spans = discrepancies.with_span()
    return [
        Facet("kind", _("Kind"), discrepancies, "kind", words={kind: kind.label for kind in Discrepancy.BY_WEIGHT}),
        Facet("span", _("Between sources or within one"), spans, "span", words=SPANS),
        Facet("state", _("State"), discrepancies, "state", words=dict(Discrepancy.State.choices)),
        Facet("source", _("Source"), cited, f"{source}__slug", entry="discrepancy", label=f"{source}__name"),
    ]


def with_sides(discrepancies):
    """Give each of `discrepancies` its claims with their words, and as `reforms` those that these name."""
    links = sides(discrepancies)
    rest(links)
    named = ClaimReform.objects.filter(claim__in={link.claim_id for link in links}).select_related("reform")
    touched = {}
    for link in named.order_by("reform__title", "reform__slug"):
        touched.setdefault(link.claim_id, []).append(link.reform)
    for discrepancy in discrepancies:
        found = [reform for link in discrepancy.claim_links.all() for reform in touched.get(link.claim_id, [])]
        discrepancy.reforms = sorted(set(found), key=lambda reform: (reform.title, reform.slug))
