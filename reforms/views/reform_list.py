"""The list of reforms, narrowed and in an order."""

from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import ListView

from reforms.models import Claim, ClaimReform, Discrepancy, Law, LawLink, PackageItem, Reform, ReformTopic
from reforms.stages import Stage
from reforms.views.as_of import AsOfMixin
from reforms.views.facets import Facet, Narrowing
from sources.dates import in_words

NO_STAGE = "none"
STAGES = {**dict(Stage.choices), NO_STAGE: _lazy("no dated stage")}
DIFFERS = {"yes": _lazy("has one"), "no": _lazy("has none")}
SORTS = {
    "title": (_lazy("By title"), ("title", "slug")),
    "stage": (_lazy("Furthest stage first"), (F("reached_rank").desc(), "title", "slug")),
    "latest": (_lazy("Latest milestone first"), (F("last_day").desc(nulls_last=True), "title", "slug")),
    "claims": (_lazy("Most claims first"), (F("claims_count").desc(), "title", "slug")),
}


class ReformList(AsOfMixin, ListView):
    """Reforms with their stage on the day. Context: `reforms`, `page_obj`, `narrowing`, `as_of`, `kept`."""

    template_name = "reforms/list.html"
    context_object_name = "reforms"
    paginate_by = 100

    def get_queryset(self):
        reforms = Reform.objects.public().with_stage(self.as_of.day)
        items = PackageItem.objects.public().select_related("package").order_by("package__slug")
        self.narrowing = Narrowing(
            self.request, reforms, facets(reforms, items), search=("title", "summary"), sorts=SORTS
        )
        found = self.narrowing.entries.with_counts().with_last(self.as_of.day)
        return found.prefetch_related("topics", Prefetch("package_items", items))

    def get_context_data(self, **context):
        context = super().get_context_data(narrowing=self.narrowing, **context)
        for reform in context["reforms"]:
            reform.last_in_words = in_words(reform.last_date)
        return context


def staged(reforms):
    """Return reforms with `shown`, their stage. It is reckoned here once for all: each facet asks for it again."""
    found = {}
    for key, stage in reforms.order_by().values_list("pk", "stage"):
        found.setdefault(stage or NO_STAGE, []).append(key)
    whens = [When(pk__in=keys, then=Value(stage)) for stage, keys in found.items()]
    return Reform.objects.annotate(shown=Case(*whens, output_field=CharField()))


def facets(reforms, items):
    """Return the Facets of `reforms` (with their stage). `items`: the public package items."""
    named = Discrepancy.objects.public().filter(claims__reform_links__reform=OuterRef("pk"))
    differing = reforms.annotate(differs=Case(When(Exists(named), then=Value("yes")), default=Value("no")))
    cited = ClaimReform.objects.filter(claim__state=Claim.State.PUBLISHED, claim__citations__isnull=False)
    source = "claim__citations__paragraph__source"
    ranks = dict(Law.Rank.choices)
    return [
        Facet("stage", _("Stage"), staged(reforms), "shown", words=STAGES),
        Facet("topic", _("Topic"), ReformTopic.objects, "topic__slug", entry="reform", label="topic__name"),
        Facet("package", _("Package"), items, "package__slug", entry="reform", label="package__name"),
        Facet("source", _("Source"), cited, f"{source}__slug", entry="reform", label=f"{source}__name"),
        Facet("law", _("Kind of law"), LawLink.objects.public(), "law__rank", entry="reform", words=ranks),
        Facet("differs", _("Discrepancy"), differing, "differs", words=DIFFERS),
    ]
