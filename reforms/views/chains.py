"""Changes of value as chains: one change leads to the next where its after is the other's before, as printed.

A chain is drawn, never stored. Each of its arrows names the claims, and so the sources, that tell it.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from reforms.models import Claim


@dataclass(frozen=True)
class Arrow:
    """One step from `before` to `after`, as `changes` (of one parameter) tell it."""

    before: str
    after: str
    changes: list

    @property
    def later(self):
        """Whether no one tells it of the day or before."""
        return all(change.later for change in self.changes)

    @property
    def intended(self):
        """Whether it is only proposed or planned, by all who tell it."""
        return all(change.claim.kind in Claim.INTENTIONS for change in self.changes)

    @property
    def units(self):
        """The units as printed, each once."""
        return list(dict.fromkeys(change.unit for change in self.changes if change.unit))

    @property
    def dated(self):
        """The first and the last day that those who date it allow, None where nobody does."""
        first = [change.date_earliest for change in self.changes if change.date_earliest]
        last = [change.date_latest for change in self.changes if change.date_latest]
        return min(first, default=None), max(last, default=None)


def by_parameter(changes):
    """Return `changes` (ordered by parameter, claims at hand) as a list of (parameter, chains, changes)."""
    groups = groupby(changes, key=lambda change: change.parameter)
    return [(parameter, chains(own), own) for parameter, found in groups for own in [list(found)]]


def chains(changes):
    """Return `changes` of one parameter as a list of chains, each a list of Arrow; most are of one.

    Two arrows are one chain only where nothing else leads to or from the value between them, and where their dates
    do not come in the other order. An arrow with an open end is joined to nothing.
    """
    told = {}
    for change in changes:
        told.setdefault((change.before, change.after), []).append(change)
    arrows = [Arrow(before, after, own) for (before, after), own in told.items()]
    closed = [arrow for arrow in arrows if arrow.before and arrow.after]
    ways_to, ways_from = Counter(arrow.after for arrow in closed), Counter(arrow.before for arrow in closed)
    only = {arrow.before: arrow for arrow in closed if ways_from[arrow.before] == 1}
    onward = {
        (arrow.before, arrow.after): only[arrow.after]
        for arrow in closed
        if arrow.after in only and ways_to[arrow.after] == 1 and _in_order(arrow, only[arrow.after])
    }
    return _walked(arrows, onward)


def _in_order(arrow, other):
    """Whether `other` can have come after `arrow`, which is not itself."""
    first, last = arrow.dated[0], other.dated[1]
    return arrow is not other and not (first and last and last < first)


def _walked(arrows, onward):
    """Each chain from its start. Arrows that lead round in a circle have no start, and stand alone."""
    reached = {id(arrow) for arrow in onward.values()}
    result, drawn = [], set()
    for start in arrows:
        if id(start) in reached:
            continue
        chain = [start]
        while following := onward.get((chain[-1].before, chain[-1].after)):
            chain.append(following)
        result.append(chain)
        drawn.update(id(arrow) for arrow in chain)
    return result + [[arrow] for arrow in arrows if id(arrow) not in drawn]
