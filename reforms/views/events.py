"""Events: what happened on a date, and what is said of it."""

from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import ListView

from reforms.models import Claim, ClaimEvent, Event, Milestone, Package
from reforms.views.evidence import EARLIEST_FIRST, claims_with_words, rest
from reforms.views.facets import Facet, Narrowing
from reforms.views.refusals import RefusesBadQuestions
from reforms.views.retired import RetiredSlugMixin
from reforms.views.said import HEADINGS, by_kind, in_order, people_in
from sources.models import Source


class EventList(RefusesBadQuestions, ListView):
    """Events by date, those without one last. Each has `day`, by which it is grouped, and `claim_count`.

    Context: `events`, `page_obj`, `narrowing`.
    """

    template_name = "events/list.html"
    context_object_name = "events"
    paginate_by = 50

    def get_queryset(self):
        events = Event.objects.public()
        source = "claim__citations__paragraph__source"
        cited = ClaimEvent.objects.filter(claim__state=Claim.State.PUBLISHED, claim__citations__isnull=False)
        facets = [
            Facet("kind", _("Kind"), events, "kind", words=dict(Event.Kind.choices)),
            Facet("source", _("Source"), cited, f"{source}__slug", entry="event", label=f"{source}__name"),
        ]
        self.narrowing = Narrowing(self.request, events, facets, search=("title",))
        public = Q(claim_links__claim__state=Claim.State.PUBLISHED)
        found = self.narrowing.entries.annotate(
            day=Coalesce("date_earliest", "date_latest"), claim_count=Count("claim_links", filter=public)
        )
        return found.order_by(EARLIEST_FIRST, "slug")

    def get_context_data(self, **context):
        context = super().get_context_data(narrowing=self.narrowing, **context)
        rest(context["events"])
        return context


class EventDetail(RetiredSlugMixin, ListView):
    """One event, with the claims that name it page by page.

    Context: `event`, `kinds` (heading, claims of this page), `page_obj`, `packages` announced at it, `milestones`
    at it, `people` (actor, parts), `sources_total`; each record has its claim with words at hand.
    """

    template_name = "events/detail.html"
    paginate_by = 50
    retired_kind = "event"

    def get_queryset(self):
        self.event = get_object_or_404(Event.objects.public(), slug=self.kwargs["slug"])
        claims = Claim.objects.public().filter(event_links__event=self.event)
        return claims_with_words(claims).order_by(in_order("kind", HEADINGS), "ref")

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        own = Milestone.objects.public().filter(event=self.event).select_related("reform")
        milestones = list(own.order_by("reform__title", "ref"))
        rest([self.event], milestones)
        return context | {
            "event": self.event,
            "kinds": by_kind(context["page_obj"]),
            "packages": Package.objects.public().filter(event=self.event).order_by("slug"),
            "milestones": milestones,
            "people": people_in(Claim.objects.public().filter(event_links__event=self.event)),
            "sources_total": Source.objects.documents().count(),
        }
