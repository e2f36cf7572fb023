"""The ways of a claim: draft, in review, published, retracted. The only writers of its state, and what they refuse."""

from itertools import pairwise

from django.conf import settings
from django.core.exceptions import ValidationError

from reforms.doubt import mark_outdated
from reforms.entries import root_of, was_public
from reforms.histories import author
from reforms.models import Citation, Claim, ClaimActor, Discrepancy, NoClaim
from reforms.models.resting import resting_on
from sources.changes import change_set

NO_SUPPORT = "A published claim needs at least one supporting citation."
NOBODY_SAYS_IT = "An allegation needs an actor who says it."
OWN = "Nobody publishes or approves what they last edited: a second person has to look at it."
SAID_BY_A_CITE = ("quote", "stance", "strength", "note")  # what carrying it over leaves as it is
OF_THE_STATE = ("state", "retraction_reason", "merged_into", "taint")  # of the workflow, not of the words


def refusals(claim):
    """Return why `claim` may not be public, as a list of sentences; empty where it may."""
    reasons = []
    if not claim.citations.filter(stance=Citation.Stance.SUPPORTS).exists():
        reasons.append(NO_SUPPORT)
    said = claim.actor_links.filter(part=ClaimActor.Part.SAYS)
    if claim.kind == Claim.Kind.ALLEGATION and not said.exists():
        reasons.append(NOBODY_SAYS_IT)
    for mark in NoClaim.objects.filter(paragraph__citations__claim=claim).distinct():
        reasons.append(f"It stands on words of {mark.paragraph.ref}, which is marked as carrying no claim.")
    return reasons


def refuse_deletion(record):
    """Errors: ValidationError where `record` (a claim, milestone or discrepancy) has or had a public reference.

    It had one where every claim that it is, rests on or names is or was public.
    """
    if isinstance(record, Discrepancy):
        claims = record.claims.all()
    else:
        claims = Claim.objects.filter(pk=record.pk if isinstance(record, Claim) else record.claim_id)
    never_public = claims.exclude(pk__in=Claim.objects.ever_public().values("pk"))
    if claims.exists() and not never_public.exists():
        raise ValidationError(f"{record.ref} is or was public, and what was public is not deleted.")


def last_editor(claim):
    """Return who wrote the words, citations and links that `claim` has, None where nobody is named.

    Moving it from state to state is no edit, and neither is it to carry its words over to a newer edition unchanged.
    """
    return author(claim, _edited)


def _edited(entry):
    """What of the `entry` of a claim somebody wrote."""
    found = {key: value for key, value in entry.items() if key not in OF_THE_STATE}
    said = {cite["number"]: [cite.get(name) for name in SAID_BY_A_CITE] for cite in entry.get("cites", [])}
    cites = [cite for cite in entry.get("cites", []) if said.get(cite.get("carries")) != said[cite["number"]]]
    return found | {"cites": cites}


def submit(claim, *, by=None, reason=""):
    """Ask for a review of the draft `claim`. Errors: ValidationError where it lacks what a published one needs."""
    _refuse_unless(claim, Claim.State.DRAFT, "is submitted for review")
    _refuse_incomplete(claim)
    _move(claim, Claim.State.IN_REVIEW, by, reason or f"Submitted {claim.ref} for review.")


def send_back(claim, *, by=None, reason):
    """Make `claim` a draft again, with the reason that its author reads."""
    _refuse_unless(claim, Claim.State.IN_REVIEW, "is sent back")
    if not reason.strip():
        raise ValidationError(f"{claim.ref} is sent back with a reason, which its author reads.")
    _move(claim, Claim.State.DRAFT, by, reason)


def publish(claim, *, by=None, reason=""):
    """Make the reviewed `claim` public.

    Errors: ValidationError where it is not in review, lacks what a published claim needs, or `by` wrote it.
    """
    _refuse_unless(claim, Claim.State.IN_REVIEW, "is published")
    _refuse_incomplete(claim)
    if by is not None and not settings.ONE_PERSON_TEAM:
        _refuse_own(claim, by)
    mark_outdated(claim)
    _move(claim, Claim.State.PUBLISHED, by, reason or f"Published {claim.ref}.")
    return claim


def retract(claim, *, by=None, reason):
    """Take a public `claim` back. Its address goes on telling the reason; what rests on it is hidden with it.

    Errors: ValidationError where it is not public, no reason is given, or it resolves a discrepancy.
    """
    _refuse_unless(claim, Claim.State.PUBLISHED, "is retracted")
    if not reason.strip():
        raise ValidationError(f"{claim.ref} is retracted with a reason, which its address goes on telling.")
    if resolved := claim.resolves.first():
        raise ValidationError(f"{claim.ref} resolves {resolved.ref}: open that discrepancy again first.")
    claim.retraction_reason = reason
    _move(claim, Claim.State.RETRACTED, by, reason)


def sent_back(claim):
    """Return the change set by which `claim`, now a draft, was sent back; None where it was not."""
    rows = claim.history.select_related("change_set__by").order_by("-history_id")
    states = [(row.state, row) for row in rows]
    if not states or states[0][0] != Claim.State.DRAFT:
        return None
    for (state, row), (earlier, _) in pairwise(states):
        if state == Claim.State.DRAFT and earlier == Claim.State.IN_REVIEW:
            return row.change_set
    return None


def _refuse_own(claim, by):
    """Errors: ValidationError where `by` wrote the claim, or what rests on it and becomes public along with it."""
    if last_editor(claim) == by:
        raise ValidationError(f"{claim.ref}: {OWN}")
    for root in {(type(root), root.pk): root for root in map(root_of, resting_on(claim))}.values():
        if not was_public(root) and author(root, dict) == by:
            raise ValidationError(f"{claim.ref}: {root} becomes public with it. {OWN}")


def _refuse_unless(claim, state, act):
    if claim.state != state:
        raise ValidationError(f"{claim.ref} is {claim.get_state_display()}; it {act} only from {state.label}.")


def _refuse_incomplete(claim):
    if reasons := refusals(claim):
        raise ValidationError([f"{claim.ref}: {reason}" for reason in reasons])


def _move(claim, state, by, reason):
    with change_set(by=by, reason=reason):
        stored = Claim.objects.select_for_update().filter(pk=claim.pk).values_list("state", flat=True).first()
        if stored != claim.state:
            raise ValidationError(f"{claim.ref} was changed meanwhile. Look at it again.")
        claim.state = state
        claim.full_clean()
        claim.save()
