"""Claims that wait for a review."""

from datetime import timedelta

from django.utils import timezone

from reforms.publishing import submit
from sources.changes import change_set
from tests.factories import make_claim


def submitted(by, paragraph, quote="", days=0):
    """A claim in review that `by` wrote, since so many `days`."""
    with change_set(by=by, reason="Read it."):
        claim = make_claim(paragraph, quote, published=False)
        submit(claim, by=by)
    claim.history.update(history_date=timezone.now() - timedelta(days=days))
    return claim
