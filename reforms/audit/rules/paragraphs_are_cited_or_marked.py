"""Every paragraph of an accepted source is cited by a public claim, or carries no claim by its kind or a reason.

The reader counts open paragraphs: nobody has yet said whether they hold something to be known.
"""

from reforms.coverage import OPEN, paragraph_coverage
from reforms.models import Finding, Severity
from sources.models import Paragraph

SEVERITY = Severity.UNFINISHED


def find():
    accepted = Paragraph.objects.filter(source__accepted=True).order_by("source__slug", "number")
    still_open = paragraph_coverage(accepted).filter(coverage=OPEN)
    for slug, number in still_open.values_list("source__slug", "number").iterator():
        words = "No public claim cites this paragraph, and nobody has said that it carries none."
        yield Finding(record=f"{slug}#{number}", message=words)
