"""What can be asked of milestones, parameters, events, actors and topics."""

from django.db.models import Q

from api.filtering import Filters, Link
from api.filters.links import ACTORS, CITATIONS, CITED_FROM, PACKAGES, TAINTED, TOPICS, public_of
from api.lookups import Choice, Date, Has, Name, PlainWords, Text, Until, Words
from api.querysets import public
from reforms.models import (
    Actor,
    ActorAlias,
    ClaimActor,
    ClaimEvent,
    Event,
    Milestone,
    ParameterChange,
    ReformTopic,
)
from reforms.search.kinds import ALIAS
from reforms.search.matching import matching


class MilestoneFilter(Filters):
    """What can be asked of milestones."""

    OWN = Link(lambda: public("milestone").with_days(), "pk")
    orderings = {
        "ref": ("ref",), "date_earliest": ("date_earliest",), "date_latest": ("date_latest",),
        "reform": ("reform__slug",), "stage": ("stage",),
    }  # fmt: skip

    ref = Name("milestone", "Milestones with this reference.", "pk")
    q = Words("Words of its claim, or of its reform's title and summary.", claim="claim", reform="reform")
    note = Text("Its note.", none=True)
    stage = Choice(Milestone.Stage, "Milestones of this stage.")
    date = Date("Its date.", none=True)
    by = Until("Milestones that had certainly happened by this day, YYYY-MM-DD.", "by_day", link=OWN)
    tainted = Has(TAINTED, "taint")
    reform = Name("reform", "Milestones of this reform.")
    package = Name("package", "Milestones of reforms in this package.", link=PACKAGES)
    topic = Name("topic", "Milestones of reforms under this topic.", link=TOPICS)
    law = Name("law", "Milestones that name this law.", none=True)
    event = Name("event", "Milestones that name this event.", none=True)
    claim = Name("claim", "Milestones that rest on this claim.")
    source = Name(
        "source", "Milestones that rest on a claim cited from this source.", "paragraph__source", link=CITATIONS
    )
    actor = Name("actor", "Milestones that rest on a claim naming this actor.", link=ACTORS)


class ParameterFilter(Filters):
    """What can be asked of parameters."""

    CHANGES = Link(ParameterChange.objects.public, "parameter")
    orderings = {"slug": ("slug",), "name": ("name",), "reform": ("reform__slug",)}

    slug = Name("parameter", "Parameters with this slug.", "pk")
    q = Words("Words of its name.", pk="parameter")
    name = Text("Its name.")
    note = Text("Its note.", none=True)
    reform = Name("reform", "What this reform changed.")
    package = Name("package", "What the reforms in this package changed.", link=PACKAGES)
    topic = Name("topic", "What the reforms under this topic changed.", link=TOPICS)
    claim = Name("claim", "What changed according to this claim.", link=CHANGES)
    source = Name(
        "source", "What changed according to a claim cited from this source.", f"claim__{CITED_FROM}", link=CHANGES
    )
    before = Text("What a change was from.", link=CHANGES)
    after = Text("What a change was to.", link=CHANGES)
    unit = Text("The unit of a change.", link=CHANGES)
    scope = Text("The scope of a change.", link=CHANGES)
    date = Date("The date of a change.", link=CHANGES, none=True)
    tainted = Has("Whether a change of it is in doubt: see `taint`.", "taint", link=CHANGES)


class EventFilter(Filters):
    """What can be asked of events."""

    CLAIMS = Link(public_of(ClaimEvent), "event")
    orderings = {
        "slug": ("slug",), "title": ("title",), "date_earliest": ("date_earliest",), "date_latest": ("date_latest",),
    }  # fmt: skip

    slug = Name("event", "Events with this slug.", "pk")
    q = Words("Words of its title.", pk="event")
    title = Text("Its title.")
    note = Text("Its note.", none=True)
    kind = Choice(Event.Kind, "Events of this kind.")
    date = Date("Its date.", none=True)
    tainted = Has(TAINTED, "taint")
    rests_on = Name("claim", "Events that rest on this claim.", "claim")
    claim = Name("claim", "Events that this claim is about.", link=CLAIMS)
    reform = Name(
        "reform", "Events that a claim about this reform is about too.", "claim__reform_links__reform", link=CLAIMS
    )
    source = Name("source", "Events that a claim cited from this source is about.", f"claim__{CITED_FROM}", link=CLAIMS)
    actor = Name("actor", "Events that a claim naming this actor is about.", "claim__actor_links__actor", link=CLAIMS)
    package = Name(
        "package", "The event at which this package was announced.", "pk", link=Link(lambda: public("package"), "event")
    )
    milestone = Name(
        "milestone", "The event that this milestone names.", "pk", link=Link(lambda: public("milestone"), "event")
    )


class NamedWords(Words):
    """In the name, or in another spelling of it."""

    def found(self, sought):
        spelled = ActorAlias.objects.filter(pk__in=matching(ALIAS, *sought, at_most=None))
        return super().found(sought) | Q(pk__in=spelled.order_by().values("actor"))


class ActorFilter(Filters):
    """What can be asked of actors."""

    CLAIMS = Link(public_of(ClaimActor), "actor")
    orderings = {"slug": ("slug",), "name": ("name",), "kind": ("kind",)}

    slug = Name("actor", "Actors with this slug.", "pk")
    q = NamedWords("Words of its name and its other spellings.", pk="actor")
    name = Text("Its name.")
    alias = Text("Another spelling of its name.", "name", link=Link(lambda: ActorAlias.objects, "actor"), none=True)
    note = Text("Its note.", none=True)
    kind = Choice(Actor.Kind, "Actors of this kind.")
    claim = Name("claim", "Actors that this claim names.", link=CLAIMS)
    part = Choice(ClaimActor.Part, "Actors that have this part in a claim.", link=CLAIMS)
    office = Text("The office under which a claim names it.", link=CLAIMS)
    reform = Name("reform", "Actors that a claim about this reform names.", "claim__reform_links__reform", link=CLAIMS)
    law = Name("law", "Actors that a claim about this law names.", "claim__law_links__law", link=CLAIMS)
    source = Name("source", "Actors that a claim cited from this source names.", f"claim__{CITED_FROM}", link=CLAIMS)


class TopicFilter(Filters):
    """What can be asked of topics."""

    REFORMS = Link(lambda: ReformTopic.objects.filter(reform__in=public("reform")), "topic")
    orderings = {"slug": ("slug",), "name": ("name",)}

    slug = Name("topic", "Topics with this slug.", "pk")
    q = PlainWords("Each of these words stands in its name or summary.", "name", "summary")
    name = Text("Its name.")
    summary = Text("Its summary.", none=True)
    reform = Name("reform", "Topics of this reform.", link=REFORMS, none=True)
