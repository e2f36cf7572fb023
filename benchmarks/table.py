"""What was measured, as ratios beside their goals."""

from dataclasses import dataclass, field
from statistics import median

GOALS = {
    ("record", "first"): 0.8,
    ("record", "again"): 2.5,
    ("list", "first"): 0.8,
    ("list", "again"): 6.0,
    ("search", "first"): 1.2,
    ("search", "again"): 4.0,
    ("unchanged", "again"): 0.7,
}
YARDSTICKS = {"unchanged": "empty view"}


@dataclass
class Row:
    """One request, first asked or asked again: requests per second in each round, ours and the yardstick's.

    `usual`: the yardstick's as it answers unless told otherwise, where that is another form than `its`, the leanest.
    `ours_cost`, `its_cost`: milliseconds of the core to a request, which other programs on the machine disturb less.
    """

    request: str
    when: str
    ours: list[float] = field(default_factory=list)
    its: list[float] = field(default_factory=list)
    usual: list[float] = field(default_factory=list)
    ours_cost: list[float] = field(default_factory=list)
    its_cost: list[float] = field(default_factory=list)

    @property
    def yardstick(self):
        return YARDSTICKS.get(self.request, "Datasette")

    @property
    def goal(self):
        return GOALS[self.request, self.when]

    @property
    def ratio(self):
        """Ours over the yardstick's as it answers unless told otherwise, of the medians; None where not measured."""
        against = self.usual or self.its
        return median(self.ours) / median(against) if self.ours and against else None

    @property
    def lean_ratio(self):
        """Ours over the yardstick's leanest."""
        return median(self.ours) / median(self.its) if self.ours and self.its else None

    @property
    def cost_ratio(self):
        """As `lean_ratio`, by the time of the core: more than one is cheaper than the yardstick."""
        return median(self.its_cost) / median(self.ours_cost) if self.ours_cost and self.its_cost else None

    @property
    def met(self):
        return self.ratio is not None and self.ratio >= self.goal

    def as_dict(self):
        measured = {name: getattr(self, name) for name in ("ours", "its", "usual", "ours_cost", "its_cost")}
        told = {"request": self.request, "when": self.when, "yardstick": self.yardstick, "goal": self.goal}
        return (
            told
            | measured
            | {"ratio": self.ratio, "lean_ratio": self.lean_ratio, "cost_ratio": self.cost_ratio, "met": self.met}
        )


def rows():
    """Return a Row without figures for each goal."""
    return [Row(request, when) for request, when in GOALS]


HEAD = """\
| request | asked | ours, a second | yardstick, a second | ratio | goal | met | its leanest | ratio | by core time |
|---|---|---:|---:|---:|---:|---|---:|---:|---:|
"""


def markdown(measured):
    """Return the table of `measured` (Rows) in Markdown."""
    lines = []
    for row in measured:
        figures = (row.ours, row.usual or row.its, row.its)
        ours, usual, its = (f"{median(rates):,.1f}" if rates else "–" for rates in figures)
        ratio, lean, cost = (f"{value:.2f}" if value else "–" for value in (row.ratio, row.lean_ratio, row.cost_ratio))
        met = "yes" if row.met else "no" if row.ratio else "not measured"
        cells = [
            row.request,
            row.when,
            ours,
            f"{row.yardstick} {usual}",
            ratio,
            f"{row.goal:.1f}",
            met,
            its,
            lean,
            cost,
        ]
        lines.append(f"| {' | '.join(cells)} |\n")
    return HEAD + "".join(lines)
