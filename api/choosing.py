"""What of each record is shown: `fields=` and `omit=` choose among its fields, `expand=` shows relations in full."""

from functools import cache
from typing import NamedTuple

from django.utils import timezone
from rest_framework.exceptions import ValidationError

from api.expansions import EXPANSIONS, Expansion
from api.rows import statement, with_rows
from api.shaping import flat

FIELDS_HELP = "Show these fields only, separated by commas."
OMIT_HELP = "Show all but these fields, separated by commas."
EXPAND_HELP = "Show these relations in full, separated by commas."
PARAMETERS = {"fields": FIELDS_HELP, "omit": OMIT_HELP, "expand": EXPAND_HELP}
LONGEST = 100  # characters of an unknown name that are said back


class Choice(NamedTuple):
    """The names of the fields that are shown, and of the relations that are shown in full, each with its way."""

    names: frozenset[str]
    expanded: tuple[tuple[str, Expansion], ...] = ()

    def fetched(self, rows, serializer_class):
        """Return `rows` with what is shown of other rows fetched, and nothing else."""
        day = getattr(rows.query.annotations.get("as_of"), "value", None) or timezone.localdate()
        in_full = {name.partition(".")[0] for name, _ in self.expanded}
        instead = {name for _, one in self.expanded for name in (one.path, f"shown_{one.path}")}  # these come in full
        reads, plain = reading(serializer_class), flat(serializer_class).keys() - in_full
        wanted = {relation: name for name in self.names for relation in reads[name]}
        kept, statements = [one.prefetch(day) for _, one in self.expanded], {}
        for one in rows._prefetch_related_lookups:
            relation = one.prefetch_to.partition("__")[0]
            if wanted.get(relation) in plain:
                statements[relation] = statement_of(serializer_class, wanted[relation], one, rows.db)
            elif relation in wanted and relation not in instead:
                kept.insert(0, one)
        fetched = rows.prefetch_related(None).prefetch_related(*kept)
        return with_rows(fetched, statements) if statements else fetched


@cache
def statement_of(serializer_class, name, prefetch, using):
    """Return the Statement that gives the rows of a field that plain rows can tell of, in place of its `prefetch`."""
    columns, _ = flat(serializer_class)[name]
    relation = prefetch.prefetch_through
    return statement(serializer_class.Meta.model, relation, prefetch.queryset, columns, using)


@cache
def possible(resource, serializer_class):
    """Return parameter to the names that it takes."""
    fields = list(serializer_class().fields)
    return {"fields": fields, "omit": fields, "expand": list(EXPANSIONS[resource])}


def choose(parameters, resource, serializer_class):
    """Return the Choice that the query `parameters` make.

    Errors: ValidationError naming each parameter with an unknown name, and what is possible.
    """
    known = possible(resource, serializer_class)
    asked, errors = {}, {}
    for parameter, names in known.items():
        given = parameters.get(parameter)
        asked[parameter] = {name.strip() for name in given.split(",")} if given is not None else set()
        if unknown := sorted(asked[parameter].difference(names)):
            errors[parameter] = [f"Unknown: {said(unknown)}. Possible: {', '.join(names) or 'none'}."]
    names = frozenset(asked["fields"] or known["fields"]) - asked["omit"]
    hidden = sorted(name for name in asked["expand"] if name.partition(".")[0] not in names)
    if not errors and hidden:
        errors["expand"] = [f"Left out by `fields` or `omit`: {said(hidden)}."]
    if not errors and not names:
        errors["omit"] = ["Nothing would be left."]
    if errors:
        raise ValidationError(errors)
    return Choice(names, tuple((name, one) for name, one in EXPANSIONS[resource].items() if name in asked["expand"]))


def said(names):
    """Say back the first few of the given `names`, none of them at any length."""
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(f"“{name[:LONGEST]}”" for name in names[:10]) + more


@cache
def reading(serializer_class):
    """Return name of a field to the names of what it reads of the record."""
    return {name: relations(field) for name, field in serializer_class().fields.items()}


def relations(field):
    """The names of what a field reads of its record."""
    if field.source == "*" and hasattr(field, "fields"):
        return set().union(*map(relations, field.fields.values()))
    return {field.source.partition(".")[0]}
