"""The one writer that makes a claim public, and what it refuses."""

from django.core.exceptions import ValidationError

from reforms.models import Citation, Claim, ClaimActor, Discrepancy
from sources.changes import change_set

NO_SUPPORT = "A published claim needs at least one supporting citation."
NOBODY_SAYS_IT = "An allegation needs an actor who says it."


def refusals(claim):
    """Return why `claim` may not be public, as a list of sentences; empty where it may."""
    reasons = []
    if not claim.citations.filter(stance=Citation.Stance.SUPPORTS).exists():
        reasons.append(NO_SUPPORT)
    said = claim.actor_links.filter(part=ClaimActor.Part.SAYS)
    if claim.kind == Claim.Kind.ALLEGATION and not said.exists():
        reasons.append(NOBODY_SAYS_IT)
    return reasons


def refuse_deletion(record):
    """Errors: ValidationError where `record` (a claim, milestone or discrepancy) has or had a public reference.

    It had one where every claim that it is, rests on or names is or was public.
    """
    if isinstance(record, Discrepancy):
        claims = record.claims.all()
    else:
        claims = Claim.objects.filter(pk=record.pk if isinstance(record, Claim) else record.claim_id)
    never_public = claims.exclude(pk__in=Claim.objects.once_public().values("pk"))
    if claims.exists() and not never_public.exists():
        raise ValidationError(f"{record.ref} is or was public, and what was public is not deleted.")


def publish(claim, *, by=None, reason=""):
    """Make `claim` public.

    Errors: ValidationError where it lacks what a published claim needs, or is retracted or merged.
    """
    if claim.state in (Claim.State.RETRACTED, Claim.State.MERGED):
        raise ValidationError(f"{claim.ref} is {claim.get_state_display()} and stays so.")
    if reasons := refusals(claim):
        raise ValidationError([f"{claim.ref}: {reason}" for reason in reasons])
    with change_set(by=by, reason=reason or f"Published {claim.ref}."):
        claim.state = Claim.State.PUBLISHED
        claim.full_clean()
        claim.save()
    return claim
