"""Rules that a column constraint cannot say, as triggers on SQLite and PostgreSQL.

Made anew after every migrate: Django drops a SQLite table's triggers without a word when a migration
remakes the table. Each refusal is an IntegrityError in the words of the trigger.
"""

from dataclasses import dataclass

from django.db import connections

from sources.models import UNTOUCHED


@dataclass(frozen=True)
class Trigger:
    """Refuse a row of `table` after `events`, where `broken` (an SQL condition over NEW and OLD) holds."""

    name: str
    table: str
    events: tuple[str, ...]
    broken: str
    message: str

    def names(self, vendor):
        """What it is called in the database: SQLite needs one trigger for each event."""
        if vendor == "postgresql":
            return [self.name]
        return [f"{self.name}_{event.lower()}" for event in self.events]


SOURCES_TRIGGERS = [
    Trigger(
        "source_untouched",
        "sources_source",
        ("UPDATE",),
        "OLD.accepted AND (NEW.text <> OLD.text OR NEW.received <> OLD.received OR NEW.sha256 <> OLD.sha256 "
        "OR NEW.text_sha256 <> OLD.text_sha256 OR NOT NEW.accepted)",
        UNTOUCHED,
    ),
    Trigger(
        "paragraph_untouched",
        "sources_paragraph",
        ("UPDATE",),
        'NEW.text <> OLD.text OR NEW.number <> OLD.number OR NEW.start <> OLD.start OR NEW."end" <> OLD."end" '
        "OR NEW.source_id <> OLD.source_id",
        UNTOUCHED,
    ),
    Trigger(
        "paragraph_is_its_span",
        "sources_paragraph",
        ("INSERT", "UPDATE"),
        'NEW.text <> (SELECT substr(s.text, NEW.start + 1, NEW."end" - NEW.start) FROM sources_source s '
        "WHERE s.id = NEW.source_id)",
        "The paragraph's text is not what its source holds at this span.",
    ),
]


def install(connection, triggers):
    """Make `triggers` on the database of `connection`, replacing those of the same names."""
    make = _make_on_postgresql if connection.vendor == "postgresql" else _make_on_sqlite
    with connection.cursor() as cursor:
        for trigger in triggers:
            make(cursor, trigger)


def _make_on_sqlite(cursor, trigger):
    message = trigger.message.replace("'", "''")
    for event, name in zip(trigger.events, trigger.names("sqlite"), strict=True):
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(
            f"CREATE TRIGGER {name} AFTER {event} ON {trigger.table} WHEN {trigger.broken} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def _make_on_postgresql(cursor, trigger):
    message = trigger.message.replace("'", "''")
    cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}")
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {trigger.broken} THEN RAISE EXCEPTION USING MESSAGE = '{message}', ERRCODE = 'check_violation'; END IF; "
        f"RETURN NULL; END $$"
    )
    cursor.execute(
        f"CREATE TRIGGER {trigger.name} AFTER {' OR '.join(trigger.events)} ON {trigger.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {trigger.name}()"
    )


def installed(connection):
    """Return the names of all triggers of the database."""
    return set(installed_as(connection))


def installed_as(connection):
    """Return the names of all triggers that are at work in the database, with the statements that make them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname, pg_get_triggerdef(oid, true) FROM pg_trigger "
                "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return dict(cursor.fetchall())


def lift(apps, schema_editor):
    """In a migration that makes a table anew, first: take all triggers off. They are made again after every migrate.

    SQLite makes it under another name, and takes no name away that a trigger of another table speaks of.
    """
    connection = schema_editor.connection
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name in sorted(installed(connection)):
            cursor.execute(f'DROP TRIGGER "{name}"')


def install_sources_triggers(using, **_):
    """After migrate: make the triggers of this app."""
    install(connections[using], SOURCES_TRIGGERS)
