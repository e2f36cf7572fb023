"""No lost edits: a form carries the state that it was opened with, and is stopped where that is no longer so.

The whole entry is compared, with all that it owns, so it does not matter by which path it was changed.
"""

from django.core import signing

from reforms.curated.writing import written
from reforms.differences import differences
from reforms.entries import kind_of, name_of
from reforms.models import Claim, Proposal
from reforms.models.resting import resting_in_words
from sources.models import Source

SALT = "reforms.opened"


def state_of(record):
    """Return what somebody who opens `record` sees: its entry, and which proposals on it are not answered yet."""
    state = written(record)
    if isinstance(record, Source):
        state["text"] = record.text_sha256
    if isinstance(record, Claim):  # it becomes public, or doubtful, along with the claim
        state["resting on it"] = resting_in_words(record)
    waiting = Proposal.objects.unanswered().filter(kind=kind_of(record), name=name_of(record))
    return state | {"proposals": list(waiting.values_list("ref", flat=True))}


def seal(record):
    """Return the state of `record` as a text that a form carries and nobody can change."""
    return signing.dumps(state_of(record), salt=SALT, compress=True)


def changed_since(sealed, record):
    """Return what changed in the stored `record` since `sealed` was made: a list of Difference.

    Errors: ValueError where `sealed` was not made here.
    """
    try:
        state = signing.loads(sealed, salt=SALT)
    except signing.BadSignature as error:
        raise ValueError("This was not made here.") from error
    return differences(state, state_of(type(record)._default_manager.get(pk=record.pk)))
