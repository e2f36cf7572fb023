"""The first page."""

from django.db.models import Count, F, Prefetch, Q, Value
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from reforms.coverage import source_coverage
from reforms.models import Citation, Claim, Discrepancy, Law, Parameter, ParameterChange, Reform, Topic
from reforms.stages import ORDER
from reforms.views.as_of import AsOfMixin
from reforms.views.evidence import public_discrepancies, rest, sides
from reforms.views.progress import measured, packages_on
from sources.models import Source

PACKAGES = 20
PARAMETERS = 6
CHANGES = 2
DISCREPANCIES = 3
SOURCES = 10


def most_told(as_of):
    """Return parameters with the changes that sources tell as made, from what to what: pairs of both.

    First those of which most sources tell, each with `told_by` (how many). What may only have come after the day
    is left out; where a day was asked for, so is what has no date: by which day is not known.
    """
    made = ParameterChange.objects.public().exclude(Q(before="") | Q(after="") | Q(claim__kind__in=Claim.INTENTIONS))
    made = made.exclude(date_earliest__gt=as_of.day)
    if as_of.asked:
        made = made.exclude(date="")
    public = Q(changes__claim__state=Claim.State.PUBLISHED)
    told_by = Count("changes__claim__citations__paragraph__source", filter=public, distinct=True)
    found = Parameter.objects.filter(pk__in=made.order_by().values("parameter"))
    parameters = found.annotate(told_by=told_by).order_by("-told_by", "name", "slug")[:PARAMETERS]
    own = Prefetch("changes", made.order_by(F("date_latest").desc(nulls_last=True), "claim__ref", "after"))
    return [(parameter, parameter.changes.all()) for parameter in parameters.prefetch_related(own)]


def shown(told):
    """Return the pairs of `most_told` with the first changes of each, no two with the same values."""
    kept = []
    for parameter, changes in told:
        different = {(change.before, change.after): change for change in reversed(changes)}
        kept.append((parameter, list(reversed(different.values()))[:CHANGES]))
    return kept


def widest():
    """Discrepancies of the weightier kinds first, of one kind those between most sources."""
    between = Count("claims__citations__paragraph__source", distinct=True)
    return Discrepancy.objects.public().annotate(between=between).order_by(Discrepancy.WEIGHT, "-between", "ref")


class Home(AsOfMixin, TemplateView):
    """What the ledger is and what it holds.

    Context: `counts` (number, words, address name), `topics`, the first `packages`, `stages`, `changes` (parameter,
    changes), `discrepancies`, the first `sources` with coverage, `latest` (the source published last); `as_of`, `kept`.
    """

    template_name = "home/home.html"

    def get_context_data(self, **context):
        changes = shown(most_told(self.as_of))
        discrepancies = list(public_discrepancies(widest())[:DISCREPANCIES])
        rest(*(own for _parameter, own in changes), sides(discrepancies))
        sources = Source.objects.accepted().defer("text", "received")
        dated = sources.filter(published_earliest__isnull=False)
        return super().get_context_data(
            counts=counts(),
            packages=measured(list(packages_on(self.as_of.day).by_announcement()[:PACKAGES])),
            stages=ORDER,
            changes=changes,
            discrepancies=discrepancies,
            sources=source_coverage(sources).order_by(F("published_latest").desc(nulls_last=True), "slug")[:SOURCES],
            latest=dated.order_by("-published_earliest", "slug").first(),
            topics=Topic.objects.browsed(),
            **context,
        )


def counts():
    """Return what the ledger holds, asked in one query: a list of (number, words, name of the address)."""
    held = [
        ("reforms", Reform.objects.public(), _("reforms"), "reforms"),
        ("laws", Law.objects.public(), _("laws and other acts"), "laws"),
        ("claims", Claim.objects.public(), _("claims"), "claims"),
        ("quotations", Citation.objects.public(), _("quotations"), "claims"),
        ("sources", Source.objects.accepted(), _("sources"), "sources"),
    ]
    first, *others = (
        records.order_by().values_list(Value(name)).annotate(number=Count("pk")) for name, records, *_rest in held
    )
    numbers = dict(first.union(*others, all=True))
    return [(numbers.get(name, 0), words, address) for name, _records, words, address in held]
