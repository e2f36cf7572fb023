"""Numbers that were given out and are not in use any more: the curated data carries them, so that no base gives
them out again.

A counter goes by what it counts: C, M, D, P the references of that letter; C0142 the citations of that claim.
"""

from itertools import chain

from django.db.models import Max

from reforms.models import Citation, Claim, Counter, Discrepancy, Milestone, Proposal

REFERENCED = (Claim, Milestone, Discrepancy, Proposal)
PREFIXES = [model.PREFIX for model in REFERENCED]


def stored_counters():
    """Return the entries of the counters that a dump of the database has to carry, by name."""
    unanswered = Proposal.objects.unanswered()
    used = _highest(
        chain.from_iterable(_refs(model.objects if model is not Proposal else unanswered) for model in REFERENCED),
        _by_claim(Citation.objects, "claim__ref"),
    )
    claims = dict(Claim.objects.values_list("pk", "ref"))
    removed = [(claims[key], last) for key, last in _by_claim(Citation.history, "claim_id") if key in claims]
    given = _highest(
        chain.from_iterable(_refs(manager) for model in REFERENCED for manager in (model.objects, model.history)),
        [*Counter.objects.values_list("name", "last"), *removed],
    )
    proposed = unanswered.filter(kind=Proposal.Kind.CLAIM).values_list("name", flat=True)
    return entries(ahead(given, used), {*PREFIXES, *claims.values(), *proposed})


def ahead(given, used):
    """Return those of the counters `given` (name to last number) that are ahead of those `used`."""
    return {name: last for name, last in given.items() if last > used.get(name, 0)}


def used_in(made):
    """Return name to the highest number in use among records by model, as a compilation makes them."""
    return _highest(
        (record.ref for model in REFERENCED for record in made[model]),
        ((citation.claim.ref, citation.number) for citation in made[Citation]),
    )


def entries(counters, known):
    """The entries of `counters` (name to last number), without those that count what is not `known`."""
    return [{"name": name, "last": str(counters[name])} for name in sorted(counters) if name in known]


def _refs(manager):
    return manager.order_by().values_list("ref", flat=True).distinct()


def _by_claim(manager, claim):
    return manager.order_by().values_list(claim).annotate(highest=Max("number"))


def _highest(refs, numbers):
    """Name to the highest number, of references (C0142) and of pairs of name and number."""
    found: dict[str, int] = {}
    for name, number in chain(((ref[0], int(ref[1:])) for ref in refs), numbers):
        found[name] = max(found.get(name, 0), number)
    return found
