"""A change to what is public waits as a proposal, until a second person approves it."""

import hashlib
import json

from django.conf import settings
from django.core.exceptions import ValidationError

from reforms.curated.storing import store
from reforms.curated.writing import written
from reforms.differences import rebased
from reforms.entries import OWNED, find, kind_of
from reforms.histories import author
from reforms.models import Claim, Counter, Milestone, Proposal
from reforms.publishing import OWN
from sources.changes import change_set, signature


def propose(kind, name, public, proposed, *, by, reason=""):
    """Let the change of an entry from `public` (None: a new one) to `proposed` wait, and return the Proposal."""
    with change_set(by=by, reason=reason or f"Proposed a change to {name}."):
        proposal = Proposal(
            ref=Proposal.next_ref(), kind=kind, name=name, public=public, proposed=proposed, reason=reason
        )
        proposal.full_clean()
        proposal.save()
    return proposal


def revise(proposal, proposed, *, public, by, reason=""):
    """Put other words in the place of what was proposed; it waits again."""
    with change_set(by=by, reason=reason or f"Revised {proposal.ref}."):
        _hold(proposal)
        proposal.public, proposal.proposed, proposal.reason = public, proposed, reason or proposal.reason
        _answer(proposal, Proposal.State.WAITING)


def proposer(proposal):
    """Return who wrote what is proposed, None where nobody is named."""
    return author(proposal, lambda entry: entry.get("proposed"))


def public_now(proposal):
    """Return the entry as it is public now, or None where it is not there."""
    root = find(proposal.kind, proposal.name)
    return written(root) if root else None


def approve(proposal, *, by, seen=None):
    """Make what is proposed public: its changes are put on the entry as it is now. `seen`: see `fingerprint`.

    Errors: ValidationError where `by` proposed it, it was answered before, or the changed entry breaks a rule.
    """
    with change_set(by=by):
        _hold(proposal)
        if seen is not None and seen != fingerprint(proposal):
            raise ValidationError("What is public, or what is proposed, changed since you looked. Look at both again.")
        who = proposer(proposal)
        if who is not None and who == by and not settings.ONE_PERSON_TEAM:
            raise ValidationError(OWN)
        said = f": {proposal.reason}" if proposal.reason else "."
        with change_set(reason=f"Approved {proposal.ref}, proposed by {signature(who)}{said}"):
            root = _put(proposal)
            _answer(proposal, Proposal.State.APPROVED)
    return root


def _put(proposal):
    """Put what is proposed on the entry as it is now, and return its root."""
    model = next(model for model in OWNED if kind_of(model) == proposal.kind)
    record = find(proposal.kind, proposal.name)
    if (record is None) != (proposal.public is None):
        here = "is there already" if record else "is no longer there"
        raise ValidationError(f"{proposal.name} {here}, so this proposal cannot be approved.")
    if record is not None:
        record = model._default_manager.select_for_update().get(pk=record.pk)
    now = written(record) if record else {}
    after = rebased(proposal.public or {}, proposal.proposed, now)
    if after.get("state") in Claim.CLOSED:
        raise ValidationError(f"{proposal.name} is {after['state']} by now, and stays as it was.")
    return store(model, after, record=record)


def send_back(proposal, *, by, reason):
    """Send it back to be improved. Errors: ValidationError where no reason is given."""
    if not reason.strip():
        raise ValidationError("A proposal is sent back with a reason.")
    with change_set(by=by, reason=reason):
        _hold(proposal)
        _answer(proposal, Proposal.State.SENT_BACK, reason)


def withdraw(proposal, *, by, reason=""):
    """Take one's own proposal back. Errors: ValidationError where somebody else proposed it."""
    with change_set(by=by, reason=reason or f"Withdrew {proposal.ref}."):
        _hold(proposal)
        who = proposer(proposal)
        if who != by and not (who is None and by.has_perm("reforms.approve_proposal")):
            raise ValidationError("A proposal is withdrawn by who made it.")
        _answer(proposal, Proposal.State.WITHDRAWN)


def _answer(proposal, state, answer=""):
    proposal.state, proposal.answer = state, answer
    proposal.full_clean()
    proposal.save()


def _hold(proposal):
    """Keep everybody else from answering `proposal`, and see it as it is stored.

    Errors: ValidationError where it was answered before.
    """
    Proposal.objects.select_for_update().filter(pk=proposal.pk).values("pk").first()
    proposal.refresh_from_db()
    if proposal.state not in (Proposal.State.WAITING, Proposal.State.SENT_BACK):
        raise ValidationError(f"{proposal.ref} is {proposal.get_state_display()} already.")


def reserve(name, public, proposed):
    """Keep the numbers that `proposed` gives out, so that nothing else gets them while it waits."""
    given = [(name, cite["number"]) for cite in proposed.get("cites", [])]
    given += [(Milestone.PREFIX, one["ref"][1:]) for one in proposed.get("milestones", [])]
    if public is None and "ref" in proposed:
        given.append((proposed["ref"][0], proposed["ref"][1:]))
    for counted, number in given:
        Counter.keep(counted, int(number))


def fingerprint(proposal):
    """Return a digest of what is proposed and of what is public now: whoever approves must have seen both."""
    seen = json.dumps([proposal.proposed, public_now(proposal)], sort_keys=True)
    return hashlib.sha256(seen.encode()).hexdigest()
