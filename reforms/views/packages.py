"""Packages: how far each has come, and its items as printed."""

from collections import Counter

from django.views.generic import DetailView, ListView

from reforms.models import Claim, LawLink
from reforms.stages import ORDER
from reforms.views.as_of import AsOfMixin
from reforms.views.evidence import public_discrepancies, rest, sides
from reforms.views.progress import measured, packages_on
from reforms.views.retired import RetiredSlugMixin


class PackageList(AsOfMixin, ListView):
    """Packages by the date of their announcement, each with its progress on the day, `far` and `undated`.

    Context: `packages`, `page_obj`, `stages`, `as_of`, `kept`.
    """

    template_name = "packages/list.html"
    context_object_name = "packages"
    paginate_by = 50

    def get_queryset(self):
        return packages_on(self.as_of.day).by_announcement()

    def get_context_data(self, **context):
        context = super().get_context_data(stages=ORDER, **context)
        measured(context["packages"])
        return context


class PackageDetail(AsOfMixin, RetiredSlugMixin, DetailView):
    """One package.

    Context: `package` with `far` and `undated`, `items` with their claims and `alike` (how many have the same
    number printed), `stated` and `told` (the claims that state the count and tell of the event, or None),
    `discrepancies` that name a claim of an item or the count's, `of_count` (those that name the count's),
    `sources`, `stages`; `laws`, whether there are any of its reforms; `as_of`, `kept`.
    """

    template_name = "packages/detail.html"
    context_object_name = "package"
    retired_kind = "package"

    def get_queryset(self):
        return packages_on(self.as_of.day)

    def get_context_data(self, **context):
        [package] = measured([self.object])
        items = list(package.items.all())
        counted, event = package.stated_count_claim, package.event
        keys = {claim.pk for claim in (counted, event and event.claim) if claim}
        own = {item.claim_id for item in items} | ({counted.pk} if counted else set())
        discrepancies = list(public_discrepancies(about=Claim.objects.filter(pk__in=own)))
        claims = rest(items, sides(discrepancies), also=keys)
        for item, alike in zip(items, numbered_alike(items), strict=True):
            item.alike = alike
        return super().get_context_data(
            items=items,
            stated=counted and claims[counted.pk],
            told=event and claims[event.claim_id],
            discrepancies=discrepancies,
            of_count=[one for one in discrepancies if counted in [link.claim for link in one.claim_links.all()]],
            sources=sources_of(items),
            stages=ORDER,
            laws=LawLink.objects.public().filter(reform__in=[item.reform_id for item in items]).exists(),
            **context,
        )


def numbered_alike(items):
    """Return, for each of `items`, how many have the number that is printed before it; 0 where none is printed."""
    times = Counter(item.number for item in items if item.number)
    return [times[item.number] for item in items]


def sources_of(items):
    """Return the sources that the claims of `items` cite, by name."""
    cited = {citation.paragraph.source for item in items for citation in item.claim.citations.all()}
    return sorted(cited, key=lambda source: (source.name, source.slug))
