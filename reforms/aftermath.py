"""What an undo would leave behind, asked inside its transaction: everything that would then break a rule."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db.models import Q

from reforms.curated.records import KNOWLEDGE
from reforms.entries import kind_of
from reforms.models import Claim, Discrepancy, Parameter, ParameterChange, Proposal, RetiredSlug
from reforms.models.naming import named
from reforms.models.resting import RestsOnClaim
from reforms.publishing import refusals
from reforms.touching import chunks, in_words, names

NAMED_AT_MOST = 20


def told(words, items, name=str):
    """Return `words` and the names of `items` as one message, the first of them only: “…: A; B; and 312 more.”"""
    listed = [name(item).rstrip(".") for item in items[:NAMED_AT_MOST]]
    more = len(items) - len(listed)
    return f"{words}: {'; '.join([*listed, f'and {more} more'] if more else listed)}."


class Aftermath:
    """The base after the records of `steps` were put back.

    `put`, `gone`: model → keys of the records that are there again or as before, and of those that are no longer.
    """

    def __init__(self, steps):
        self.steps = steps
        self.put, self.gone = defaultdict(set), defaultdict(set)
        for step in steps:
            (self.put if step.before else self.gone)[step.model].add(step.pk)

    def refusals(self):
        """Return why it may not stay so, a message for each reason; empty where it may."""
        reasons = [*self._pointing_at_what_is_gone(), *self._proposed_on_what_is_gone(), *self._pointing_nowhere()]
        return reasons or [*self._slugs_given_twice(), *self._broken_rules()]

    def _pointing_at_what_is_gone(self):
        found = []
        for model, field in relations():
            for chunk in chunks(self.gone.get(field.related_model, ())):
                rows = model._default_manager.filter(**{f"{field.name}__in": chunk}).order_by("pk")
                found += [
                    (model, pk, field.related_model, target) for pk, target in rows.values_list("pk", field.attname)
                ]
        if found:
            yield told("What would be gone is still in use", found, _pointer_in_words)

    def _pointing_nowhere(self):
        found = []
        for model, field in relations():
            put = [step for step in self.steps if step.model is model and step.before]
            targets = {target for step in put if (target := getattr(step.before, field.attname))}
            there = _existing(field.related_model, targets)
            missing = [(step, getattr(step.before, field.attname)) for step in put]
            found += [
                (model, step.pk, field.related_model, target) for step, target in missing if target in targets - there
            ]
        if found:
            yield told("What would come back needs what is no longer here", found, _pointer_in_words)

    def _proposed_on_what_is_gone(self):
        own = [step.pk for step in self.steps if step.model is Proposal]
        waiting = Proposal.objects.unanswered().exclude(pk__in=own).order_by("ref")
        kinds = {kind_of(model): model for model in self.gone}
        on = [
            (kinds[kind], name, ref) for kind, name, ref in waiting.values_list("kind", "name", "ref") if kind in kinds
        ]
        gone = {model: set(names(model, self.gone[model]).values()) for model, _, _ in on}
        if found := [f"{model._meta.verbose_name} {name} by {ref}" for model, name, ref in on if name in gone[model]]:
            yield told("What would be gone has proposals waiting", found)

    def _slugs_given_twice(self):
        """A slug that was retired by something else since, and retired slugs that would lead to nothing."""
        found = []
        for kind, _ in RetiredSlug.Kind.choices:
            model = named(kind).model
            own = [step for step in self.steps if step.model is model]
            slugs = {row.slug for step in own for row in (step.before, step.after) if row}
            if slugs:
                in_use = set(named(kind).filter(slug__in=slugs).values_list("slug", flat=True))
                retired = RetiredSlug.objects.filter(kind=kind)
                found += [f"{kind} {one.slug}, which leads to {one.now}" for one in retired.filter(slug__in=in_use)]
                found += [f"{kind} {one.slug}" for one in retired.filter(now__in=slugs - in_use)]
        if found:
            yield told("Retired slugs would lead to nothing, or be in use again", found)

    def _broken_rules(self):
        claims = self._claims()
        records = self._records(claims)
        broken = [(type(record), record.pk, words) for record in records for words in complaints(record)]
        for chunk in chunks(claims):
            for claim in Claim.objects.public().filter(pk__in=chunk):
                broken += [(Claim, claim.pk, words) for words in refusals(claim)]
        if broken:
            yield told("A rule would be broken", broken, lambda one: f"{in_words(*one[:2])}: {one[2]}")

    def _rows(self):
        return [row for step in self.steps for row in (step.before, step.after) if row]

    def _claims(self):
        """The keys of the claims that are put back, or something of which is."""
        owned = {row.claim_id for row in self._rows() if hasattr(row, "claim_id")}
        return (self.put[Claim] | owned) - self.gone[Claim]

    def _records(self, claims):
        """All that is put back, and what stands on it, with what they point at: to be checked one by one."""
        wanted = defaultdict(set, {model: set(keys) for model, keys in self.put.items()})
        for chunk in chunks(claims):
            for model in RestsOnClaim.__subclasses__():
                wanted[model] |= _keys(model, Q(claim__in=chunk))
            wanted[Discrepancy] |= _keys(Discrepancy, Q(claim_links__claim__in=chunk) | Q(resolved_by__in=chunk))
        for chunk in chunks(self.put[Parameter]):
            wanted[ParameterChange] |= _keys(ParameterChange, Q(parameter__in=chunk))
        wanted[Discrepancy] |= {row.discrepancy_id for row in self._rows() if hasattr(row, "discrepancy_id")}
        for model, keys in wanted.items():
            related = [field.name for field in model._meta.fields if field.is_relation]
            deeper = {Claim: ["milestone_set"], Discrepancy: ["claim_links"]}.get(model, [])
            for chunk in chunks(keys):
                yield from model._default_manager.filter(pk__in=chunk).prefetch_related(*related, *deeper)


def relations():
    """Give each model of the knowledge with each field by which it points at another record."""
    for model in KNOWLEDGE:
        for field in model._meta.fields:
            if field.is_relation:
                yield model, field


def complaints(record):
    """Give what the rules of its own model say against `record`, sentence by sentence."""
    related = [field.name for field in record._meta.fields if field.is_relation]
    checks = [lambda: record.clean_fields(exclude=related), record.clean]
    if isinstance(record, Discrepancy):
        checks.append(lambda: record.check_claims(len(record.claim_links.all())))
    for check in checks:
        try:
            check()
        except ValidationError as error:
            yield from error.messages


def _keys(model, condition):
    return set(model._default_manager.filter(condition).order_by().values_list("pk", flat=True))


def _existing(model, keys):
    return {pk for chunk in chunks(keys) for pk in _keys(model, Q(pk__in=chunk))}


def _pointer_in_words(pointer):
    model, pk, related, target = pointer
    return f"{in_words(related, target)} by {in_words(model, pk)}"
