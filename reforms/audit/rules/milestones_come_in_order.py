"""No reform reaches a later stage before an earlier one.

A stage is what readers ask for first. Where a reform is adopted before anybody announced or drafted it, a date or a
stage is misread, or the sources disagree.
"""

from itertools import groupby
from operator import itemgetter

from reforms.audit.holding import by_all
from reforms.audit.names import named
from reforms.models import Finding, Milestone, Reform, Severity
from reforms.stages import ORDER

SEVERITY = Severity.DOUBTFUL
ANSWERED_BY_DISCREPANCY = by_all


def find():
    dated = Milestone.objects.public().filter(stage__in=ORDER).exclude(date="").order_by("reform_id", "ref")
    columns = ("reform__slug", "ref", "stage", "date", "date_earliest", "date_latest", "claim__ref")
    for reform, milestones in groupby(dated.values_list(*columns).iterator(), itemgetter(0)):
        yield from _out_of_order(reform, list(milestones))


def _out_of_order(reform, milestones):
    """Each milestone that certainly comes before the first one of an earlier stage. Undated ones tell nothing."""
    for _, ref, stage, date, _, latest, claim in milestones:
        for earlier in ORDER[: ORDER.index(stage)]:
            begun = [one for one in milestones if one[2] == earlier and one[4]]
            first = min(begun, key=itemgetter(4, 1), default=None)
            if latest and first and latest < first[4]:
                words = f"It is {_words(stage)} on {date} ({ref}), before it is {_words(earlier)} on {first[3]}."
                yield Finding(
                    record=named(Reform, reform),
                    about=f"{stage} {ref}, {earlier} {first[1]}",
                    message=words,
                    claims=list(dict.fromkeys([claim, first[6]])),
                )


def _words(stage):
    return stage.replace("_", " ")
