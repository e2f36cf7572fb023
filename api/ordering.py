"""The order of a list, as asked by `ordering=`: what has no value comes last, whichever way it goes."""

from functools import cache
from typing import NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Q
from rest_framework.exceptions import ValidationError

ORDERING = "ordering"
ORDERING_HELP = "What the list is ordered by: names with commas between them, `-` before one for the other way round."
PREFIX = "ordered_by_"


class Column(NamedTuple):
    """One field of an order. `nullable`: whether it may have no value."""

    path: str
    descending: bool = False
    nullable: bool = False

    def term(self, *, backward):
        """Return what `order_by` takes for it; `backward`: everything the other way round, what has no value too."""
        down = self.descending != backward
        if not self.nullable:
            return f"-{self.path}" if down else self.path
        ends = {"nulls_first": True} if backward else {"nulls_last": True}
        return F(self.path).desc(**ends) if down else F(self.path).asc(**ends)

    def tied(self, value):
        return Q(**{f"{self.path}__isnull": True} if value is None else {self.path: value})

    def beyond(self, value, *, backward):
        """Return the condition for rows that stand after `value` in this column (before it), None where none can."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backward else None
        further = Q(**{f"{self.path}__{'lt' if self.descending != backward else 'gt'}": value})
        return further | Q(**{f"{self.path}__isnull": True}) if self.nullable and not backward else further


def columns(view, asked):
    """Return the Columns, together unique, of the order `asked` for (None: the order of the names).

    Errors: ValidationError naming `ordering`.
    """
    return _columns(view.queryset.model, view.filterset_class, view.ordering, asked)


def ordered(rows, view, asked):
    """Return the queryset `rows` of `view` in the order `asked` for. Errors: ValidationError naming `ordering`."""
    return arranged(rows, view, columns(view, asked))


def arranged(rows, view, order, *, backward=False):
    """Return the queryset `rows` of `view` in `order` (Columns), or the other way round."""
    made = view.filterset_class.orderings
    reckoned = {one.path: made[one.path.removeprefix(PREFIX)]() for one in order if one.path.startswith(PREFIX)}
    return rows.annotate(**reckoned).order_by(*(one.term(backward=backward) for one in order))


def beyond(order, key, *, backward=False):
    """Return the condition for rows that come after `key` (or before it) in `order`.

    `key`: the values of one row, one for each Column.
    """
    condition, ties = Q(pk__in=[]), Q()
    for column, value in zip(order, key, strict=True):
        if (further := column.beyond(value, backward=backward)) is not None:
            condition |= ties & further
        ties &= column.tied(value)
    first = order[0]
    if first.nullable or len(order) == 1:
        return condition
    sign = "lte" if first.descending != backward else "gte"
    return condition & Q(**{f"{first.path}__{sign}": key[0]})  # says nothing new, but an index starts from it


def ordering_parameter(view):
    """Return the parameter as OpenAPI describes it."""
    names = [sign + name for name in view.filterset_class.orderings for sign in ("", "-")]
    schema = {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1, "uniqueItems": True}
    return {
        "name": ORDERING, "in": "query", "description": ORDERING_HELP, "schema": schema,
        "style": "form", "explode": False,
    }  # fmt: skip


@cache
def _of_names(model, default):
    return tuple(Column(path, nullable=_nullable(model, path)) for path in default)


def _columns(model, filters, default, asked):
    order: dict[str, Column] = {}
    names = [name.strip() for name in asked.split(",")] if asked else []
    if not {name.removeprefix("-") for name in names} <= filters.orderings.keys():
        raise ValidationError({ORDERING: [f"Possible: {', '.join(filters.orderings)}, each with - before it too."]})
    if len({name.removeprefix("-") for name in names}) < len(names):
        raise ValidationError({ORDERING: ["Name each only once."]})
    for name in names:
        for path in _paths(name.removeprefix("-"), filters.orderings[name.removeprefix("-")]):
            order.setdefault(path, Column(path, name.startswith("-"), _nullable(model, path)))
    for column in _of_names(model, tuple(default)):
        order.setdefault(column.path, column)
    return tuple(order.values())


def _paths(name, made):
    return (PREFIX + name,) if callable(made) else made


@cache
def _nullable(model, path):
    """Whether what `path` leads to may have no value; what is reckoned may."""
    for part in path.split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        if field.null:
            return True
        model = field.related_model
    return False
