"""The numbers that a source prints before the items of a package run on: none repeats, none is left out.

A number that repeats or is missing is either the source's own slip, to be told as a discrepancy, or an item that was
overlooked.
"""

from itertools import groupby
from operator import itemgetter

from reforms.audit.holding import by_all
from reforms.audit.names import named
from reforms.models import Finding, Package, PackageItem, Severity

SEVERITY = Severity.DOUBTFUL
ANSWERED_BY_DISCREPANCY = by_all


def find():
    items = PackageItem.objects.public().exclude(number="").order_by("package_id", "position")
    rows = items.values_list("package__slug", "number", "claim__ref").iterator()
    for slug, own in groupby(rows, itemgetter(0)):
        numbered = [(int(digits), ref) for _, number, ref in own if (digits := number.strip(" .)")).isdecimal()]
        breaks: dict[str, list[str]] = {}  # what repeats more than once is one finding
        for about, refs in _breaks(numbered):
            breaks.setdefault(about, []).extend(refs)
        for about, refs in breaks.items():
            words = f"The printed numbers do not run on: {about}."
            yield Finding(record=named(Package, slug), about=about, message=words, claims=list(dict.fromkeys(refs)))


def _breaks(numbered):
    """What breaks the row of numbers, with the claims. A number left out right after one that repeats belongs to it."""
    if numbered and numbered[0][0] != 1:
        yield f"{numbered[0][0]} comes first", [numbered[0][1]]
    repeated = False
    for (last, last_ref), (number, ref), (following, _) in zip(
        numbered, numbered[1:], [*numbered[2:], (0, "")], strict=False
    ):
        made_good, repeated = repeated and number == last + 2, number == last
        if number != last + 1 and not made_good:
            skips = repeated and following == number + 2
            yield f"{last}, {number}" + (f", {following}" if skips else ""), [last_ref, ref]
