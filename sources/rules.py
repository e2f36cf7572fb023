"""What both apps' models share: natural keys, slugs, and constraints that recur."""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import Q
from django.db.models.base import ModelState

slug_validator = RegexValidator(
    re.compile(r"^[a-z]+(-[a-z]+)*\Z"),
    "A slug is lower-case words joined by “-”: no year, no number, nothing that could be corrected.",
    code="slug",
)


def slug_field():
    """A public name: in URLs, in the API and in the curated data."""
    return models.CharField(max_length=100, unique=True, validators=[slug_validator])


class OneField(models.CheckConstraint):
    """A constraint on the value of one field: one of several, or not this one. Kept by the database as every other; but
    a record is looked at here, while Django asks the database about each record and each of its constraints.
    """

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        ((lookup, values),) = self.condition.children  # type: ignore[union-attr]
        name, many, _ = lookup.partition("__in")
        value = getattr(instance, name)
        if value is None or name in (exclude or ()):
            return
        if (value in (values if many else [values])) == self.condition.negated:  # type: ignore[union-attr]
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self):
        """In migrations it is a plain CheckConstraint."""
        _, args, kwargs = super().deconstruct()
        return "django.db.models.CheckConstraint", args, kwargs


def known_choices(model):
    """Class decorator: the database itself refuses a value that is not among its field's choices."""
    model._meta.original_attrs.setdefault("constraints", model._meta.constraints)  # else migrations do not see them
    for field in model._meta.local_fields:
        if field.choices:
            values = [value for value, _ in field.choices]
            model._meta.constraints.append(
                OneField(
                    name=f"{model._meta.model_name}_{field.name}_known",
                    condition=Q(**{f"{field.name}__in": [*values, ""] if field.blank else values}),
                    violation_error_message=f"{field.verbose_name.capitalize()} must be one of: {', '.join(values)}.",
                )
            )
    return model


def filled(model, field):
    """A constraint: `field` is not the empty string."""
    return OneField(
        name=f"{model}_{field}_filled",
        condition=~Q(**{field: ""}),
        violation_error_message=f"{field.replace('_', ' ').capitalize()} must not be empty.",
    )


EMPTY = object()
_found: ContextVar[dict | None] = ContextVar("found", default=None)


@contextmanager
def natural_keys_remembered(*, empty=False):
    """Ask only once for each record by its natural key, while nothing is renamed or deleted: for loading fixtures,
    where thousands of records name the same few.

    `empty`: nothing is stored yet. Then what is named for the first time is not there, and is not asked for: loading a
    fixture looks for each record before it makes it.
    """
    token = _found.set({EMPTY: True} if empty else {})
    try:
        yield
    finally:
        _found.reset(token)


class NaturalKeyQuerySet(models.QuerySet):
    """Finds a record by the values of its model's KEY, as fixtures name it."""

    def get_by_natural_key(self, *values):
        found = {} if (kept := _found.get()) is None else kept
        if EMPTY in found and (self.model, values) not in found:
            found[self.model, values] = None
            raise self.model.DoesNotExist(f"There is no {self.model._meta.verbose_name} {values}.")  # type: ignore[attr-defined]
        if found.get((self.model, values)) is None:
            lookups: tuple[str, ...] = self.model.KEY  # type: ignore[attr-defined]
            record: Any = self.get(**dict(zip(lookups, values, strict=True)))
            found[self.model, values] = found[self.model, record.pk] = record
        return found[self.model, values]


class NaturalKeyModel(models.Model):
    """A record that fixtures name without its number in this database. `KEY` is lookups: `claim__ref`."""

    KEY: tuple[str, ...]

    objects = NaturalKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db, field_names, values):  # type: ignore[override]
        """As Django's own: what is not among `field_names` is asked for when it is read. But what the database gives is
        taken as it is: Django sets field after field and sends two signals for every row, which costs more than the
        row, and nothing here listens.
        """
        record = cls.__new__(cls)
        record._state = ModelState()
        record._state.adding, record._state.db = False, db
        record.__dict__.update(zip(field_names, values, strict=True))
        return record

    def natural_key(self):
        return tuple(_follow(self, lookup) for lookup in self.KEY)


def _follow(record, lookup):
    for name in lookup.split("__"):
        field = record._meta.get_field(name)
        remembered = (_found.get() or {}).get((field.related_model, getattr(record, field.attname)))
        record = remembered or getattr(record, name)
    return record
