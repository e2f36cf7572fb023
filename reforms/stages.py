"""The one rule that says how far a reform had come on a day.

The stage is the furthest milestone whose latest possible day is on or before the day, unless one on its day
or later stalled or withdrew the reform; a stage that is reached again after that counts again.
A milestone that may have happened by the day, but need not have, counts as "perhaps". A milestone without a
date counts from the latest day on which a source that supports it can have been published, and never where
that is unknown too: such a milestone reaches nothing on any day, and is only told.
"""

from django.db import models
from django.db.models import Case, DateField, F, IntegerField, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """How far a reform can come, in order, and the two ways in which it can stop."""

    ANNOUNCED = "announced", _("announced")
    DRAFTED = "drafted", _("drafted")
    ADOPTED = "adopted", _("adopted")
    IN_FORCE = "in_force", _("in force")
    IMPLEMENTED = "implemented", _("implemented")
    STALLED = "stalled", _("stalled")
    WITHDRAWN = "withdrawn", _("withdrawn")


ORDER = [Stage.ANNOUNCED, Stage.DRAFTED, Stage.ADOPTED, Stage.IN_FORCE, Stage.IMPLEMENTED]
STOPS = [Stage.STALLED, Stage.WITHDRAWN]
# Stages that are acts: what is only proposed or planned does not reach them.
ACTS = [stage for stage in Stage if stage not in (Stage.ANNOUNCED, Stage.DRAFTED)]


def with_days(milestones):
    """With `from_day` and `by_day`, between which each happened, None where unknown; and `rank` (1-5).

    An undated milestone takes, as both, the latest publication day of its claim's supporting sources;
    with several sources, the first of them.
    """
    from reforms.models import Citation

    told_by = (
        Citation.objects.filter(claim=OuterRef("claim"), stance=Citation.Stance.SUPPORTS)
        .order_by()
        .values("claim")
        .annotate(day=Min("paragraph__source__published_latest"))
        .values("day")
    )
    told = Case(When(date="", then=Subquery(told_by)), output_field=DateField())
    rank = Case(
        *(When(stage=stage, then=Value(number)) for number, stage in enumerate(ORDER, start=1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return milestones.annotate(
        from_day=Coalesce(F("date_earliest"), told), by_day=Coalesce(F("date_latest"), told), rank=rank
    )


def stage_annotations(milestones, day):
    """Return annotations for a queryset of reforms: `stage`, `perhaps` and `told`, as of `day`.

    `stage` is "" where nothing had certainly happened. `perhaps` is the furthest stage beyond it that
    may have been reached, or "". `told` is the furthest stage beyond it that is told without any day
    to count from, or "": it says nothing of `day`.
    """
    own = with_days(milestones.filter(reform=OuterRef("pk")))
    certain = own.filter(by_day__lte=day)
    furthest = certain.exclude(stage__in=STOPS).order_by("-rank", "-by_day", "ref")
    stop = certain.filter(stage__in=STOPS, by_day__gte=Coalesce(OuterRef("reached_day"), F("by_day")))
    begun = Q(from_day__lte=day) | Q(from_day=None, by_day__isnull=False)
    possible = own.filter(begun, Q(by_day__gt=day) | Q(by_day=None))
    further = Q(rank__gt=OuterRef("reached_rank"))
    beyond = possible.filter(further | Q(stage__in=STOPS))
    told = own.filter(further, from_day=None, by_day=None)
    return {
        "reached": Subquery(furthest.values("stage")[:1]),
        "reached_rank": Coalesce(Subquery(furthest.values("rank")[:1]), 0),
        "reached_day": Subquery(furthest.values("by_day")[:1]),
        "stage": Coalesce(Subquery(stop.order_by("-by_day", "ref").values("stage")[:1]), F("reached"), Value("")),
        "perhaps": Coalesce(Subquery(beyond.order_by("-rank", "ref").values("stage")[:1]), Value("")),
        "told": Coalesce(Subquery(told.order_by("-rank", "ref").values("stage")[:1]), Value("")),
    }
