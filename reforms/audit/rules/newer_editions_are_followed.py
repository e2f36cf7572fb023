"""Every citation of a source with a newer edition has its place taken there, or somebody said why none has.

The newer edition may say it otherwise, or no more. Until somebody has looked, the claim stands on words that were
replaced where they were published.
"""

from reforms.editions import needs_person
from reforms.models import Finding, Severity

SEVERITY = Severity.UNFINISHED


def find():
    columns = ("claim__ref", "number", "paragraph__source__superseded_by__slug")
    for ref, number, newer in needs_person().order_by("claim__ref", "number").values_list(*columns).iterator():
        words = f"Nobody has said what became of these words in the newer edition {newer}."
        yield Finding(record=f"{ref}.{number}", about=newer, message=words)
