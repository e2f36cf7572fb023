"""A synthetic base in the database: plain INSERTs, so that all its constraints and triggers hold and fill the index.

Without history: that is as large again, and the API reads none of it.
"""

from itertools import islice

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from benchmarks.subjects import Base
from sources.models import Source

BATCH = 5_000  # rows to a transaction


class NotEmpty(Exception):
    """There are sources in the database already."""


def make(sources, seed=1):
    """Fill the database of the settings, an empty one. Return the number of rows. Errors: NotEmpty."""
    call_command("migrate", verbosity=0)
    if Source.objects.exists():
        raise NotEmpty
    base = Base(sources, seed)
    models = {model._meta.model_name: model for model in apps.get_models()}
    stored = sum(store(models[kind], getattr(base, kind)()) for kind in base.KINDS)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [models[kind] for kind in base.KINDS]):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
    return stored


def store(model, rows):
    """Insert `rows` (dicts of columns to values; a column that is not given gets its default). Return how many."""
    table, columns = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
    default = {
        field.column: field.get_db_prep_save(field.get_default(), connection) for field in model._meta.concrete_fields
    }
    names, places = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    stored, rows = 0, (tuple((default | row).values()) for row in rows)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', batch)  # noqa: S608
        stored += len(batch)
    return stored
