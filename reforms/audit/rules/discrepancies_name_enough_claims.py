"""A contradiction or a different scope stands between two claims at least.

A discrepancy shows the quotes side by side; with one alone there is nothing beside it.
"""

from django.core.exceptions import ValidationError
from django.db.models import Count

from reforms.models import Discrepancy, Finding, Severity

SEVERITY = Severity.BROKEN


def find():
    for discrepancy in Discrepancy.objects.annotate(named=Count("claim_links")).iterator():
        try:
            discrepancy.check_claims(discrepancy.named)
        except ValidationError as error:
            yield Finding(record=discrepancy.ref, message=error.messages[0])
