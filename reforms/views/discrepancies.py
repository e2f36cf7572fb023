"""Where sources do not fit together, or one does not fit itself."""

from django.views.generic import TemplateView

from reforms.views.evidence import public_discrepancies, rest, sides
from sources.models import Source


class DiscrepancyList(TemplateView):
    """All discrepancies, each with its claims side by side. Context: `discrepancies`, `sources_total`."""

    template_name = "discrepancies/list.html"

    def get_context_data(self, **context):
        discrepancies = list(public_discrepancies())
        rest(sides(discrepancies))
        total = Source.objects.accepted().count()
        return super().get_context_data(discrepancies=discrepancies, sources_total=total, **context)
