"""Bringing back an entry as it was at a time, with its citations and links."""

from contextlib import suppress

from django.core.exceptions import ValidationError

from reforms.curated.storing import store
from reforms.curated.writing import written
from reforms.entries import kind_of, name_of, was_public
from reforms.models import Claim, Proposal
from reforms.proposing import propose
from reforms.publishing import OF_THE_STATE
from sources.changes import change_set


def restore(root, version, *, by, reason=""):
    """Bring the entry of `root` back to `version` (see `reforms.histories`), with all that belonged to it.

    Where it is or was public, that is a change to what is public: it waits as a proposal, which is returned;
    a retracted claim comes back by it. A draft is brought back at once, and None is returned.
    Errors: ValidationError where nothing was there then, nothing differs, or a rule refuses it now.
    """
    if version.entry is None:
        raise ValidationError("There was nothing to bring back.")
    reason = reason or f"Back to how it was on {version.change_set.at:%Y-%m-%d at %H:%M} UTC."
    with change_set(by=by, reason=reason):
        root = type(root)._default_manager.select_for_update().get(pk=root.pk)
        waits = kind_of(root) in Proposal.Kind.values and was_public(root)
        now, then = _then(root, version, waits)
        if waits:
            _try(root, then)
            return propose(kind_of(root), name_of(root), now, then, by=by, reason=reason)
        store(type(root), then, record=root)
    return None


def _then(root, version, waits):
    """Return the entry as it is now, and as it shall be: its words of then, in the state that it has now.

    Errors: ValidationError where both are the same.
    """
    now = written(root)
    left = OF_THE_STATE if isinstance(root, Claim) else ("taint",)
    kept = ("taint",) if waits else left
    then = {key: value for key, value in version.entry.items() if key not in left}
    then |= {key: now[key] for key in kept if key in now}
    if then == now:
        raise ValidationError("It is as it was then.")
    return now, then


class _Tried(Exception):
    """It could be stored."""


def _try(root, entry):
    """Errors: ValidationError where `entry` could not be stored now, so that nobody could approve it."""
    with suppress(_Tried), change_set():
        store(type(root), entry, record=root)
        raise _Tried
