"""No claim without words."""

from django.core.exceptions import ValidationError
from django.db.models import Count

from reforms.audit.finding import Finding
from reforms.models import NOT_ITS_SPAN, Citation, Claim, Discrepancy
from reforms.publishing import NO_SUPPORT, NOBODY_SAYS_IT


def quotes_are_their_spans():
    """Every stored quote equals the text of its span."""
    for citation in Citation.objects.broken().select_related("claim"):
        yield Finding(citation.ref, NOT_ITS_SPAN)


def published_claims_are_supported():
    """Every published claim has a supporting citation."""
    for claim in Claim.objects.public().unsupported():
        yield Finding(claim.ref, NO_SUPPORT)


def allegations_are_said_by_somebody():
    """Every published allegation names who says it."""
    allegations = Claim.objects.public().filter(kind=Claim.Kind.ALLEGATION)
    for claim in allegations.exclude(actor_links__part="says"):
        yield Finding(claim.ref, NOBODY_SAYS_IT)


def discrepancies_name_enough_claims():
    """A contradiction or a different scope stands between two claims at least."""
    for discrepancy in Discrepancy.objects.annotate(named=Count("claim_links")):
        try:
            discrepancy.check_claims(discrepancy.named)
        except ValidationError as error:
            yield Finding(discrepancy.ref, error.messages[0])


CLAIM_RULES = [
    quotes_are_their_spans,
    published_claims_are_supported,
    allegations_are_said_by_somebody,
    discrepancies_name_enough_claims,
]
