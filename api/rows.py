"""Related rows as plain tuples, beside the records that they belong to.

Django compiles a statement anew for each request, and makes several objects of each row. Of what only names other
records nothing is needed but a few columns: here the statement is compiled once, and its rows stay as they come.
"""

from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from django.db import connections
from django.db.models.query import ModelIterable

MARK = -1  # no record has this key: it shows where the keys go in the statement


class Columns(dict):
    """Paths (`reform.slug`) to their places in a row. The key of the record that a row belongs to comes first."""

    def __init__(self):
        super().__init__({"": 0})

    def getter(self, *paths):
        """As `operator.attrgetter`, for rows."""
        return itemgetter(*[self.setdefault(path, len(self)) for path in paths])

    def check(self, model):
        """Errors: FieldDoesNotExist where a path is no column that `model` leads to."""
        for path in filter(None, self):
            reached = model
            for step in path.split("."):
                reached = reached._meta.get_field(step).related_model


class Statement(NamedTuple):
    """A compiled statement, cut where the keys of the records go."""

    before: str
    after: str
    params_before: tuple
    params_after: tuple

    def rows(self, keys, using):
        """Return key to the rows of its record, in their order."""
        found = {key: [] for key in keys}
        if not found:
            return found
        sql = self.before + ", ".join(["%s"] * len(found)) + self.after
        with connections[using].cursor() as cursor:
            cursor.execute(sql, (*self.params_before, *found, *self.params_after))
            for row in cursor.fetchall():
                found[row[0]].append(row)
        return found


def statement(model, relation, queryset, columns, using):
    """Compile what gives the `columns` of `queryset`, rows that `relation` of `model` leads to.

    Errors: ValueError where something is fetched beside those rows in turn: it may be hidden from readers.
    """
    if queryset._prefetch_related_lookups:
        raise ValueError(f"What is beside {relation} is no column.")
    owner = model._meta.get_field(relation).remote_field.name
    lookups = [path.replace(".", "__") for path in columns if path]
    rows = queryset.filter(**{f"{owner}__in": [MARK]}).values_list(f"{owner}__pk", *lookups)
    sql, params = rows.query.get_compiler(using).as_sql()
    at, parts = params.index(MARK), sql.split("%s")
    before, after = "%s".join(parts[: at + 1]), "%s".join(parts[at + 1 :])
    return Statement(before, after, tuple(params[:at]), tuple(params[at + 1 :]))


class Beside(ModelIterable):
    """Records with the rows of `statements` (name to Statement) as attributes, a whole batch at a time."""

    statements: dict[str, Statement] = {}

    def __iter__(self):
        records, using = super().__iter__(), self.queryset.db
        while batch := list(islice(records, self.chunk_size if self.chunked_fetch else None)):
            keys = [record.pk for record in batch]
            for name, one in self.statements.items():
                found = one.rows(keys, using)
                for record in batch:
                    setattr(record, name, found[record.pk])
            yield from batch


def with_rows(queryset, statements):
    """Return `queryset` with the rows of `statements` (name to Statement) beside each record."""
    queryset = queryset.all()
    queryset._iterable_class = type("Beside", (Beside,), {"statements": statements})
    return queryset
