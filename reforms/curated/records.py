"""The records that a compilation gathers, each checked by the rules of its own model."""

import contextlib
from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import models

from reforms.models import (
    Actor,
    ActorAlias,
    AnsweredFinding,
    Citation,
    Claim,
    ClaimActor,
    ClaimEvent,
    ClaimLaw,
    ClaimReform,
    Discrepancy,
    DiscrepancyClaim,
    Event,
    Law,
    LawDate,
    LawLink,
    Milestone,
    NoClaim,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    Proposal,
    Reform,
    ReformTopic,
    RetiredSlug,
    Topic,
)
from sources.models import Paragraph, Source

# The models of the knowledge base, in an order in which each stands after all that it points at.
KNOWLEDGE = [
    Source, Paragraph, Topic, Actor, ActorAlias, Claim, Citation, Event, Reform, ReformTopic, Law, LawDate, LawLink,
    Milestone, Package, PackageItem, Parameter, ParameterChange, ClaimReform, ClaimLaw, ClaimEvent, ClaimActor,
    Discrepancy, DiscrepancyClaim, NoClaim, AnsweredFinding, RetiredSlug, Proposal,
]  # fmt: skip


class Records:
    """Unsaved records of every model, with the entry that each came from."""

    def __init__(self, problems):
        self.problems = problems
        self.made = defaultdict(list)
        self.named = {}
        self.unique = {}
        self.kept = set()

    def add(self, model, entry, *, right=False, **fields):
        """Make a record and check it; return it, or None where a related record was not found.

        `right`: its own values are right by how they were made, so only that it is unique is checked.
        """
        if any(value is None for value in fields.values()):
            return None
        record = model(pk=len(self.made[model]) + 1, **fields)
        self._fill_bounds(record)
        if not right:
            self._check_values(record, entry)
        self._check_unique(record, entry)
        self.made[model].append(record)
        if len(model.KEY) == 1:
            self.named[model, record.natural_key()[0]] = record
        return record

    def find(self, model, name, entry):
        """Return the record of `model` with this slug or reference; note the problem where there is none."""
        record = self.named.get((model, name))
        if record is None:
            self.problems.add(entry, f"No {model._meta.verbose_name} is called “{name}”.")
        return record

    def optional(self, model, entry, key):
        """Return {key: record} where the entry names one, {} where it does not."""
        return {key: self.find(model, entry[key], entry)} if entry.text(key) else {}

    @staticmethod
    def _fill_bounds(record):
        for field in record._meta.fields:
            with contextlib.suppress(ValidationError):  # clean_fields says it in a moment
                field.pre_save(record, True)

    def _check_values(self, record, entry):
        related = [field.name for field in record._meta.fields if field.is_relation]
        try:
            record.clean_fields(exclude=related)
            self._check_constraints(record)
        except ValidationError as error:
            for message in sentences(error):
                self.problems.add(entry, message)

    def _check_constraints(self, record):
        """Ask the database, which takes its time, only once for the same values."""
        for constraint in record._meta.constraints:
            if isinstance(constraint, models.CheckConstraint):
                fields = sorted(constraint.condition.referenced_base_fields)  # type: ignore[union-attr]
                values = (constraint.name, *(record.serializable_value(field) for field in fields))
                if values not in self.kept:
                    constraint.validate(type(record), record)
                    self.kept.add(values)

    def _check_unique(self, record, entry):
        meta = record._meta
        sets = [([field.name], None) for field in meta.fields if field.unique and not field.primary_key]
        sets += [(list(c.fields), c) for c in meta.constraints if isinstance(c, models.UniqueConstraint)]
        for names, constraint in sets:
            values = tuple(getattr(record, meta.get_field(name).attname) for name in names)
            if None in values or not self._counts(constraint, dict(zip(names, values, strict=True))):
                continue
            first, place = self.unique.setdefault((type(record), *names, values), (record, entry))
            if first is not record:
                words = constraint.violation_error_message if constraint else f"This {names[0]} is given twice."
                self.problems.add(entry, f"{words} First: {place.file}:{place.line}.")

    def _counts(self, constraint, values):
        """Whether these values must be unique: not those that the constraint's own condition leaves out."""
        return not constraint or not constraint.condition or constraint.condition.check(values)


def sentences(error):
    """The messages of a ValidationError, with the field's name before those about one field."""
    if not hasattr(error, "error_dict"):
        return error.messages
    return [f"{name}: {message}" for name, inner in error.message_dict.items() for message in inner]
