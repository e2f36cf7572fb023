"""The step chart of one parameter: what each change states, at its date or apart, and nothing in between.

A change without a date stands in a column of its own beside the dated ones. A date that is wider than a day is a
band: the value changed somewhere in it. Levels are the values as printed, so no other number stands at the edge.
"""

import datetime
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

from reforms.charts.numbers import read
from reforms.charts.scales import TimeScale, ValueScale, apart
from reforms.charts.shapes import outline
from reforms.charts.spans import Drawn

TOP, BOTTOM, RIGHT, LETTER = 26, 22, 14, 6.4
UNDATED, COLUMN = 128, 36  # how wide the columns without a date are: at least together, and each
NARROWEST = 28  # a column of a wide chart
STUB = 22  # how far a stated value is drawn before and after its day
LEVELS_APART = 13


@dataclass(frozen=True)
class Told:
    """One change as one claim tells it. `number`: its key on the page; `when`: its Drawn, None without a date;
    `shape`: of its first source; `happened`: not only proposed or planned; `words`: all of it, to be read out.
    """

    number: int
    before: str
    after: str
    when: Drawn | None = None
    shape: str = "circle"
    happened: bool = True
    words: str = ""

    @property
    def values(self):
        """The Numbers that it states, as (before, after)."""
        return read(self.before), read(self.after)

    @property
    def in_numbers(self):
        """Whether all that it states are numbers, of one kind."""
        pairs = zip((self.before, self.after), self.values, strict=True)
        stated = [value for printed, value in pairs if printed]
        return None not in stated and len({value.percent for value in stated}) == 1

    @property
    def start(self):
        return self.when and self.when.start

    @property
    def end(self):
        return self.when and self.when.end


@dataclass(frozen=True)
class Mark:
    """One change on paper. Lines are (x1, y1, x2, y2) or None; `band` is (x, y, width, height) or None."""

    told: Told
    path: str
    before_path: str
    lines: list
    band: tuple | None
    key: tuple


@dataclass(frozen=True)
class StepChart:
    """All of it. `levels`: (y, where its label stands, label); `ticks`: (x, label); `undated`: (left, right) or None;
    `joints`: lines (x1, y1, x2, y2) at a value that one change ends and another begins with.
    """

    width: int
    height: int
    left: float
    levels: list
    ticks: list
    undated: Any
    marks: list
    joints: list

    @property
    def right(self):
        return self.width - RIGHT

    @property
    def bottom(self):
        return self.height - BOTTOM

    @property
    def labels(self):
        """Where the labels of the levels end."""
        return round(self.left - 6, 1)

    @property
    def named(self):
        """Where the names along the axis stand."""
        return self.height - 5

    @property
    def undated_width(self):
        return round(self.undated[1] - self.undated[0], 1)

    @property
    def undated_middle(self):
        return round(sum(self.undated) / 2, 1)


def step_chart(changes, width, height, chains=()):
    """Return the StepChart of `changes` (Told), None where they state fewer than two numbers to compare.

    `width`: at least; many changes make it wider. `chains`: each a list of its steps, a step the numbers of its Told.
    """
    told = _of_one_kind([change for change in changes if change.in_numbers])
    values = [(number.value, printed) for change in told for number, printed in _stated(change)]
    if len(values) < 2:
        return None
    left = round(14 + LETTER * max(len(printed) for _value, printed in values), 1)
    width = max(width, round(left + RIGHT + NARROWEST * len(told)))
    scale = ValueScale(max(value for value, _printed in values), TOP + 10, height - BOTTOM)
    dated, undated = _panels(told, left, width - RIGHT)
    time = dated and _time(told, *dated)
    placed = _places(told, time, undated, chains)
    marks = [_mark(change, placed[change.number], scale, dated) for change in told]
    ticks, joints = time.ticks() if time else [], _joints(told, placed, scale, chains)
    return StepChart(width, height, left, _levels(values, scale), ticks, undated, marks, joints)


