"""The addresses of all that is public, for search engines: one section for the lists, one for each kind of record."""

from django.contrib.sitemaps import Sitemap
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from reforms.models import Actor, Claim, Discrepancy, Event, Law, Package, Parameter, Reform, Topic
from reforms.urls import urlpatterns
from sources.models import Source

LIMIT = 5_000  # addresses in one file
NOT_FOR_THEM = {"healthz", "search"}  # no page, and one that is empty until it is asked something


class Lists(Sitemap):
    """The pages that are there whatever is known."""

    def items(self):
        plain = [pattern.name for pattern in urlpatterns if not pattern.pattern.converters]
        return [name for name in plain if name not in NOT_FOR_THEM]

    def location(self, item):
        return reverse(item)


class Records(Sitemap):
    """One kind of record. `records()` gives those that are public; `name` names their address, `key` what it holds."""

    limit = LIMIT

    def __init__(self, name, records, key="slug"):
        self.name, self.records, self.key = name, records, key

    def items(self):
        """Address part and moment of the last change, one row for each record, in the order of the address parts."""
        found = self.records()
        rows = found.model.history.filter(id=OuterRef("pk")).order_by("-history_id")
        changed = Subquery(rows.values("history_date")[:1])
        return found.order_by(self.key).values_list(self.key, changed)

    def location(self, item):
        return reverse(self.name, args=[item[0]])

    def lastmod(self, item):
        return item[1]

    def get_latest_lastmod(self):
        """Not in the index: it would mean to read every record's history."""


def topics():
    """Topics that a public reform is under."""
    return Topic.objects.filter(reforms__in=Reform.objects.public()).distinct()


KINDS = [
    Records("reform", lambda: Reform.objects.public()),
    Records("package", lambda: Package.objects.public()),
    Records("law", lambda: Law.objects.public()),
    Records("event", lambda: Event.objects.public()),
    Records("actor", lambda: Actor.objects.public()),
    Records("topic", topics),
    Records("parameter", lambda: Parameter.objects.public()),
    Records("source", lambda: Source.objects.accepted()),
    Records("claim", lambda: Claim.objects.public(), key="ref"),
    Records("discrepancy", lambda: Discrepancy.objects.public(), key="ref"),
]
PAGES = {pattern.name for pattern in urlpatterns}
SITEMAPS = {"lists": Lists(), **{kind.name: kind for kind in KINDS if kind.name in PAGES}}
