"""No two public claims say the same.

Two that do are counted twice, and a correction of one leaves the other wrong: merge them. One fact from two sources is
one claim with two citations.
"""

from itertools import chain

from reforms.audit.holding import by_all
from reforms.audit.twins import alike, on_the_same_words
from reforms.models import Finding, Severity

SEVERITY = Severity.DOUBTFUL
ANSWERED_BY_DISCREPANCY = by_all


def find():
    found = set()
    for one, other in chain(on_the_same_words(), alike()):
        if (one, other) not in found:
            found.add((one, other))
            words = (
                f"It says nearly the same as {other}, or stands on the same words: of one kind, with the same figures."
            )
            yield Finding(record=one, about=f"{one} {other}", message=words, claims=[one, other])
