"""The database itself refuses a quote that is not its span, and a touched source, and keeps the search and the
revision in step.

Code can be gone round; the triggers cannot, as long as they are there. SQLite drops them when a table is remade.
"""

from django.apps import apps
from django.db import connection

from reforms.models import Finding, Severity
from reforms.search.index import trigger_names
from reforms.triggers import REFORMS_TRIGGERS
from sources import revision
from sources.triggers import SOURCES_TRIGGERS, installed

SEVERITY = Severity.BROKEN


def find():
    guards = [name for one in [*SOURCES_TRIGGERS, *REFORMS_TRIGGERS] for name in one.names(connection.vendor)]
    apps_seen = [apps.get_app_config(label) for label in ("sources", "reforms")]
    moving = [name for app in apps_seen for name in revision.triggers(app, connection.vendor)]
    there = installed(connection)
    for name in [*guards, *sorted(trigger_names(connection.vendor)), *moving]:
        if name not in there:
            words = "This trigger is missing from the database; run `manage.py migrate`."
            yield Finding(record=name, message=words)
