"""Changes of one parameter as chains: where one ends at the value that another begins with. Drawn, never stored.

Values are compared as printed, only that a number is the same number however its thousands are set apart.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, groupby

from reforms.charts.numbers import read


@dataclass(frozen=True)
class Arrow:
    """One step from `before` to `after`, as `changes` tell it: all of them as done, or all as an intention."""

    changes: list

    @property
    def before(self):
        return self.changes[0].before

    @property
    def after(self):
        return self.changes[0].after

    @property
    def intended(self):
        """Whether it is only proposed or planned."""
        return not self.changes[0].happened

    @property
    def later(self):
        """Whether no one tells it of the day or before."""
        return all(change.later for change in self.changes)

    @property
    def undated(self):
        """Whether no one says by which day."""
        return not any(change.date for change in self.changes)

    @property
    def units(self):
        """The units as printed, each once."""
        return list(dict.fromkeys(change.unit for change in self.changes if change.unit))


@dataclass(frozen=True)
class Chain:
    """Arrows of which each begins where the one before ends; most chains are of one."""

    arrows: list

    @property
    def joined(self):
        return len(self.arrows) > 1

    @property
    def sources(self):
        """The names of all that tell it."""
        changes = [change for arrow in self.arrows for change in arrow.changes]
        return sorted({place.paragraph.source.name for change in changes for place in change.claim.citations.all()})

    @property
    def units(self):
        return sorted({unit for arrow in self.arrows for unit in arrow.units})


def by_parameter(changes):
    """Return `changes` (ordered by parameter, claims at hand) as a list of (parameter, chains, changes)."""
    groups = groupby(changes, key=lambda change: change.parameter)
    return [(parameter, chains(own), own) for parameter, found in groups for own in [list(found)]]


def chains(changes):
    """Return `changes` of one parameter as a list of Chain.

    Two arrows are joined only where exactly one way leads to the value between them and one from it, among those that
    are told as having happened and name both ends. Where dates run against the order of a chain, it falls apart.
    """
    told = {}
    for change in changes:
        told.setdefault((change.happened, _meaning(change.before), _meaning(change.after)), []).append(change)
    closed = [key for key in told if all(key)]
    ways_from, ways_to = (Counter(key[side] for key in closed) for side in (1, 2))
    leading_from = {key[1]: key for key in closed if ways_from[key[1]] == 1}
    met = {key: leading_from[key[2]] for key in closed if key[2] in leading_from and ways_to[key[2]] == 1}
    onward = {key: following for key, following in met.items() if _may_follow(told[key], told[following])}
    return [Chain([Arrow(told[key]) for key in path]) for path in _paths(told, onward)]


def _meaning(printed):
    """What `printed` is compared by. "About 5" is no number here: it is not the same as "5"."""
    return printed if printed.startswith("about ") else read(printed) or printed


def _may_follow(earlier, later):
    """Whether no date forbids that `later` came after `earlier` (both lists of changes)."""
    return not any(
        a.date_earliest and b.date_latest and b.date_latest < a.date_earliest for a in earlier for b in later
    )


def _paths(told, onward):
    """Each way through `told` from its start, as a list of its keys; what leads round in a circle has no start."""
    paths, reached = [], set(onward.values())
    for start in (key for key in told if key not in reached):
        path = [start]
        while path[-1] in onward:
            path.append(onward[path[-1]])
        paths += [path] if _holds(path, told) else [[key] for key in path]
    passed = {key for path in paths for key in path}
    return paths + [[key] for key in told if key not in passed]


def _holds(path, told):
    """Whether all dates allow the order of `path` and, where it ends as it began, no other beginning."""
    in_order = all(_may_follow(told[a], told[b]) for a, b in combinations(path, 2))
    return in_order and (path[0][1] != path[-1][2] or not _may_follow(told[path[-1]], told[path[0]]))
