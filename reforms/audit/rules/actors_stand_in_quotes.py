"""An actor whom a claim's text names stands in one of its quotes, by a name, alias or office as printed, or a note says
how it is known who is meant.

Who says or does something is read out of the words. A name that no quote holds was taken from elsewhere in the text, or
from memory: cite where it stands.
"""

from collections import defaultdict
from itertools import groupby
from operator import itemgetter

from reforms.audit.spellings import Spellings, stands
from reforms.models import Citation, ClaimActor, Finding, Severity

SEVERITY = Severity.DOUBTFUL


def find():
    spellings, offices = Spellings(), defaultdict(list)
    parts = ClaimActor.objects.filter(claim__note="").exclude(office="")
    for ref, slug, office in parts.values_list("claim__ref", "actor__slug", "office").iterator():
        offices[ref, slug].append(office)
    cited = Citation.objects.public().filter(claim__note="").order_by("claim_id", "number")
    rows = cited.values_list("claim__ref", "claim__text", "quote").iterator()
    for (ref, text), quotes in groupby(rows, itemgetter(0, 1)):
        printed = "\n".join(quote for *_, quote in quotes)
        standing = [one.name for one in spellings.standing_in(text) if one.name[0].isupper()]
        for slug, name in {spellings.actor[name]: name for name in standing}.items():
            if not any(stands(spelling, printed) for spelling in [*spellings.of[slug], *offices[ref, slug]]):
                words = f"“{name}” stands in none of its quotes, nor an alias or office, and no note says who is meant."
                yield Finding(record=ref, about=name, message=words, claims=[ref])
