"""Topics: the subjects under which reforms are browsed."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.views.generic import ListView

from reforms.models import (
    Claim,
    ClaimEvent,
    Discrepancy,
    DiscrepancyClaim,
    Event,
    Law,
    LawLink,
    Package,
    PackageItem,
    ParameterChange,
    Reform,
    Topic,
)
from reforms.stages import ORDER, STOPS
from reforms.views.as_of import AsOfMixin
from reforms.views.evidence import EARLIEST_FIRST, rest
from reforms.views.retired import RetiredSlugMixin
from reforms.views.skyline import Skyline

AT_MOST = 20  # records of one kind beside the reforms of a topic


class TopicList(AsOfMixin, ListView):
    """All topics by name. Context: `topics`, each with its `skyline`; `stages`, `as_of`, `kept`."""

    template_name = "topics/list.html"
    context_object_name = "topics"
    paginate_by = 100

    def get_queryset(self):
        return Topic.objects.browsed()

    def get_context_data(self, **context):
        context = super().get_context_data(stages=ORDER, **context)
        topics = list(context["topics"])
        counts = stages_of(topics, self.as_of.day)
        widest = max((sum(count.values()) for count in counts.values()), default=0)
        for topic in topics:
            topic.skyline = Skyline(counts.get(topic.pk, {}), widest)
        return context | {"topics": topics}


def stages_of(topics, day):
    """Return, by key of a topic, how many of its public reforms stand at each stage on `day`."""
    reforms = Reform.objects.public().with_stage(day).filter(topic_links__topic__in=topics).order_by()
    counts = {}
    for topic, stage, count in reforms.values_list("topic_links__topic", "stage").annotate(count=Count("pk")):
        counts.setdefault(topic, {})[stage] = count
    return counts


class TopicDetail(AsOfMixin, RetiredSlugMixin, ListView):
    """One topic with its reforms page by page.

    Context: `topic`, `skyline`, `reforms`, `page_obj`; no more than AT_MOST of each: `packages`, `laws`,
    `changes` (of value, with their claims), `events`; `discrepancy_count`; `stages`, `as_of`, `kept`.
    """

    template_name = "topics/detail.html"
    context_object_name = "reforms"
    paginate_by = 50
    retired_kind = "topic"

    def get_queryset(self):
        self.topic = get_object_or_404(Topic.objects.browsed(), slug=self.kwargs["slug"])
        return self.own_reforms().with_stage(self.as_of.day).order_by("title", "slug")

    def own_reforms(self):
        return Reform.objects.public().filter(topic_links__topic=self.topic)

    def get_context_data(self, **context):
        counts = stages_of([self.topic], self.as_of.day).get(self.topic.pk, {})
        changes = self.changes()
        rest(changes)
        return super().get_context_data(
            topic=self.topic,
            skyline=Skyline(counts, sum(counts.values())),
            packages=self.packages(),
            laws=self.laws(),
            changes=changes,
            events=self.events(),
            discrepancy_count=self.discrepancies().count(),
            stages=[*ORDER, *STOPS],
            **context,
        )

    def packages(self):
        items = PackageItem.objects.public().filter(reform__topic_links__topic=self.topic)
        own = Count("items__reform", filter=Q(items__in=items.values("pk")), distinct=True)
        return Package.objects.public().annotate(own=own).filter(own__gt=0).order_by("-own", "slug")[:AT_MOST]

    def laws(self):
        links = LawLink.objects.public().filter(reform__topic_links__topic=self.topic)
        return Law.objects.public().filter(pk__in=links.values("law")).by_date()[:AT_MOST]

    def changes(self):
        own = ParameterChange.objects.public().filter(parameter__reform__topic_links__topic=self.topic)
        return list(
            own.select_related("parameter__reform").order_by(
                "parameter__name", "parameter__slug", EARLIEST_FIRST, "claim__ref", "after", "scope"
            )[:AT_MOST]
        )

    def claims(self):
        return Claim.objects.public().filter(reform_links__reform__topic_links__topic=self.topic)

    def events(self):
        named = ClaimEvent.objects.filter(claim__in=self.claims().values("pk"))
        found = Event.objects.public().filter(pk__in=named.values("event"))
        return found.select_related("claim").order_by(EARLIEST_FIRST, "slug")[:AT_MOST]

    def discrepancies(self):
        named = DiscrepancyClaim.objects.filter(claim__in=self.claims().values("pk"))
        return Discrepancy.objects.public().filter(pk__in=named.values("discrepancy"))
