"""Two public changes of one parameter that may be of the same time and scope tell the same values, or are two steps.

The page shows the values of all sources in one table. Two that differ have to be told apart by date, unit or scope, or
shown as a discrepancy: the ledger does not merge them.
"""

import re
from itertools import combinations, groupby

from reforms.audit.figures import readings
from reforms.audit.holding import by_all
from reforms.audit.names import named
from reforms.models import Finding, Parameter, ParameterChange, Severity

SEVERITY = Severity.DOUBTFUL
ANSWERED_BY_DISCREPANCY = by_all
EMPTY_WORDS = frozenset("a an and at by for from in is its of on or the these this to with".split())


def find():
    changes = (
        ParameterChange.objects.public().select_related("parameter", "claim").order_by("parameter_id", "claim__ref")
    )
    for slug, own in groupby(changes.iterator(), lambda change: change.parameter.slug):
        told = set()
        for one, other in combinations(own, 2):
            about = f"{one.claim.ref} {other.claim.ref}"
            if about not in told and _differ(one, other):
                told.add(about)
                words = f"{_words(one)} ({one.claim.ref}), and {_words(other)} ({other.claim.ref})."
                claims = list(dict.fromkeys([one.claim.ref, other.claim.ref]))
                yield Finding(record=named(Parameter, slug), about=about, message=words, claims=claims)


def _differ(one, other):
    same = _may_overlap(one, other) and _may_be_alike(one.unit, other.unit) and _may_be_alike(one.scope, other.scope)
    steps = _equal(one.after, other.before) or _equal(other.after, one.before)
    return same and not steps and (_unlike(one.before, other.before) or _unlike(one.after, other.after))


def _may_overlap(one, other):
    """Whether both can be of one day: a date that is open or not stated can be any."""
    begins = [change.date_earliest for change in (one, other)]
    ends = [change.date_latest for change in (one, other)]
    return not any(begin and end and begin > end for begin, end in zip(begins, reversed(ends), strict=True))


def _may_be_alike(one, other):
    """Whether two units or scopes may be the same: one is not stated, or they have a word in common."""
    return not one or not other or bool(_stems(one) & _stems(other))


def _stems(text):
    words = set(re.findall(r"\w+", text.casefold())) - EMPTY_WORDS
    return {re.sub(r"ies$", "y", word) if word.endswith("ies") else word.removesuffix("s") for word in words}


def _equal(one, other):
    return bool(one and other) and _value(one) == _value(other)


def _unlike(one, other):
    return bool(one and other) and _value(one) != _value(other)


def _value(text):
    """What a value says: its figures, however they are printed, or else its words."""
    return readings(text) or frozenset(re.findall(r"\w+", text.casefold()))


def _words(change):
    return f"{change.before or '?'} → {change.after or '?'}"
