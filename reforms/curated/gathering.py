"""Every entry of the knowledge: from what is stored, or from what a compilation made."""

from collections import defaultdict
from itertools import islice

from reforms.curated.counting import stored_counters
from reforms.curated.writing import entry
from reforms.entries import OWNED, OWNER, Rows, stored
from reforms.models import Counter, Proposal
from sources.models import Source

AT_ONCE = 200


def carried(model):
    """The stored records of `model` that a dump carries: all, but of proposals those that nobody answered yet."""
    return Proposal.objects.unanswered() if model is Proposal else model._default_manager.all()


def stored_entries():
    """Give (model, entry) for everything that a dump carries."""
    for model in OWNED:
        roots = carried(model).defer("received") if model is Source else carried(model)
        found = roots.order_by("pk").iterator(AT_ONCE)
        while batch := list(islice(found, AT_ONCE)):
            yield from ((model, entry(rows)) for rows in stored(batch))
    yield from ((Counter, counter) for counter in stored_counters())


def made_entries(made, counters):
    """Give (model, entry) for records by model and entries of counters, as a compilation makes them."""
    owned: dict = defaultdict(lambda: defaultdict(list))
    for part, (root, name) in OWNER.items():
        for record in made[part]:
            owned[root, getattr(record, f"{name}_id")][part].append(record)
    for model in OWNED:
        yield from ((model, entry(Rows(record, owned[model, record.pk]))) for record in made[model])
    yield from ((Counter, counter) for counter in counters)
