"""Every paragraph of a text is stored, with its number, span and words, and no other is.

A paragraph's number is its permanent name, and citations count characters in it.
"""

from itertools import groupby
from operator import itemgetter

from reforms.models import Finding, Severity
from sources.models import Paragraph, Source
from sources.segmentation import segment

SEVERITY = Severity.BROKEN


def find():
    rows = Paragraph.objects.filter(source__accepted=True).order_by("source_id", "number")
    columns = rows.values_list("source_id", "number", "start", "end", "text")
    by_source = groupby(columns.iterator(), itemgetter(0))
    of, own = next(by_source, (None, ()))
    for pk, slug, text in Source.objects.accepted().order_by("pk").values_list("pk", "slug", "text").iterator(50):
        stored = [row[1:] for row in own] if of == pk else []
        if of == pk:
            of, own = next(by_source, (None, ()))
        if stored != [(line.number, line.start, line.end, line.text) for line in segment(text)]:
            yield Finding(record=slug, message="The stored paragraphs are not the lines of the text.")
