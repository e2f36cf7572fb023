"""The database itself refuses a quote that is not its span, and a touched source, and keeps the search in step.

Code can be gone round; the triggers cannot, as long as they are there. SQLite drops them when a table is remade.
"""

from django.db import connection

from reforms.models import Finding, Severity
from reforms.search.index import trigger_names
from reforms.triggers import REFORMS_TRIGGERS
from sources.triggers import SOURCES_TRIGGERS, installed

SEVERITY = Severity.BROKEN


def find():
    guards = [name for one in [*SOURCES_TRIGGERS, *REFORMS_TRIGGERS] for name in one.names(connection.vendor)]
    there = installed(connection)
    for name in [*guards, *sorted(trigger_names(connection.vendor))]:
        if name not in there:
            words = "This trigger is missing from the database; run `manage.py migrate`."
            yield Finding(record=name, message=words)
