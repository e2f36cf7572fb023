"""Packages: how far each has come, and its items as printed."""

from django.views.generic import DetailView, ListView

from reforms.stages import ORDER
from reforms.views.as_of import AsOfMixin
from reforms.views.evidence import rest
from reforms.views.progress import packages_on
from reforms.views.retired import RetiredSlugMixin
from sources.models import Source


class PackageList(AsOfMixin, ListView):
    """All packages with their progress on the day. Context: `packages`, `stages`, `as_of`, `kept`."""

    template_name = "packages/list.html"
    context_object_name = "packages"

    def get_queryset(self):
        return packages_on(self.as_of.day)

    def get_context_data(self, **context):
        return super().get_context_data(stages=ORDER, **context)


class PackageDetail(AsOfMixin, RetiredSlugMixin, DetailView):
    """One package. Context: `package`, `items` with their claims, `stated` and `told` (the claims that state
    the count and tell of the event, or None), `stages`, `sources_total`, `as_of`, `kept`.
    """

    template_name = "packages/detail.html"
    context_object_name = "package"
    retired_kind = "package"

    def get_queryset(self):
        return packages_on(self.as_of.day)

    def get_context_data(self, **context):
        package, items = self.object, list(self.object.items.all())
        keys = {claim.pk for claim in (package.stated_count_claim, package.event and package.event.claim) if claim}
        claims = rest(items, also=keys)
        return super().get_context_data(
            items=items,
            stated=package.stated_count_claim and claims[package.stated_count_claim.pk],
            told=package.event and claims[package.event.claim_id],
            stages=ORDER,
            sources_total=Source.objects.accepted().count(),
            **context,
        )
