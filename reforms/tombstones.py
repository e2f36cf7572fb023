"""Tombstones: the address of a claim that was public once goes on telling why it is not any more."""

from reforms.models import Claim

NO_REASON = "No reason was given."


def tombstone(ref):
    """Return why the claim that was public under `ref` is gone: retracted, or what made it public taken back.

    None where it is public or was merged, and where nothing public ever was under `ref`. Two queries at most.
    """
    claim = Claim.objects.filter(ref=ref).only("state", "retraction_reason").first()
    if claim is None or claim.state in Claim.HIDDEN:
        return taken_back(ref)
    return claim.retraction_reason or None


def taken_back(ref):
    """Return the reason of the change set that first hid or removed the claim under `ref` after it was last public.

    None where the history knows of no such change, or of nothing public under `ref`.
    """
    rows = Claim.history.filter(ref=ref).order_by("history_id")
    reason, was_public = None, False
    for act, state, said in rows.values_list("history_type", "state", "change_set__reason"):
        public = act != "-" and state not in Claim.HIDDEN
        if was_public and not public:
            reason = said or NO_REASON
        elif public:
            reason = None
        was_public = public
    return reason
