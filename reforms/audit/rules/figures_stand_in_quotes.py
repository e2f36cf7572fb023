"""Every figure, percentage, number word and date in a claim's text stands in one of its quotes, or a note says how it
was derived.

A figure is what readers take away. One that no cited words print was reckoned, remembered or mistyped: it is corrected,
cited, or derived in the claim's note.
"""

from itertools import groupby
from operator import itemgetter

from reforms.audit.figures import figures, readings
from reforms.models import Citation, Finding, Severity

SEVERITY = Severity.DOUBTFUL


def find():
    cited = Citation.objects.public().filter(claim__note="").order_by("claim_id", "number")
    rows = cited.values_list("claim__ref", "claim__text", "quote").iterator()
    for (ref, text), quotes in groupby(rows, itemgetter(0, 1)):
        stated = figures(text)
        stand = set().union(*(readings(quote) for *_, quote in quotes)) if stated else set()
        for printed in dict.fromkeys(figure.printed for figure in stated if not figure.readings & stand):
            words = f"“{printed}” stands in none of its quotes, and no note says how it was derived."
            yield Finding(record=ref, about=printed, message=words, claims=[ref])
