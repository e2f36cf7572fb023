"""What can be asked of each resource. Names stand for records that readers see; former names still work."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_filters import rest_framework as filters

from api import querysets
from api.filtering import DayFilter, NamedFilter, RefsFilter, YesNoFilter
from api.querysets import public
from reforms.coverage import CITED, NO_CLAIM, OPEN
from reforms.models import Actor, Citation, Claim, Discrepancy, Event, Law, Milestone
from reforms.stages import Stage
from sources.models import Paragraph, Source

AS_OF = "The day on which stages are asked for, YYYY-MM-DD; today unless given."


class Tainted(filters.FilterSet):
    """Whether a row is in doubt itself; what it rests on is another question."""

    tainted = YesNoFilter(method="by_taint", help_text="Whether it is in doubt: see `taint`.")

    def by_taint(self, queryset, name, wanted):
        return queryset.exclude(taint="") if wanted else queryset.filter(taint="")


class Day(filters.FilterSet):
    """The day on which stages are looked at. `on`: the question asked of the rows with that day."""

    as_of = DayFilter(method="leave", help_text=AS_OF)

    def leave(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        day = self.form.cleaned_data["as_of"] or timezone.localdate()
        return super().filter_queryset(self.on(queryset, day))


class PackageDay(Day):
    """The day on which a package's reforms are looked at."""

    on = staticmethod(querysets.packages_as_of)


class PackageFilter(PackageDay):
    """What can be asked of packages."""

    event = NamedFilter("event", "event", help_text="Packages announced at this event (slug).")
    reform = NamedFilter("reform", "items__reform", resting="items", help_text="Packages that list this reform (slug).")


class ReformDay(Day):
    """The day on which a reform is looked at."""

    on = staticmethod(querysets.reforms_as_of)


class ReformFilter(ReformDay):
    """What can be asked of reforms."""

    topic = NamedFilter("topic", "topic_links__topic", help_text="Reforms under this topic (slug).")
    package = NamedFilter(
        "package", "package_items__package", resting="package_items", help_text="Reforms in this package (slug)."
    )
    law = NamedFilter(
        "law", "law_links__law", resting="law_links", help_text="Reforms to which this law does something (slug)."
    )
    source = NamedFilter(
        "source",
        "claim_links__claim__citations__paragraph__source",
        resting="claim_links",
        help_text="Reforms that a claim cited from this source is about (slug).",
    )
    actor = NamedFilter(
        "actor",
        "claim_links__claim__actor_links__actor",
        resting="claim_links",
        help_text="Reforms that a claim naming this actor is about (slug).",
    )
    claim = NamedFilter("claim", "claim_links__claim", help_text="Reforms that this claim is about (reference).")
    stage = filters.ChoiceFilter(choices=Stage.choices, help_text="Reforms that are at this stage on `as_of`.")
    has_discrepancy = YesNoFilter(
        method="by_discrepancy", help_text="Whether a claim about the reform stands in a discrepancy."
    )

    def by_discrepancy(self, queryset, name, wanted):
        differing = public("reform").filter(claim_links__claim__discrepancies__in=public("discrepancy"))
        among = Q(pk__in=differing.values("pk"))
        return queryset.filter(among if wanted else ~among)


class LawFilter(filters.FilterSet):
    """What can be asked of laws."""

    reform = NamedFilter(
        "reform",
        "reform_links__reform",
        resting="reform_links",
        help_text="Laws that do something to this reform (slug).",
    )
    source = NamedFilter(
        "source",
        "claim_links__claim__citations__paragraph__source",
        resting="claim_links",
        help_text="Laws that a claim cited from this source is about (slug).",
    )
    claim = NamedFilter("claim", "claim_links__claim", help_text="Laws that this claim is about (reference).")
    rank = filters.ChoiceFilter(choices=Law.Rank.choices, help_text="Laws of this rank.")
    status = filters.ChoiceFilter(choices=Law.Status.choices, help_text="Laws with this status.")