def _levels(values, scale):
    """The stated values as (y, where its label stands, label), the highest first, and 0; none too near another."""
    places = [(scale.at(value), printed) for value, printed in [(0, "0"), *sorted(values, reverse=True)]]
    return [(y, round(y + 4, 1), printed) for y, printed in apart(places, LEVELS_APART)]


def _stated(change):
    pairs = zip(change.values, (change.before, change.after), strict=True)
    return [(number, printed) for number, printed in pairs if number]


def _of_one_kind(told):
    """Those in percent or those not, whichever are more: one axis holds one kind of number."""
    shares = [change for change in told if _stated(change)[0][0].percent]
    amounts = [change for change in told if change not in shares]
    return max(amounts, shares, key=len)


def _panels(told, left, right):
    """The room of the dated changes and that of the others, as (left, right), None where there are none."""
    apart_count = sum(change.when is None for change in told)
    if not apart_count:
        return (left, right), None
    if apart_count == len(told):
        return None, (left, right)
    border = max(right - max(UNDATED, apart_count * COLUMN), left + (right - left) * 0.4)
    return (left, round(border - 12, 1)), (round(border, 1), right)


def _time(told, left, right):
    """The TimeScale of whole years around all dates."""
    known = [day for change in told if change.when for day in (change.start, change.end) if day]
    first, last = min(known).year, max(known).year
    return TimeScale(datetime.date(first, 1, 1), datetime.date(last, 12, 31), left, right)


def _places(told, time, undated, chains):
    """By number of the change, the (left, right) on paper between which it happened."""
    placed = {}
    for change in told:
        if change.when and change.when.point:
            placed[change.number] = (time.middle(change.start),) * 2
        elif change.when:
            placed[change.number] = (
                time.at(change.start) if change.start else time.left,
                time.at_end(change.end) if change.end else time.right,
            )
    columns = _columns(told, chains)
    for at, change in enumerate(columns):
        middle = round(undated[0] + (at + 0.5) * (undated[1] - undated[0]) / len(columns), 1)
        placed[change.number] = (middle, middle)
    return placed


def _columns(told, chains):
    """Those without a date, in the order of their columns: first the links of chains, then by key."""
    ranks = {number: rank for chain in chains for rank, step in enumerate(chain) for number in step}
    undated = [change for change in told if change.when is None]
    return sorted(undated, key=lambda change: (ranks.get(change.number, len(told)), change.number))


def _mark(change, place, scale, dated):
    """Draw one change at its `place`."""
    before, after = (value and scale.at(value.value) for value in change.values)
    low, high = place
    middle, y = (low + high) / 2, after if after is not None else before
    lines = []
    if change.when is not None:
        if before is not None:
            lines.append((round(max(low - STUB, dated[0]), 1), before, low, before))
        if after is not None:
            lines.append((high, after, round(min(high + STUB, dated[1]), 1), after))
    band = None
    if low != high:
        top, bottom = sorted((before, after)) if None not in (before, after) else (y - 4, y + 4)
        band = (low, top, round(high - low, 1), max(round(bottom - top, 1), 8))
    elif None not in (before, after):
        lines.append((middle, before, middle, after))
    ghost = outline("circle", middle, before, 2.5) if None not in (before, after) and change.when is None else ""
    return Mark(change, outline(change.shape, middle, y, 5), ghost, lines, band, (middle + 8, y + 12))


def _joints(told, placed, scale, chains):
    """Lines between changes that a chain joins, at the value which both state."""
    levels = {change.number: scale.at(change.values[1].value) for change in told if change.after}
    pairs = [pair for chain in chains for earlier, later in pairwise(chain) for pair in product(earlier, later)]
    drawn = [(levels[a], placed[a][1], placed[b][0]) for a, b in pairs if a in levels and b in placed]
    return list(dict.fromkeys((left, y, right, y) for y, left, right in drawn))
