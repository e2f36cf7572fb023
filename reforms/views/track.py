"""The stages of a reform as a track: which are reached on a day, and on which milestones."""

from dataclasses import dataclass

from reforms.stages import ORDER, STOPS
from sources.dates import in_words


@dataclass(frozen=True)
class Step:
    """One stage on the track. `state`: done, now, perhaps, later, never (no day to count
    from), passed (not stated, yet a later one is reached), none."""

    stage: str
    label: str
    state: str
    milestones: list

    @property
    def first(self):
        return self.milestones[0]

    @property
    def others(self):
        """How many more milestones the stage has."""
        return len(self.milestones) - 1


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
            track.append(Step(stage, stage.label.capitalize(), _state(reform, stage, own, furthest), own))
    return track


def _state(reform, stage, own, furthest):
    """How far `stage` is reached: see Step."""
    if stage == reform.stage:
        return "now"
    for when, state in (("reached", "done"), ("perhaps", "perhaps"), ("later", "later"), ("never", "never")):
        if any(milestone.when == when for milestone in own):
            return state
    return "passed" if stage in ORDER and ORDER.index(stage) < furthest else "none"
