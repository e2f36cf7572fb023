"""What stands in the place of a citation is cited from a newer edition of its source, and nobody said that nothing
does.

From there readers are led on as to the same words in their latest form. In another document they are other words,
however alike.
"""

from reforms.models import Citation, Finding, Severity
from sources.models import Source

SEVERITY = Severity.DOUBTFUL
COLUMNS = (
    "claim__ref", "number", "carries__number", "carries__not_carried", "paragraph__source",
    "carries__paragraph__source",
)  # fmt: skip


def find():
    before = dict(Source.objects.exclude(supersedes=None).values_list("pk", "supersedes"))
    carried = Citation.objects.exclude(carries=None).order_by("claim__ref", "number")
    for ref, number, older, why, here, there in carried.values_list(*COLUMNS).iterator():
        if there not in _editions_before(here, before):
            words = f"It stands in the place of {ref}.{older}, and its source is no newer edition of that one's."
            yield Finding(record=f"{ref}.{number}", about=f"{ref}.{older}", message=words)
        if why:
            words = f"Somebody said why nothing stands in its place, and {ref}.{number} does."
            yield Finding(record=f"{ref}.{older}", about=f"{ref}.{number}", message=words)


def _editions_before(source, before):
    """The keys of the sources that `source` (a key) follows on, over any number of editions."""
    found: set = set()
    while (source := before.get(source)) and source not in found:  # they may lead round
        found.add(source)
    return found
