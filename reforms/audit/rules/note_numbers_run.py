"""The numbers in square brackets that refer to notes run on through a text: none repeats, comes late or is left out.

They tell on which source a text itself stands. Where one repeats or is missing, the text was cut or misprinted, and a
claim about its evidence may lead astray.
"""

import re
from collections import defaultdict
from itertools import groupby
from operator import itemgetter

from reforms.audit.holding import by_any
from reforms.models import Citation, Finding, Severity
from sources.models import Paragraph

SEVERITY = Severity.DOUBTFUL
ANSWERED_BY_DISCREPANCY = by_any
BRACKETS = re.compile(r"\[(\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*)\]")


def find():
    """The claims of a finding are those that cite the paragraph."""
    citing = defaultdict(list)
    cited = Citation.objects.public().filter(paragraph__text__contains="[").order_by("claim__ref", "number")
    for pk, ref in cited.values_list("paragraph_id", "claim__ref").iterator():
        citing[pk].append(ref)
    paragraphs = Paragraph.objects.filter(source__accepted=True, text__contains="[").order_by("source_id", "number")
    rows = paragraphs.values_list("source__slug", "number", "pk", "text").iterator()
    for slug, own in groupby(rows, itemgetter(0)):
        numbers = [(note, number, pk) for _, number, pk, text in own for note in _notes(text)]
        for number, pk, about, words in _breaks(numbers) if len(numbers) > 1 else ():
            claims = list(dict.fromkeys(citing[pk]))
            yield Finding(record=f"{slug}#{number}", about=about, message=words, claims=claims)


def _notes(text):
    """The note numbers of a paragraph, in order; [3-5] are three."""
    for inside in BRACKETS.findall(text):
        for part in re.split(r"\s?[,;]\s?", inside):
            first, *last = (int(number) for number in re.split(r"\s?[–-]\s?", part))
            yield from range(first, (last[0] if last else first) + 1)


def _breaks(numbers):
    """Where the row of (note, paragraph number, key) breaks: paragraph, key, what it is about, in words."""
    every, seen, highest = {note for note, *_ in numbers}, {}, 0
    for note, number, pk in numbers:
        if note in seen:
            yield number, pk, f"[{note}]", f"The note number [{note}] stands in paragraph {seen[note]} already."
        elif note < highest:
            yield number, pk, f"[{note}]", f"The note number [{note}] comes after [{highest}]."
        missing = [one for one in range(highest + 1, note) if one not in every]
        if missing:
            left_out = f"[{missing[0]}]" + (f"–[{missing[-1]}]" if len(missing) > 1 else "")
            yield number, pk, left_out, f"Before [{note}] the text prints no {left_out}, and nowhere else."
        seen.setdefault(note, number)
        highest = max(highest, note)
