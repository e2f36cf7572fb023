"""The stages of a reform as a track: which are reached on a day, and on which milestones."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reforms.models import Citation
from reforms.stages import ORDER, STOPS, Stage
from sources.dates import in_words

EARLIER = {
    Stage.ANNOUNCED: _("earlier than the announcement, as told"),
    Stage.DRAFTED: _("earlier than the draft, as told"),
    Stage.ADOPTED: _("earlier than the adoption, as told"),
    Stage.IN_FORCE: _("earlier than the entry into force, as told"),
}


@dataclass(frozen=True)
class Step:
    """One stage on the track. `state`: done, now, perhaps, later, never (no day to count
    from), passed (not stated, yet a later one is reached), none. `earlier`: in words, than which stage
    before it its date is earlier, or "".
    """

    stage: str
    label: str
    state: str
    milestones: list
    earlier: str

    @property
    def first(self):
        return self.milestones[0]

    @property
    def others(self):
        """How many more milestones the stage has."""
        return len(self.milestones) - 1

    @property
    def implied(self):
        """Whether its sources only imply the first milestone: none that supports the claim states it."""
        support = [one for one in self.first.claim.citations.all() if one.stance == Citation.Stance.SUPPORTS]
        return bool(support) and all(one.strength == Citation.Strength.IMPLIES for one in support)


def place(milestone, day):
    """Give `milestone` (from `with_days`) its `when` on `day` and, if it has no date, `counts_from` in words.

    Shape: `when` is "reached", "perhaps", "later", or "never" where it is not known
    by which day its source was published either.
    """
    if milestone.by_day and milestone.by_day <= day:
        milestone.when = "reached"
    elif milestone.from_day <= day if milestone.from_day else milestone.by_day:
        milestone.when = "perhaps"
    else:
        milestone.when = "later" if milestone.from_day or milestone.by_day else "never"
    undated = not milestone.date and milestone.by_day
    milestone.counts_from = in_words(milestone.by_day.isoformat()) if undated else ""
    return milestone


def steps(reform, milestones):
    """Return the track of `reform` (with `stage` and `reached`) as a list of Step.

    `milestones`: its public ones, each placed on the day. The two stops appear only where one was met.
    """
    furthest = ORDER.index(reform.reached) if reform.reached else -1
    track = []
    for stage in [*ORDER, *STOPS]:
        own = [milestone for milestone in milestones if milestone.stage == stage]
        if own or stage in ORDER:
            state = _state(reform, stage, own, furthest)
            track.append(Step(stage, stage.label.capitalize(), state, own, _earlier(own, track)))
    return track


def _earlier(own, before):
    """Say of which of the steps `before` the date certainly lies after that of `own` milestones: the nearest one.

    The dates are those that the track shows, of the first milestones. A stop can come before any stage.
    """
    latest = own[0].date_latest if own and own[0].stage in ORDER else None
    for step in reversed(before):
        earliest = step.first.date_earliest if step.milestones else None
        if latest and earliest and latest < earliest:
            return EARLIER[step.stage]
    return ""


def _state(reform, stage, own, furthest):
    """How far `stage` is reached: see Step."""
    if stage == reform.stage:
        return "now"
    for when, state in (("reached", "done"), ("perhaps", "perhaps"), ("later", "later"), ("never", "never")):
        if any(milestone.when == when for milestone in own):
            return state
    return "passed" if stage in ORDER and ORDER.index(stage) < furthest else "none"
