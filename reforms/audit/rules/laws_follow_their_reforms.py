"""A law that implements or ratifies a reform is not older than the announcement of the reform.

Each date rests on a claim of its own, and no page compares them. Where the law comes first, a date is misread, the
law is another one, or the sources disagree.
"""

from itertools import groupby
from operator import itemgetter

from django.db.models import OuterRef, Subquery

from reforms.audit.holding import by_first_and_another
from reforms.audit.names import named
from reforms.models import Claim, Finding, Law, LawDate, LawLink, Milestone, Severity
from reforms.stages import Stage

SEVERITY = Severity.DOUBTFUL
ANSWERED_BY_DISCREPANCY = by_first_and_another
EFFECTS = (LawLink.Effect.IMPLEMENTS, LawLink.Effect.RATIFIES)
NOT_YET_LAW = (LawDate.Kind.DRAFTED, LawDate.Kind.REPEALED)


def find():
    """The claims of a finding are that of the announcement and those of the law's dates."""
    announced = Milestone.objects.public().filter(
        reform=OuterRef("law__reform_links__reform"), stage=Stage.ANNOUNCED, date_earliest__isnull=False
    )
    first = {
        name: Subquery(announced.order_by("date_earliest", "ref").values(column)[:1])
        for name, column in (("milestone", "ref"), ("announcing", "claim__ref"), ("announced", "date_earliest"))
    }
    links = {"law__reform_links__effect__in": EFFECTS, "law__reform_links__claim__state": Claim.State.PUBLISHED}
    dates = LawDate.objects.public().filter(**links).exclude(kind__in=NOT_YET_LAW).annotate(**first)
    of = ("law__slug", "law__reform_links__reform__slug", "milestone", "announcing", "announced")
    rows = dates.exclude(announced=None).order_by(*of, "claim__ref").values_list(*of, "claim__ref", "date_latest")
    for (law, reform, milestone, announcing, day), own in groupby(
        rows.distinct().iterator(), itemgetter(0, 1, 2, 3, 4)
    ):
        dating = [row[5:] for row in own]
        if all(latest and latest < day for _, latest in dating):
            yield Finding(
                record=named(Law, law),
                about=f"{reform}, {milestone}",
                message=f"All its dates are before {reform} was announced on {day:%Y-%m-%d} ({milestone}).",
                claims=list(dict.fromkeys([announcing, *(ref for ref, _ in dating)])),
            )
