"""What waits for a curator: claims in review and which of them is next, drafts of one's own, how many of each."""

from collections import Counter

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from reforms.models import Claim

NEWEST_CLAIMS = 10_000  # that are looked through for those about no reform


def counted(questions):
    """Return how many there are of each name, as a Counter, in one query. `questions`: name and queryset, in pairs."""
    parts = [
        found.order_by().annotate(queue=Value(name)).values("queue").annotate(n=Count("pk")).values_list("queue", "n")
        for name, found in questions
    ]
    count: Counter[str] = Counter()
    for name, n in parts[0].union(*parts[1:], all=True) if parts else []:
        count[name] += n
    return count


def submitted():
    """The moment since when a claim in review waits, as an expression; None where no history tells."""
    left = Claim.history.filter(id=OuterRef("id")).exclude(state=Claim.State.IN_REVIEW).order_by("-history_id")
    since = Claim.history.filter(
        id=OuterRef("pk"),
        state=Claim.State.IN_REVIEW,
        history_id__gt=Coalesce(Subquery(left.values("history_id")[:1]), 0),
    )
    return Subquery(since.order_by("history_id").values("history_date")[:1])


def in_review():
    """Claims in review, each with the moment when it was `submitted`; who waits longest comes first."""
    return Claim.objects.filter(state=Claim.State.IN_REVIEW).annotate(submitted=submitted()).order_by(*longest_first())


def longest_first():
    """The order in which claims in review are looked at, as expressions."""
    return submitted().asc(nulls_first=True), "pk"


def begun_by(user):
    """The condition that `user` wrote a claim first."""
    return Q(Exists(Claim.history.filter(id=OuterRef("pk"), history_type="+", change_set__by=user)))


def about_no_reform(claims):
    """Those of the claims that name no reform, closed ones left out."""
    return claims.filter(~Q(state__in=Claim.CLOSED), reform_links=None)


def newest(records, at_most):
    """The newest of the records, at most so many: what is reckoned where reckoning all would take seconds."""
    return records.model._default_manager.filter(pk__in=records.order_by("-pk").values("pk")[:at_most])


def beyond(records, at_most):
    """The first one that is too old to be among them; none where there are not so many."""
    return records.model._default_manager.filter(pk__in=records.order_by("-pk").values("pk")[at_most : at_most + 1])


def next_in_review(claim, user):
    """Return the claim that `user` looks at after `claim`, None where no other waits, and how many others wait.

    From the last one it goes on with the first. What `user` began is another's to publish, and is left out.
    """
    waiting = in_review()
    if not settings.ONE_PERSON_TEAM:
        waiting = waiting.filter(~begun_by(user) | Q(pk=claim.pk))
    keys = list(waiting.values_list("pk", flat=True))
    at = keys.index(claim.pk) if claim.pk in keys else len(keys)
    others = keys[at + 1 :] + keys[:at]
    return Claim.objects.filter(pk=others[0]).first() if others else None, len(others)