class ClaimFilter(Tainted):
    """What can be asked of claims."""

    ref__in = RefsFilter(help_text="Claims with these references, separated by commas, 500 at most.")
    kind = filters.ChoiceFilter(choices=Claim.Kind.choices, help_text="Claims of this kind.")
    reform = NamedFilter("reform", "reform_links__reform", help_text="Claims about this reform (slug).")
    law = NamedFilter("law", "law_links__law", help_text="Claims about this law (slug).")
    event = NamedFilter("event", "event_links__event", help_text="Claims about this event (slug).")
    actor = NamedFilter("actor", "actor_links__actor", help_text="Claims that name this actor (slug).")
    package = NamedFilter(
        "package",
        "reform_links__reform__package_items__package",
        resting="reform_links__reform__package_items",
        help_text="Claims about a reform in this package (slug).",
    )
    topic = NamedFilter(
        "topic",
        "reform_links__reform__topic_links__topic",
        help_text="Claims about a reform under this topic (slug).",
    )
    source = NamedFilter("source", "citations__paragraph__source", help_text="Claims cited from this source (slug).")
    paragraph = NamedFilter(
        "paragraph", "citations__paragraph", help_text="Claims cited from this paragraph (`<source>/<number>`)."
    )
    discrepancy = NamedFilter("discrepancy", "discrepancies", help_text="Claims in this discrepancy (reference).")
    has_discrepancy = YesNoFilter(method="by_discrepancy", help_text="Whether the claim stands in a discrepancy.")
    stage = filters.ChoiceFilter(
        choices=Stage.choices,
        method="leave",
        help_text="Claims on which a milestone of this stage rests; with `by`, one that had happened by then.",
    )
    by = DayFilter(
        method="leave",
        help_text="Claims on which a milestone rests that had certainly happened by this day, YYYY-MM-DD.",
    )

    def by_discrepancy(self, queryset, name, wanted):
        differing = public("discrepancy").filter(claims=OuterRef("pk"))
        return queryset.filter(Exists(differing) if wanted else ~Exists(differing))

    def leave(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        asked = {name: self.form.cleaned_data[name] for name in ("stage", "by")}
        if not any(asked.values()):
            return queryset
        milestones = public("milestone").with_days()
        if asked["stage"]:
            milestones = milestones.filter(stage=asked["stage"])
        if asked["by"]:
            milestones = milestones.filter(by_day__lte=asked["by"])
        return queryset.filter(pk__in=milestones.values("claim"))


class CitationFilter(filters.FilterSet):
    """What can be asked of citations."""

    claim = NamedFilter("claim", "claim", help_text="Citations of this claim (reference).")
    source = NamedFilter("source", "paragraph__source", help_text="Citations from this source (slug).")
    paragraph = NamedFilter("paragraph", "paragraph", help_text="Citations from this paragraph (`<source>/<number>`).")
    reform = NamedFilter(
        "reform", "claim__reform_links__reform", help_text="Citations of claims about this reform (slug)."
    )
    law = NamedFilter("law", "claim__law_links__law", help_text="Citations of claims about this law (slug).")
    topic = NamedFilter(
        "topic",
        "claim__reform_links__reform__topic_links__topic",
        help_text="Citations of claims about a reform under this topic (slug).",
    )
    actor = NamedFilter(
        "actor", "claim__actor_links__actor", help_text="Citations of claims that name this actor (slug)."
    )
    stance = filters.ChoiceFilter(choices=Citation.Stance.choices, help_text="Citations with this stance.")
    strength = filters.ChoiceFilter(choices=Citation.Strength.choices, help_text="Citations of this strength.")


class SourceFilter(filters.FilterSet):
    """What can be asked of sources."""

    claim = NamedFilter(
        "claim", "paragraphs__citations__claim", help_text="Sources from which this claim is cited (reference)."
    )
    reform = NamedFilter(
        "reform",
        "paragraphs__citations__claim__reform_links__reform",
        resting="paragraphs__citations",
        help_text="Sources from which a claim about this reform is cited (slug).",
    )
    type = filters.ChoiceFilter(choices=Source.Type.choices, help_text="Sources of this type.")
    show = filters.ChoiceFilter(choices=Source.Show.choices, help_text="Sources of whose text this much may be shown.")


class ParagraphFilter(filters.FilterSet):
    """What can be asked of paragraphs."""

    source = NamedFilter("source", "source", help_text="Paragraphs of this source (slug).")
    claim = NamedFilter("claim", "citations__claim", help_text="Paragraphs that this claim cites (reference).")
    reform = NamedFilter(
        "reform",
        "citations__claim__reform_links__reform",
        resting="citations",
        help_text="Paragraphs cited by a claim about this reform (slug).",
    )
    kind = filters.ChoiceFilter(choices=Paragraph.Kind.choices, help_text="Paragraphs of this kind.")
    coverage = filters.ChoiceFilter(
        choices=[(CITED, "cited"), (NO_CLAIM, "carries no claim"), (OPEN, "open")],
        help_text="Paragraphs with this coverage.",
    )


class DiscrepancyFilter(filters.FilterSet):
    """What can be asked of discrepancies."""

    claim = NamedFilter("claim", "claims", help_text="Discrepancies in which this claim stands (reference).")
    reform = NamedFilter(
        "reform",
        "claims__reform_links__reform",
        help_text="Discrepancies in which a claim about this reform stands (slug).",
    )
    source = NamedFilter(
        "source",
        "claims__citations__paragraph__source",
        help_text="Discrepancies in which a claim cited from this source stands (slug).",
    )
    kind = filters.ChoiceFilter(choices=Discrepancy.Kind.choices, help_text="Discrepancies of this kind.")
    state = filters.ChoiceFilter(choices=Discrepancy.State.choices, help_text="Discrepancies in this state.")


class MilestoneFilter(Tainted):
    """What can be asked of milestones."""

    reform = NamedFilter("reform", "reform", help_text="Milestones of this reform (slug).")
    package = NamedFilter(
        "package",
        "reform__package_items__package",
        resting="reform__package_items",
        help_text="Milestones of reforms in this package (slug).",
    )
    topic = NamedFilter(
        "topic", "reform__topic_links__topic", help_text="Milestones of reforms under this topic (slug)."
    )
    law = NamedFilter("law", "law", help_text="Milestones that name this law (slug).")
    event = NamedFilter("event", "event", help_text="Milestones that name this event (slug).")
    claim = NamedFilter("claim", "claim", help_text="Milestones that rest on this claim (reference).")
    stage = filters.ChoiceFilter(choices=Milestone.Stage.choices, help_text="Milestones of this stage.")
    by = DayFilter(method="happened_by", help_text="Milestones that had certainly happened by this day, YYYY-MM-DD.")

    def happened_by(self, queryset, name, day):
        return queryset.with_days().filter(by_day__lte=day)


class ParameterFilter(filters.FilterSet):
    """What can be asked of parameters."""

    reform = NamedFilter("reform", "reform", help_text="What this reform changed (slug).")
    claim = NamedFilter("claim", "changes__claim", help_text="What changed according to this claim (reference).")


class EventFilter(filters.FilterSet):
    """What can be asked of events."""

    claim = NamedFilter("claim", "claim_links__claim", help_text="Events that this claim is about (reference).")
    kind = filters.ChoiceFilter(choices=Event.Kind.choices, help_text="Events of this kind.")


class ActorFilter(filters.FilterSet):
    """What can be asked of actors."""

    claim = NamedFilter("claim", "claim_links__claim", help_text="Actors that this claim names (reference).")
    kind = filters.ChoiceFilter(choices=Actor.Kind.choices, help_text="Actors of this kind.")


class TopicFilter(filters.FilterSet):
    """What can be asked of topics."""

    reform = NamedFilter("reform", "reform_links__reform", help_text="Topics of this reform (slug).")
