"""Changing an entry from anywhere: at once, or, where readers would see that, as a proposal that waits.

The forms of the admin do the same by a save that is taken back (`reforms.admin.records`).
"""

from django.db import transaction

from reforms.curated.writing import written
from reforms.entries import CLAIMS_OF, is_public, kind_of, name_of, was_public
from reforms.models import Claim, Counter, Discrepancy, Milestone, Reform
from reforms.proposing import propose, reserve, revise
from sources.changes import change_set

COUNTED = {Reform: Milestone.PREFIX, Discrepancy: Discrepancy.PREFIX}  # whose entries give out public references


class Waits(Exception):
    """The saved record is public: what was saved is taken back, and waits as a proposal."""

    def __init__(self, name, proposed):
        self.name, self.proposed = name, proposed
        super().__init__(name)


def waits_for_another(record):
    """Whether a change to `record` waits for a second person: it is public, or was and may be so again.

    A claim that an undo made a draft is one again, and goes to the public by a review.
    """
    return is_public(record) if isinstance(record, Claim) else was_public(record)


def which_wait(model, keys):
    """Return the keys, of those given, of records to which a change waits: see `waits_for_another`. In two queries."""
    known = model._default_manager.filter(pk__in=keys)
    waits = set(model._default_manager.public().filter(pk__in=keys).values_list("pk", flat=True))
    if model in CLAIMS_OF:
        waits |= set(
            known.filter(**{f"{CLAIMS_OF[model]}__in": Claim.objects.ever_public()}).values_list("pk", flat=True)
        )
    return waits


def hold_numbers(model, record):
    """Let nobody take the numbers that a change gives out, though it be taken back: it waits with them."""
    if counted := COUNTED.get(model):
        Counter.hold(counted)
    if isinstance(record, Claim) and is_public(record):
        Counter.hold(record.ref)


def edit(model, record, act, *, by, reason=""):
    """Let `act()` change the entry of `record` (None: make a new one of `model`) and return its root.

    Where that is public, or would be at once, it is taken back and waits. Return (root, Proposal or None): the root
    is None where a new entry waits. Nothing is proposed where nothing differs.
    Errors: those of `act`; nothing is stored then.
    """
    with transaction.atomic():
        if record is not None:
            model._default_manager.select_for_update().filter(pk=record.pk).order_by("pk").values("pk").first()
        hold_numbers(model, record)
        before = (name_of(record), written(record)) if record is not None else ("", None)
        public = record is not None and waits_for_another(record)
        try:
            with change_set(by=by, reason=reason):
                root = act()
                if public or waits_for_another(root):
                    raise Waits(name_of(root), written(root))
                return root, None
        except Waits as waiting:
            return record, wait(kind_of(model), before, waiting, by=by, reason=reason)


def wait(kind, before, waiting, *, by, reason, instead_of=None):
    """Make a proposal of what was taken back, and return it; None where nothing differs.

    `before`: (name, entry) of what is public now. `instead_of`: a proposal that is revised.
    """
    name, public = before
    if waiting.proposed == public:
        return None
    reserve(name or waiting.name, public, waiting.proposed)
    if instead_of is not None:
        revise(instead_of, waiting.proposed, public=public, by=by, reason=reason)
        return instead_of
    return propose(kind, name or waiting.name, public, waiting.proposed, by=by, reason=reason)
