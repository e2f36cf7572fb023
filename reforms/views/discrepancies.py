"""Where sources do not fit together, or one does not fit itself."""

from django.http import Http404
from django.views.generic import ListView, TemplateView

from reforms.models import Claim, Discrepancy
from reforms.views.evidence import public_discrepancies, rest, sides
from reforms.views.refusals import RefusesBadQuestions, chosen
from sources.models import Source


class DiscrepancyList(RefusesBadQuestions, ListView):
    """All discrepancies, each with its claims side by side.

    Context: `discrepancies`, `page_obj`, `facets` (as for reforms).
    """

    template_name = "discrepancies/list.html"
    context_object_name = "discrepancies"
    paginate_by = 20

    def get_queryset(self):
        sources = list(Source.objects.accepted().values_list("slug", "name"))
        self.facets = [
            (name, label, chosen(self.request, name, choices), choices)
            for name, label, choices in (
                ("kind", "Kind", Discrepancy.Kind.choices),
                ("state", "State", Discrepancy.State.choices),
                ("source", "Source", sources),
            )
        ]
        kind, state, source = (value for _, _, value, _ in self.facets)
        cited = Claim.objects.filter(citations__paragraph__source__slug=source) if source else None
        found = public_discrepancies(about=cited)
        return found.filter(**({"kind": kind} if kind else {}), **({"state": state} if state else {}))

    def get_context_data(self, **context):
        context = super().get_context_data(facets=self.facets, **context)
        rest(sides(context["discrepancies"]))
        return context


class DiscrepancyDetail(TemplateView):
    """One discrepancy with its claims side by side. Context: `discrepancy`."""

    template_name = "discrepancies/detail.html"

    def get_context_data(self, **context):
        discrepancy = public_discrepancies().filter(ref=context["ref"]).first()
        if discrepancy is None:
            raise Http404
        rest(sides([discrepancy]))
        return super().get_context_data(discrepancy=discrepancy, **context)
