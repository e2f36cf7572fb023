"""Every published claim has a supporting citation.

No claim without words: what no source is shown to say is not told to readers.
"""

from reforms.models import Claim, Finding, Severity
from reforms.publishing import NO_SUPPORT

SEVERITY = Severity.BROKEN


def find():
    for ref in Claim.objects.public().unsupported().values_list("ref", flat=True).iterator():
        yield Finding(record=ref, message=NO_SUPPORT, claims=[ref])
