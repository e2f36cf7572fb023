"""Every stored quote equals the text of its span.

A citation lights up the words that it quotes; a quote that is not its span shows words that the source does not print
there.
"""

from reforms.models import NOT_ITS_SPAN, Citation, Finding, Severity

SEVERITY = Severity.BROKEN


def find():
    for citation in Citation.objects.broken().select_related("claim").iterator():
        yield Finding(record=citation.ref, message=NOT_ITS_SPAN, claims=[citation.claim.ref])
