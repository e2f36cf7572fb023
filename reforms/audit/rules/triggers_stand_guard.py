"""The database itself refuses a quote that is not its span, and a touched source.

Code can be gone round; the triggers cannot, as long as they are there. SQLite drops them when a table is remade.
"""

from django.db import connection

from reforms.models import Finding, Severity
from reforms.triggers import REFORMS_TRIGGERS
from sources.triggers import SOURCES_TRIGGERS, installed

SEVERITY = Severity.BROKEN


def find():
    there = installed(connection)
    for trigger in [*SOURCES_TRIGGERS, *REFORMS_TRIGGERS]:
        for name in trigger.names(connection.vendor):
            if name not in there:
                words = "This trigger is missing from the database; run `manage.py migrate`."
                yield Finding(record=name, message=words)
