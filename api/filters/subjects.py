"""What can be asked of packages, reforms and laws."""

from django.utils import timezone

from api import querysets
from api.filtering import Filters, Link
from api.filters.links import CITED_FROM, public_of
from api.lookups import DAY, Asked, Choice, Date, Exact, Has, Name, Number, Text, Words
from api.querysets import public
from reforms.models import (
    ClaimLaw,
    ClaimReform,
    Law,
    LawDate,
    LawLink,
    PackageItem,
    ReformTopic,
)
from reforms.stages import Stage

AS_OF = "The day on which stages are asked for, YYYY-MM-DD; today unless given."


def asked_as_of(asked):
    return asked.get("as_of") or timezone.localdate()


class PackageDay(Filters):
    """The day on which a package's reforms are looked at."""

    as_of = Asked("day", DAY, AS_OF)

    @classmethod
    def on(cls, queryset, asked):
        return querysets.packages_as_of(queryset, asked_as_of(asked))


class PackageFilter(PackageDay):
    """What can be asked of packages."""

    ITEMS = Link(PackageItem.objects.public, "package")
    orderings = {"slug": ("slug",), "name": ("name",), "stated_count": ("public_count",)}

    slug = Name("package", "Packages with this slug.", "pk")
    q = Words("Words of its name and summary.", pk="package")
    name = Text("Its name.")
    summary = Text("Its summary.", none=True)
    note = Text("Its note.", none=True)
    stated_count = Number("How many items its source says there are.", "public_count", none=True)
    stated_count_claim = Name("claim", "Packages whose count rests on this claim.", none=True)
    tainted = Has("Whether its count is in doubt: see `taint`.", "public_taint")
    event = Name("event", "Packages announced at this event.", none=True)
    reform = Name("reform", "Packages that list this reform.", link=ITEMS)
    number = Exact("Packages that list a reform under this number, as printed.", link=ITEMS)
    claim = Name("claim", "Packages in which this claim puts a reform.", link=ITEMS)
    topic = Name("topic", "Packages that list a reform under this topic.", "reform__topic_links__topic", link=ITEMS)


class ReformDay(Filters):
    """The day on which a reform is looked at."""

    as_of = Asked("day", DAY, AS_OF)

    @classmethod
    def on(cls, queryset, asked):
        return querysets.reforms_as_of(queryset, asked_as_of(asked))


class ReformFilter(ReformDay):
    """What can be asked of reforms."""

    ITEMS, LAWS = Link(PackageItem.objects.public, "reform"), Link(LawLink.objects.public, "reform")
    CLAIMS = Link(public_of(ClaimReform), "reform")
    DISCREPANCIES = Link(lambda: public("discrepancy"), "claims__reform_links__reform")
    orderings = {"slug": ("slug",), "title": ("title",), "stage": ("reached_rank",)}

    slug = Name("reform", "Reforms with this slug.", "pk")
    q = Words("Words of its title and summary.", pk="reform")
    title = Text("Its title.")
    summary = Text("Its summary.", none=True)
    note = Text("Its note.", none=True)
    stage = Choice(Stage, "Reforms that are at this stage on `as_of`.", none=True)
    perhaps = Choice(Stage, "Reforms that may have reached this stage by `as_of`.", none=True)
    topic = Name("topic", "Reforms under this topic.", link=Link(lambda: ReformTopic.objects, "reform"), none=True)
    package = Name("package", "Reforms in this package.", link=ITEMS, none=True)
    number = Exact("Reforms with this number in a package, as printed.", link=ITEMS)
    law = Name("law", "Reforms to which this law does something.", link=LAWS, none=True)
    effect = Choice(LawLink.Effect, "Reforms to which a law does this.", link=LAWS)
    milestone = Name(
        "milestone", "The reform of this milestone.", "pk", link=Link(lambda: public("milestone"), "reform")
    )
    parameter = Name(
        "parameter", "The reform of this parameter.", "pk", link=Link(lambda: public("parameter"), "reform"), none=True
    )
    claim = Name("claim", "Reforms that this claim is about.", link=CLAIMS)
    source = Name(
        "source", "Reforms that a claim cited from this source is about.", f"claim__{CITED_FROM}", link=CLAIMS
    )
    actor = Name("actor", "Reforms that a claim naming this actor is about.", "claim__actor_links__actor", link=CLAIMS)
    event = Name(
        "event", "Reforms that a claim about this event is about too.", "claim__event_links__event", link=CLAIMS
    )
    discrepancy = Name("discrepancy", "Reforms that a claim in this discrepancy is about.", "pk", link=DISCREPANCIES)
    has_discrepancy = Has("Whether a claim about the reform stands in a discrepancy.", link=DISCREPANCIES)


class LawFilter(Filters):
    """What can be asked of laws."""

    DATES, REFORMS = Link(LawDate.objects.public, "law"), Link(LawLink.objects.public, "law")
    CLAIMS = Link(public_of(ClaimLaw), "law")
    orderings = {
        "slug": ("slug",), "name": ("name",), "rank": ("rank",), "number": ("number",),
        "date_earliest": lambda: querysets.first_day_of_law(),
    }  # fmt: skip

    slug = Name("law", "Laws with this slug.", "pk")
    q = Words("Words of its name, title and number.", pk="law")
    name = Text("Our own short label.")
    title = Text("Its title as printed.", none=True)
    number = Exact("Its number as printed.", none=True)
    note = Text("Its note.", none=True)
    rank = Choice(Law.Rank, "Laws of this rank.")
    status = Choice(Law.Status, "Laws with this status.")
    date_kind = Choice(LawDate.Kind, "Laws with a date of this kind.", "kind", link=DATES)
    date = Date("One of its dates.", link=DATES, none=True)
    reform = Name("reform", "Laws that do something to this reform.", link=REFORMS, none=True)
    effect = Choice(LawLink.Effect, "Laws that do this to a reform.", link=REFORMS)
    topic = Name(
        "topic", "Laws that do something to a reform under this topic.", "reform__topic_links__topic", link=REFORMS
    )
    milestone = Name(
        "milestone", "The law that this milestone names.", "pk", link=Link(lambda: public("milestone"), "law")
    )
    claim = Name("claim", "Laws that this claim is about.", link=CLAIMS)
    source = Name("source", "Laws that a claim cited from this source is about.", f"claim__{CITED_FROM}", link=CLAIMS)
    actor = Name("actor", "Laws that a claim naming this actor is about.", "claim__actor_links__actor", link=CLAIMS)
    has_discrepancy = Has(
        "Whether a claim about the law stands in a discrepancy.",
        link=Link(lambda: public("discrepancy"), "claims__law_links__law"),
    )
