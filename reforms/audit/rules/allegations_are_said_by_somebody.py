"""Every published allegation names who says it.

An allegation without a name would be the ledger's own.
"""

from reforms.models import Claim, ClaimActor, Finding, Severity
from reforms.publishing import NOBODY_SAYS_IT

SEVERITY = Severity.BROKEN


def find():
    allegations = Claim.objects.public().filter(kind=Claim.Kind.ALLEGATION)
    unsaid = allegations.exclude(actor_links__part=ClaimActor.Part.SAYS)
    for ref in unsaid.values_list("ref", flat=True).iterator():
        yield Finding(record=ref, message=NOBODY_SAYS_IT, claims=[ref])
