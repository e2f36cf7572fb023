"""A date in numbers that no day is called, or that may be two, is cited by a claim with a note or a discrepancy.

2.06.2020 is 2 June or 6 February, and 8.03.20201 is no day at all. Whoever reads one of them alone has to be told.
"""

from collections import defaultdict
from itertools import groupby
from operator import itemgetter

from reforms.audit.dates import numeric_dates
from reforms.audit.holding import by_any
from reforms.models import Citation, Finding, Severity
from sources.models import Paragraph

SEVERITY = Severity.DOUBTFUL
ANSWERED_BY_DISCREPANCY = by_any


def find():
    """The claims of a finding are those that cite the date."""
    paragraphs = Paragraph.objects.filter(source__accepted=True).order_by("pk")
    rows = paragraphs.values_list("pk", "source__slug", "number", "text").iterator()
    cited = groupby(_cited(), itemgetter(0))
    of, citing = next(cited, (None, ()))
    for pk, slug, number, text in rows:
        spans = list(citing) if of == pk else []
        if of == pk:
            of, citing = next(cited, (None, ()))
        for about, message, claims in _unread(numeric_dates(text), spans):
            yield Finding(record=f"{slug}#{number}", about=about, message=message, claims=claims)


def _cited():
    """The spans of public citations, with the reference and note of their claims, by paragraph."""
    public = Citation.objects.public().filter(paragraph__source__accepted=True).order_by("paragraph_id", "claim__ref")
    return public.values_list("paragraph_id", "start", "end", "claim__ref", "claim__note").iterator()


def _unread(dates, spans):
    """Each printed date of a paragraph that somewhere no claim with a note cites: (date, message, claims)."""
    found = defaultdict(list)
    for date in dates:
        citing = [(ref, note) for _, start, end, ref, note in spans if start < date.end and end > date.start]
        if len(date.days) != 1 and not any(note for _, note in citing):
            found[date.printed, date.days] += [ref for ref, _ in citing]
    for (printed, days), claims in found.items():
        means = f"may be any of {len(days)} days" if days else "is no day"
        words = f"{printed} {means}, and no claim that cites it has a note on how it is read."
        yield printed, words, list(dict.fromkeys(claims))
