"""Where sources do not fit together, or one does not fit itself."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from reforms.models import Discrepancy, DiscrepancyClaim
from reforms.views.evidence import public_discrepancies, rest, sides
from reforms.views.facets import Facet, Narrowing
from reforms.views.refusals import RefusesBadQuestions


class DiscrepancyList(RefusesBadQuestions, ListView):
    """All discrepancies, each with its claims side by side. Context: `discrepancies`, `page_obj`, `narrowing`."""

    template_name = "discrepancies/list.html"
    context_object_name = "discrepancies"
    paginate_by = 20

    def get_queryset(self):
        found = Discrepancy.objects.public()
        source = "claim__citations__paragraph__source"
        facets = [
            Facet("kind", _("Kind"), found, "kind", words=dict(Discrepancy.Kind.choices)),
            Facet("state", _("State"), found, "state", words=dict(Discrepancy.State.choices)),
            Facet(
                "source",
                _("Source"),
                DiscrepancyClaim.objects.filter(claim__citations__isnull=False),
                f"{source}__slug",
                entry="discrepancy",
                label=f"{source}__name",
            ),
        ]
        self.narrowing = Narrowing(self.request, found, facets, search=("title", "explanation", "ref"))
        return public_discrepancies(self.narrowing.entries)

    def get_context_data(self, **context):
        context = super().get_context_data(narrowing=self.narrowing, **context)
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
