"""Reading the database as it is at one moment."""

from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot():
    """See the database as it is at one moment, whatever others write meanwhile. For reading only."""
    outermost = not connection.in_atomic_block
    with _sharing(), transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _sharing():
    """On SQLite, let transactions begin without the lock that keeps others from writing (see the settings)."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()  # which sets the mode that the settings ask for
    database: Any = connection
    mode, database.transaction_mode = database.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        database.transaction_mode = mode
