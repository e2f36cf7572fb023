"""A quote of more than 300 characters has a note that says why it needs them all.

A reader has to find the words that carry the claim. In a whole paragraph they are not shown but hidden.
"""

from django.db.models.functions import Length

from reforms.models import Citation, Finding, Severity

SEVERITY = Severity.DOUBTFUL
LONGEST = 300


def find():
    silent = Citation.objects.public().filter(note="").annotate(length=Length("quote")).filter(length__gt=LONGEST)
    rows = silent.order_by("claim__ref", "number").values_list("claim__ref", "number", "length")
    for ref, number, length in rows.iterator():
        words = f"The quote has {length} characters, and no note on the citation says why."
        yield Finding(record=f"{ref}.{number}", about=f"{length} characters", message=words, claims=[ref])
