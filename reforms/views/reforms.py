"""Reforms: the list, and one with everything that is said of it."""

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import DetailView, ListView

from reforms.models import (
    Claim,
    ClaimActor,
    ClaimEvent,
    Event,
    Law,
    LawDate,
    LawLink,
    PackageItem,
    ParameterChange,
    Reform,
    ReformTopic,
)
from reforms.stages import Stage
from reforms.views.as_of import AsOfMixin
from reforms.views.evidence import EARLIEST_FIRST, public_discrepancies, rest, sides
from reforms.views.facets import Facet, Narrowing
from reforms.views.retired import RetiredSlugMixin
from reforms.views.track import place, steps
from sources.models import Source

KINDS = {
    Claim.Kind.PROPOSED: "What was proposed",
    Claim.Kind.PLANNED: "What was planned",
    Claim.Kind.ADOPTED: "What was adopted",
    Claim.Kind.PROVISION: "What it provides",
    Claim.Kind.DONE: "What was done",
    Claim.Kind.FIGURE: "Figures",
    Claim.Kind.ASSESSMENT: "Assessments",
    Claim.Kind.ALLEGATION: "Allegations",
}
NO_STAGE = "none"
STAGES = {**dict(Stage.choices), NO_STAGE: _lazy("no stage by then")}


class ReformList(AsOfMixin, ListView):
    """Reforms with their stage on the day. Context: `reforms`, `page_obj`, `narrowing`, `as_of`, `kept`."""

    template_name = "reforms/list.html"
    context_object_name = "reforms"
    paginate_by = 100

    def get_queryset(self):
        reforms = Reform.objects.public().with_stage(self.as_of.day)
        staged = reforms.annotate(shown=Case(When(stage="", then=Value(NO_STAGE)), default=F("stage")))
        items = PackageItem.objects.public().select_related("package").order_by("package__slug")
        facets = [
            Facet("stage", _("Stage"), staged, "shown", words=STAGES),
            Facet("topic", _("Topic"), ReformTopic.objects, "topic__slug", entry="reform", label="topic__name"),
            Facet("package", _("Package"), items, "package__slug", entry="reform", label="package__name"),
        ]
        self.narrowing = Narrowing(self.request, reforms, facets, search=("title", "summary"))
        return self.narrowing.entries.prefetch_related("topics", Prefetch("package_items", items))

    def get_context_data(self, **context):
        return super().get_context_data(narrowing=self.narrowing, **context)


class ReformDetail(AsOfMixin, RetiredSlugMixin, DetailView):
    """One reform and all that is said of it.

    Context: `reform`, `track` (list of Step), `milestones`, `changes` (by parameter), `kinds`
    (kind, heading, claims), `discrepancies`, `law_links`, `items`, `events`, `people` (actor, offices, links),
    `latest` (the source published last), `sources_total`; `as_of`, `kept`.
    """

    template_name = "reforms/detail.html"
    context_object_name = "reform"
    retired_kind = "reform"

    def get_queryset(self):
        return Reform.objects.public().with_stage(self.as_of.day).prefetch_related("topics")

    def get_context_data(self, **context):
        reform = self.object
        about = set(reform.claim_links.values_list("claim_id", flat=True))
        milestones = [place(milestone, self.as_of.day) for milestone in self.milestones()]
        changes, law_links, items = self.changes(), self.law_links(), self.items()
        discrepancies = list(public_discrepancies(about=Claim.objects.filter(reform_links__reform=reform)))
        claims = rest(milestones, changes, law_links, items, sides(discrepancies), also=about)
        own = sorted((claims[key] for key in about & claims.keys()), key=lambda claim: claim.ref)
        return super().get_context_data(
            track=steps(reform, milestones),
            milestones=milestones,
            changes=changes,
            kinds=by_kind(own),
            discrepancies=discrepancies,
            law_links=law_links,
            items=items,
            events=self.events(),
            people=people(own),
            latest=latest_source(own),
            sources_total=Source.objects.accepted().count(),
            **context,
        )

    def milestones(self):
        """Return the public milestones in order; `law_shown` and `event_shown` say whether these are public too."""
        own = self.object.milestones.public().with_days().select_related("law", "event")
        shown = own.annotate(
            law_shown=Exists(Law.objects.public().filter(pk=OuterRef("law"))),
            event_shown=Exists(Event.objects.public().filter(pk=OuterRef("event"))),
        )
        return shown.order_by(F("by_day").asc(nulls_last=True), "rank", "ref")

    def changes(self):
        """Return the public changes of value, those that may not have happened yet on the day as `later`."""
        own = ParameterChange.objects.public().filter(parameter__reform=self.object).select_related("parameter")
        changes = list(own.order_by("parameter__name", "parameter__slug", EARLIEST_FIRST, "claim__ref", "after"))
        for change in changes:
            change.later = change.date_earliest is not None and change.date_earliest > self.as_of.day
        return changes

    def law_links(self):
        dates = Prefetch("law__dates", LawDate.objects.public())
        return list(
            LawLink.objects.public()
            .filter(reform=self.object)
            .select_related("law")
            .prefetch_related(dates)
            .order_by("law__slug", "effect", "claim__ref")
        )

    def items(self):
        own = PackageItem.objects.public().filter(reform=self.object)
        return list(own.select_related("package").order_by("package__slug"))

    def events(self):
        named = ClaimEvent.objects.filter(claim__in=Claim.objects.public(), claim__reform_links__reform=self.object)
        found = Event.objects.public().filter(pk__in=named.values("event")).select_related("claim")
        return found.order_by(EARLIEST_FIRST, "slug")


def by_kind(claims):
    """Return `claims` as a list of (kind, heading, claims of the kind), without empty kinds."""
    grouped = [(kind, heading, [claim for claim in claims if claim.kind == kind]) for kind, heading in KINDS.items()]
    return [group for group in grouped if group[2]]


def people(claims):
    """Return who has a part in `claims`: a list of (actor, offices as printed, links to the claims)."""
    links = ClaimActor.objects.filter(claim__in=claims).select_related("actor", "claim")
    grouped = {}
    for link in links.order_by("actor__name", "actor__slug", "claim__ref", "part"):
        grouped.setdefault(link.actor, []).append(link)
    return [
        (actor, list(dict.fromkeys(link.office for link in own if link.office)), own) for actor, own in grouped.items()
    ]


def latest_source(claims):
    """Return the source of `claims` published last, by the first day it can have been; None where none is dated."""
    cited = [citation.paragraph.source for claim in claims for citation in claim.citations.all()]
    dated = [source for source in cited if source.published_earliest]
    return max(dated, key=lambda source: source.published_earliest, default=None)
