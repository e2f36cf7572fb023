"""What rests on a claim, of whatever kind, asked for in one query."""

from dataclasses import dataclass

from django.db.models import Q, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy

from reforms.models import (
    Discrepancy,
    DiscrepancyClaim,
    Event,
    LawDate,
    LawLink,
    Milestone,
    Package,
    PackageItem,
    ParameterChange,
)
from reforms.stages import Stage
from sources.dates import in_words

KINDS = {
    "milestone": gettext_lazy("Milestone"),
    "law_date": gettext_lazy("Date of a law"),
    "law_link": gettext_lazy("Link of a law"),
    "change": gettext_lazy("Change of value"),
    "item": gettext_lazy("Item of a package"),
    "count": gettext_lazy("Stated number of items"),
    "event": gettext_lazy("Event"),
    "discrepancy": gettext_lazy("Discrepancy"),
}
PAGES = {
    "milestone": "reform",
    "change": "parameter",
    "law_date": "law",
    "law_link": "law",
    "item": "package",
    "count": "package",
    "event": "event",
    "discrepancy": "discrepancy",
}
PLACES = {"item": "i"}  # what stands before `at` in the name of a place on a page
COLUMNS = ("slug", "name", "at", "code", "date", "first", "second", "third", "taint")


@dataclass(frozen=True)
class Resting:
    """One record that rests on a claim. `slug`, `name`: of what it belongs to; `at`: its place on that one's page.

    `code`: a choice as it is stored. `first`, `second`, `third`: what else its kind tells (see `_asked`).
    """

    kind: str
    slug: str
    name: str
    at: str
    code: str
    date: str
    first: str
    second: str
    third: str
    taint: str

    @property
    def label(self):
        return KINDS[self.kind]

    @property
    def address(self):
        """Where it is shown."""
        place = f"#{PLACES.get(self.kind, '')}{self.at}" if self.at else ""
        return reverse(PAGES[self.kind], args=[self.slug]) + place

    @property
    def other_address(self):
        """Of the reform that a law or a package has to do with."""
        return reverse("reform", args=[self.second])

    @property
    def date_in_words(self):
        return in_words(self.date)

    @property
    def word(self):
        """What `code` says."""
        choices = {"milestone": Stage, "law_date": LawDate.Kind, "law_link": LawLink.Effect}
        return choices[self.kind](self.code).label


def resting_rows(claim):
    """Return what rests on `claim` as a list of Resting, by kind, then by name and place."""
    first, *others = [_rows(kind, *asked) for kind, asked in _asked(claim).items()]
    found = [Resting(*row) for row in first.union(*others, all=True)]
    order = list(KINDS)
    return sorted(found, key=lambda one: (order.index(one.kind), one.name, one.date or "9", len(one.at), one.at))


def _asked(claim):
    """Kind → the records of it that rest on `claim`, and the field of each column that it fills."""
    reform, law = {"slug": "reform__slug", "name": "reform__title"}, {"slug": "law__slug", "name": "law__name"}
    package = {"slug": "package__slug", "name": "package__name"}
    to_reform = {"second": "reform__slug", "third": "reform__title"}
    parameter = {"slug": "parameter__slug", "name": "parameter__name"}
    values = {"first": "before", "second": "after", "third": "unit"}
    named = DiscrepancyClaim.objects.filter(claim=claim).values("discrepancy")
    in_dispute = Discrepancy.objects.public().filter(Q(pk__in=named) | Q(resolved_by=claim))
    counted = Package.objects.public().filter(stated_count_claim=claim)
    return {
        "milestone": (Milestone.objects.filter(claim=claim), reform | {"at": "ref", "code": "stage", "date": "date"}),
        "law_date": (LawDate.objects.filter(claim=claim), law | {"code": "kind", "date": "date"}),
        "law_link": (LawLink.objects.filter(claim=claim), law | to_reform | {"code": "effect"}),
        "change": (ParameterChange.objects.filter(claim=claim), parameter | values),
        "item": (PackageItem.objects.filter(claim=claim), package | to_reform | {"at": "position", "first": "number"}),
        "count": (counted, {"slug": "slug", "name": "name", "first": "stated_count"}),
        "event": (Event.objects.filter(claim=claim), {"slug": "slug", "name": "title", "date": "date"}),
        "discrepancy": (in_dispute, {"slug": "ref", "name": "title", "taint": ""}),
    }


def _rows(kind, records, fields):
    """The rows of one kind, with the same columns as those of all others."""
    fields = {"taint": "taint"} | fields
    return records.order_by().values_list(_words(kind), *(_text(fields.get(name)) for name in COLUMNS))


def _text(field):
    return Cast(field, TextField()) if field else _words("")


def _words(words):
    return Value(words, output_field=TextField())
