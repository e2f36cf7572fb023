"""What a source prints of its own title, author, publisher, date and rights is recorded.

An empty field is shown as not stated. Where the text does state it, that is not true.
"""

import re
from itertools import groupby
from operator import itemgetter

from reforms.audit.dates import printed_dates
from reforms.models import Finding, Severity
from sources.models import Paragraph

SEVERITY = Severity.DOUBTFUL
FIELDS = ("title", "author", "publisher", "published", "rights")
BYLINE = re.compile(r"By [A-Z][\w.’'-]*(?: [\w.’'-]+){0,7}")
RIGHTS = re.compile(r"©|\(c\) \d{4}|^copyright\b|\bcopyright \d{4}|\ball rights reserved\b", re.IGNORECASE)
OWNER = re.compile(
    r"(?:©|[Cc]opyright(?= \d{4}))(?: ?©)?,? (?:\d{4}(?:[–-]\d{4})?,? )?(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)"
)
DATELINE = re.compile(
    r"(?:[A-Z][A-Z-]+(?: [A-Z-]+)*(?:\. (?P<name>[A-Z]{3,}(?: [A-Z]+)*)|,[^.–—]{3,30})?"
    r"|[A-Z][\w, -]{1,40} \((?P<bracketed>[A-Z][\w ]+)\)) [–—-] "
)
BEGINNING = 8  # paragraphs in which a text names its author and date


def find():
    paragraphs = Paragraph.objects.filter(source__accepted=True).order_by("source_id", "number")
    columns = ("source__slug", *(f"source__{field}" for field in FIELDS), "number", "kind", "text")
    of_source = itemgetter(*range(1 + len(FIELDS)))
    for (slug, *values), own in groupby(paragraphs.values_list(*columns).iterator(), of_source):
        empty = {field for field, value in zip(FIELDS, values, strict=True) if not value}
        for *_, number, kind, text in own:
            for field, printed in _stated(number, kind, text):
                if field in empty:
                    empty.remove(field)
                    words = f"Its {field} is empty, and paragraph {number} prints “{printed}”."
                    yield Finding(record=slug, about=field, message=words)


def _stated(number, kind, text):
    """Yield (field, words) for what a paragraph says of its source."""
    line = text.strip()
    if number == 1 and kind == Paragraph.Kind.HEADING:
        yield "title", line
    if RIGHTS.search(line):
        yield "rights", line
    if owner := OWNER.search(line):
        yield "publisher", owner["name"]
    if number > BEGINNING:
        return
    byline = kind == Paragraph.Kind.BYLINE
    if byline or BYLINE.fullmatch(line):
        yield "author", line
    dateline = DATELINE.match(line)
    if dateline and (name := dateline["name"] or dateline["bracketed"]):
        yield "publisher", name
    about_it = line if byline or kind == Paragraph.Kind.HEADING else dateline[0] if dateline else ""
    if whole := [date.printed for date in printed_dates(about_it) if all(all(day) for day in date.days) and date.days]:
        yield "published", whole[0]
