"""Merging two claims that say the same: one goes on with the evidence of both, the other's address leads to it."""

from typing import Any

from django.core.exceptions import ValidationError

from reforms.entries import OWNED
from reforms.models import Citation, Claim, Discrepancy, DiscrepancyClaim, Package
from reforms.models.resting import resting_on
from sources.changes import change_set


def merge(claim, into, *, by=None, reason):
    """Merge the public `claim` into the public claim `into`: its citations and links are added there, what rests on
    it is moved there, and its reference leads there for good.

    Errors: ValidationError where one is not public, no reason is given, or what is moved would break a rule.
    """
    if claim == into:
        raise ValidationError("A claim cannot be merged into itself.")
    if not reason.strip():
        raise ValidationError(f"{claim.ref} is merged with a reason.")
    with change_set(by=by, reason=reason):
        list(Claim.objects.select_for_update().filter(pk__in=[claim.pk, into.pk]).order_by("pk"))  # held, in one order
        for one in (claim, into):
            one.refresh_from_db()
            if one.state != Claim.State.PUBLISHED:
                raise ValidationError(f"{one.ref} is {one.get_state_display()}; only published claims are merged.")
        _give_evidence(claim, into)
        _move_what_rests(claim, into)
        _move_discrepancies(claim, into)
        claim.state, claim.merged_into = Claim.State.MERGED, into
        claim.full_clean()
        claim.save()


def _give_evidence(claim, into):
    """Add to `into` whatever `claim` cites and names and `into` does not; `claim` keeps its own, as they were."""
    for model, owner in OWNED[Claim].items():
        given: dict[int, Any] = {}
        for record in model._default_manager.filter(**{owner: claim}).order_by("pk"):
            key, before = record.pk, getattr(record, "carries_id", None)
            given[key] = _give(record, into)
            if before in given:
                _carry(given[key], given[before])


def _give(record, into):
    """Make `record` one of `into`; return it, or what says the same there already."""
    record.pk, record.claim = None, into
    record._state.adding = True
    if isinstance(record, Citation):
        record.number, record.carries = 0, None
    if twin := _there(record):
        return twin
    if isinstance(record, Citation):
        record.take_number()
    record.full_clean()
    record.save()
    return record


def _there(record):
    names = ("paragraph", "start", "end") if isinstance(record, Citation) else None
    key = names or {lookup.split("__")[0] for lookup in record.KEY}
    same = {name: getattr(record, name) for name in {*key, "claim"}}
    return type(record)._default_manager.filter(**same).first()


def _carry(citation, before):
    """Let `citation` stand in the place of `before` as their originals do, where neither has another place already."""
    taken = citation.carries or before.not_carried or Citation.objects.filter(carries=before).exists()
    if not taken:
        citation.carries = before
        citation.full_clean()
        citation.save()


def _move_what_rests(claim, into):
    for record in resting_on(claim):
        twin = type(record)._default_manager.filter(claim=into, **_own_name(record)).first()
        if twin is not None:
            raise ValidationError(f"{record} rests on {claim.ref}, and {twin} on {into.ref} says the same: remove one.")
        record.claim = into
        record.full_clean()
        record.save()
    for package in Package.objects.filter(stated_count_claim=claim):
        package.stated_count_claim = into
        package.full_clean()
        package.save()


def _own_name(record):
    """What names `record` beside its claim; it is a twin only where the claim is part of its name."""
    names = next((c.fields for c in record._meta.constraints if "claim" in getattr(c, "fields", ())), None)
    return {name: getattr(record, name) for name in names if name != "claim"} if names else {"pk": 0}


def _move_discrepancies(claim, into):
    for discrepancy in Discrepancy.objects.filter(resolved_by=claim):
        discrepancy.resolved_by = into
        discrepancy.full_clean()
        discrepancy.save()
    for link in DiscrepancyClaim.objects.filter(claim=claim).select_related("discrepancy"):
        if DiscrepancyClaim.objects.filter(discrepancy=link.discrepancy, claim=into).exists():
            raise ValidationError(f"{link.discrepancy.ref} stands between {claim.ref} and {into.ref}: settle it first.")
        link.claim = into
        link.full_clean()
        link.save()
        link.discrepancy.full_clean()
