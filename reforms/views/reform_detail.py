"""One reform with everything that is said of it."""

from django.db.models import Exists, F, OuterRef, Prefetch
from django.views.generic import DetailView

from reforms.chains import by_parameter
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
)
from reforms.views.as_of import AsOfMixin
from reforms.views.evidence import EARLIEST_FIRST, public_discrepancies, rest, sides
from reforms.views.related import related
from reforms.views.retired import RetiredSlugMixin
from reforms.views.telling import GROUPS, compared, latest_source, told_by_source
from reforms.views.track import place, steps
from sources.models import Source

DISCREPANCIES = 3  # shown at once; the others are folded


class ReformDetail(AsOfMixin, RetiredSlugMixin, DetailView):
    """One reform and all that is said of it.

    Context: `reform`, `track` (list of Step), `milestones`, `parameters` (parameter, chains, changes), `compared`
    (those of which several sources tell), `groups` (name, heading, short heading, claims), `differ` (all
    discrepancies), `discrepancies` and `more_discrepancies` (those shown at once, and folded), `telling` (list of
    Telling), `law_links`, `items`, `events`, `people` (actor, offices, links), `related` (list of Related), `latest`
    (the source published last), `sources_total`; `as_of`, `kept`.
    """

    template_name = "reforms/detail.html"
    context_object_name = "reform"
    retired_kind = "reform"

    def get_queryset(self):
        return Reform.objects.public().with_stage(self.as_of.day).prefetch_related("topics")

    def get_context_data(self, **context):
        milestones = [place(milestone, self.as_of.day) for milestone in self.milestones()]
        changes, law_links, items = self.changes(), self.law_links(), self.items()
        about = Claim.objects.filter(reform_links__reform=self.object)
        discrepancies = list(public_discrepancies(about=about))
        claims = rest(milestones, changes, law_links, items, sides(discrepancies), also=about.values("pk"))
        own = sorted((claim for claim in claims.values() if claim.asked), key=lambda claim: claim.ref)
        parameters = plainest_first(by_parameter(changes))
        return super().get_context_data(
            track=steps(self.object, milestones),
            milestones=milestones,
            parameters=parameters,
            compared=compared(parameters),
            groups=grouped(own),
            differ=discrepancies,
            discrepancies=discrepancies[:DISCREPANCIES],
            more_discrepancies=discrepancies[DISCREPANCIES:],
            telling=told_by_source(own, [*milestones, *changes]),
            law_links=law_links,
            items=items,
            events=self.events(),
            people=people(own),
            related=related(self.object, items, law_links, own),
            latest=latest_source(own),
            sources_total=Source.objects.documents().count(),
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
        dates = Prefetch("law__dates", LawDate.objects.public().order_by(EARLIEST_FIRST, "kind", "claim__ref"))
        own = LawLink.objects.public().filter(reform=self.object).select_related("law")
        return list(own.prefetch_related(dates).order_by("law__slug", "effect", "claim__ref"))

    def items(self):
        own = PackageItem.objects.public().filter(reform=self.object)
        return list(own.select_related("package").order_by("package__slug"))

    def events(self):
        named = ClaimEvent.objects.filter(claim__in=Claim.objects.public(), claim__reform_links__reform=self.object)
        found = Event.objects.public().filter(pk__in=named.values("event")).select_related("claim")
        return found.order_by(EARLIEST_FIRST, "slug")


def grouped(claims):
    """Return `claims` as a list of (name of the group, heading, short heading, its claims), without empty groups."""
    groups = [
        (name, heading, short, [claim for claim in claims if claim.kind in kinds])
        for name, (heading, short, kinds) in GROUPS.items()
    ]
    return [group for group in groups if group[3]]


def plainest_first(parameters):
    """Return `parameters`, and the chains of each, with those first that happened, then those open at no end."""

    def rank(chain):
        open_ended = not all(arrow.before and arrow.after for arrow in chain.arrows)
        return all(arrow.intended for arrow in chain.arrows), open_ended

    ranked = [(parameter, sorted(chains, key=rank), changes) for parameter, chains, changes in parameters]
    return sorted(ranked, key=lambda one: min(map(rank, one[1])))


def people(claims):
    """Return who has a part in `claims`: a list of (actor, offices as printed, links to the claims)."""
    links = ClaimActor.objects.filter(claim__in=claims).select_related("actor", "claim")
    grouped = {}
    for link in links.order_by("actor__name", "actor__slug", "claim__ref", "part"):
        grouped.setdefault(link.actor, []).append(link)
    return [
        (actor, list(dict.fromkeys(link.office for link in own if link.office)), own) for actor, own in grouped.items()
    ]
