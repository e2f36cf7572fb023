"""People, bodies, parties and organisations: how the sources spell them, and what they say and do."""

from dataclasses import dataclass

from django.db.models import Count, Min, Prefetch, Q
from django.db.models.functions import Substr, Upper
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import ListView

from reforms.models import Actor, ActorAlias, Claim, ClaimActor, Event, Reform
from reforms.views.evidence import EARLIEST_FIRST, rest
from reforms.views.facets import Facet, Narrowing
from reforms.views.refusals import RefusesBadQuestions
from reforms.views.retired import RetiredSlugMixin
from reforms.views.said import in_order
from sources.models import Source

PARTS = {
    ClaimActor.Part.SAYS: _lazy("What they said"),
    ClaimActor.Part.DOES: _lazy("What they did"),
    ClaimActor.Part.CONCERNS: _lazy("What is said about them"),
}
SOURCE = "claim__citations__paragraph__source"
AT_MOST = 30  # reforms and events that a page names
LONG = 40  # actors from which on a list has letters to jump to
LETTER = Upper(Substr("name", 1, 1))


@dataclass(frozen=True)
class Letter:
    """A letter that names begin with, and the page of the list on which the first of them stands."""

    letter: str
    page: int


def public_links():
    """Parts of actors in claims that readers see."""
    return ClaimActor.objects.filter(claim__state=Claim.State.PUBLISHED)


class ActorList(RefusesBadQuestions, ListView):
    """Actors by name, each with its `letter`, `claim_count` and aliases.

    Context: `actors`, `page_obj`, `narrowing`, `letters` (where the list is long).
    """

    template_name = "actors/list.html"
    context_object_name = "actors"
    paginate_by = 100

    def get_queryset(self):
        actors, links = Actor.objects.public(), public_links()
        cited = links.filter(claim__citations__isnull=False)
        facets = [
            Facet("kind", _("Kind"), actors, "kind", words=dict(Actor.Kind.choices)),
            Facet("part", _("Part"), links, "part", entry="actor", words=dict(ClaimActor.Part.choices)),
            Facet("source", _("Source"), cited, f"{SOURCE}__slug", entry="actor", label=f"{SOURCE}__name"),
        ]
        self.narrowing = Narrowing(self.request, actors, facets, search=("name", "aliases__name"))
        public = Q(claim_links__claim__state=Claim.State.PUBLISHED)
        found = Actor.objects.filter(pk__in=self.narrowing.entries.order_by().values("pk"))
        found = found.annotate(claim_count=Count("claim_links__claim", filter=public, distinct=True), letter=LETTER)
        return found.order_by("letter", "name", "slug").prefetch_related(
            Prefetch("aliases", ActorAlias.objects.order_by("name"))
        )

    def get_context_data(self, **context):
        context = super().get_context_data(narrowing=self.narrowing, **context)
        return context | {"letters": self.letters() if context["paginator"].count > LONG else []}

    def letters(self):
        """Return the Letters of the list, whichever page is shown."""
        entries = Actor.objects.filter(pk__in=self.narrowing.entries.order_by().values("pk"))
        letters, before = [], 0
        for letter, count in entries.order_by(LETTER).values_list(LETTER).annotate(count=Count("pk")):
            letters.append(Letter(letter, before // self.paginate_by + 1))
            before += count
        return letters


class ActorDetail(RefusesBadQuestions, RetiredSlugMixin, ListView):
    """One actor, with its parts in claims page by page, narrowed as the reader wishes.

    Context: `actor`, `aliases`, `offices` (office as printed, in how many claims, the first of them), `parts`
    (heading, links of this page), `page_obj`, `narrowing`, `reforms` and `events` (AT_MOST of each, with most
    claims), `at_most`, `sources_total`.
    """

    template_name = "actors/detail.html"
    paginate_by = 50
    retired_kind = "actor"

    def get_queryset(self):
        self.actor = get_object_or_404(Actor.objects.public(), slug=self.kwargs["slug"])
        links = public_links().filter(actor=self.actor)
        cited = links.filter(claim__citations__isnull=False)
        facets = [
            Facet("part", _("Part"), links, "part", words=dict(ClaimActor.Part.choices)),
            Facet("kind", _("Kind of claim"), links, "claim__kind", words=dict(Claim.Kind.choices)),
            Facet("source", _("Source"), cited, f"{SOURCE}__slug", label=f"{SOURCE}__name"),
            Facet("office", _("Office as printed"), links.exclude(office=""), "office"),
        ]
        self.narrowing = Narrowing(self.request, links, facets, search=("claim__text", "claim__ref"))
        return self.narrowing.entries.order_by(in_order("part", PARTS), "claim__ref", "pk")

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        offices = self.offices()
        links = list(context["page_obj"])
        claims = rest(links, also={key for _office, _count, key in offices})
        return context | {
            "actor": self.actor,
            "aliases": self.actor.aliases.order_by("name"),
            "offices": [(office, count, claims[key]) for office, count, key in offices],
            "parts": by_part(links),
            "narrowing": self.narrowing,
            "reforms": self.touched(Reform.objects.public(), "title"),
            "events": self.touched(Event.objects.public(), EARLIEST_FIRST),
            "at_most": AT_MOST,
            "sources_total": Source.objects.documents().count(),
        }

    def offices(self):
        """Return (office as printed, in how many claims, the key of the first), the most frequent first."""
        named = public_links().filter(actor=self.actor).exclude(office="")
        rows = named.order_by().values_list("office").annotate(count=Count("claim", distinct=True), first=Min("claim"))
        return list(rows.order_by("-count", "office"))

    def touched(self, records, order):
        """Return those of `records` that most claims with a part of the actor name, each with `claim_count`."""
        claims = Claim.objects.public().filter(actor_links__actor=self.actor).values("pk")
        named = Count("claim_links__claim", filter=Q(claim_links__claim__in=claims), distinct=True)
        found = records.annotate(claim_count=named).filter(claim_count__gt=0)
        return found.order_by("-claim_count", order, "slug")[:AT_MOST]


def by_part(links):
    """Return the links of one page as a list of (heading, links)."""
    grouped = [(heading, [link for link in links if link.part == part]) for part, heading in PARTS.items()]
    return [group for group in grouped if group[1]]
