"""The first page."""

from django.db.models import Count, F
from django.views.generic import TemplateView

from reforms.coverage import source_coverage
from reforms.models import Claim, Law, ParameterChange, Reform
from reforms.stages import ORDER
from reforms.views.as_of import AsOfMixin
from reforms.views.evidence import public_discrepancies, rest, sides
from reforms.views.progress import packages_on
from sources.models import Source

CHANGES = 9
DISCREPANCIES = 3
SOURCES = 10


def latest_changes(as_of):
    """Return the latest public changes of value that may have happened by the day.

    Those without a date come last; where a day was asked for, they are left out: by which day is not known.
    """
    changes = ParameterChange.objects.public().exclude(date_earliest__gt=as_of.day)
    if as_of.asked:
        changes = changes.exclude(date="")
    latest = changes.order_by(F("date_latest").desc(nulls_last=True), "parameter__slug", "claim__ref", "after")
    return list(latest.select_related("parameter__reform")[:CHANGES])


def by_parameter(changes):
    """Return `changes` as a list of (parameter, its changes), in the order in which parameters first come."""
    grouped = {}
    for change in changes:
        grouped.setdefault(change.parameter, []).append(change)
    return list(grouped.items())


class Home(AsOfMixin, TemplateView):
    """What the ledger is and what it holds.

    Context: `counts` (number, words, address name), `packages`, `stages`, `changes` (parameter, changes),
    `discrepancies`, the first `sources` with coverage; `as_of`, `kept`.
    """

    template_name = "home/home.html"

    def get_context_data(self, **context):
        changes = latest_changes(self.as_of)
        discrepancies = list(public_discrepancies()[:DISCREPANCIES])
        rest(changes, sides(discrepancies))
        sources = Source.objects.accepted()
        return super().get_context_data(
            counts=self.counts(sources.count()),
            packages=packages_on(self.as_of.day),
            stages=ORDER,
            changes=by_parameter(changes),
            discrepancies=discrepancies,
            sources=source_coverage(sources.defer("text", "received"))[:SOURCES],
            **context,
        )

    def counts(self, sources):
        said = Claim.objects.public().aggregate(claims=Count("pk", distinct=True), quotations=Count("citations"))
        return [
            (Reform.objects.public().count(), "reforms", "reforms"),
            (Law.objects.public().count(), "laws and other acts", "laws"),
            (said["claims"], "claims", "claims"),
            (said["quotations"], "quotations", "claims"),
            (sources, "sources", "sources"),
        ]
