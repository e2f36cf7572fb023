"""A package has as many items, and as many printed numbers, as the source says that there are.

The page shows both counts side by side; where they differ, an item is missing, read in, or the source miscounts.
"""

from collections import Counter
from itertools import groupby
from operator import itemgetter

from reforms.audit.holding import by_all
from reforms.audit.names import named
from reforms.models import Claim, Finding, Package, PackageItem, Severity

SEVERITY = Severity.DOUBTFUL
ANSWERED_BY_DISCREPANCY = by_all


def find():
    counted = Package.objects.filter(stated_count__isnull=False, stated_count_claim__state=Claim.State.PUBLISHED)
    packages = counted.order_by("pk").values_list("pk", "slug", "stated_count", "stated_count_claim__ref")
    items = PackageItem.objects.public().order_by("package_id", "position")
    rows = items.values_list("package_id", "number", "claim__ref").iterator()
    by_package = {pk: [row[1:] for row in own] for pk, own in groupby(rows, itemgetter(0))}
    for pk, slug, stated, claim in packages.iterator():
        yield from _differing(slug, stated, claim, by_package.get(pk, []))


def _differing(slug, stated, claim, items):
    if len(items) != stated:
        words = f"The source says that there are {stated}, and {len(items)} are recorded."
        yield Finding(
            record=named(Package, slug), about=f"{stated} stated, {len(items)} recorded", message=words, claims=[claim]
        )
    printed = Counter(number for number, _ in items if number)
    if printed and len(printed) != stated:
        words = f"The source says that there are {stated}, and prints {len(printed)} different numbers."
        shared = [ref for number, ref in items if printed[number] > 1 or not number]
        yield Finding(
            record=named(Package, slug),
            about=f"{stated} stated, {len(printed)} numbers printed",
            message=words,
            claims=list(dict.fromkeys([claim, *shared])),
        )
