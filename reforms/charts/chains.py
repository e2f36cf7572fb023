"""Changes of one parameter read together: where one ends at what another begins with. Drawn, never stored."""

from dataclasses import dataclass
from itertools import pairwise

AT_MOST = 4  # chains of one parameter that are drawn


@dataclass(frozen=True)
class Chain:
    """`values` as printed, and between each two the changes that state that step (`steps`, one fewer)."""

    values: tuple
    steps: tuple


def chains(changes):
    """Return the Chains of two steps or more over `changes`, in the order of what they begin with.

    Each change has `before` and `after` as printed, `meaning(printed)` to compare them by, `happened`, and
    `start` and `end`, between which it happened. What is only proposed or planned makes no chain.
    """
    steps = {}
    for change in changes:
        if change.happened and change.before and change.after:
            ends = change.meaning(change.before), change.meaning(change.after)
            steps.setdefault(ends, []).append(change)
    ended = {after for _before, after in steps}
    found = []
    for ends in steps:
        if ends[0] not in ended:
            found += _onward([ends], steps)
    return [_chain(path, steps) for path in found if len(path) > 1][:AT_MOST]


def _onward(path, steps):
    """Every way on from `path`, a list of steps of which each begins where the one before ends."""
    passed = {end for ends in path for end in ends}
    following = [
        ends
        for ends in steps
        if ends[0] == path[-1][1] and ends[1] not in passed and _may_follow(steps[path[-1]], steps[ends])
    ]
    return [longer for ends in following for longer in _onward([*path, ends], steps)] or [path]


def _may_follow(earlier, later):
    """Whether the dates allow that one of `later` came after one of `earlier`."""
    return any(a.start is None or b.end is None or a.start <= b.end for a in earlier for b in later)


def _chain(path, steps):
    values = [steps[path[0]][0].before, *(steps[ends][0].after for ends in path)]
    return Chain(tuple(values), tuple(tuple(steps[ends]) for ends in path))


def joints(chain):
    """Return pairs of changes of which the second begins with what the first ends at."""
    return [(a, b) for earlier, later in pairwise(chain.steps) for a in earlier for b in later]
