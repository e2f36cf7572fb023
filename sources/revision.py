"""The revision of the base: a random token, another one after every change of what readers may see.

Triggers on every table that readers see anything of change it, in the transaction of the change and by whatever way
the change comes (a page of the admin, a load, `update()`, SQL). No revision is given twice, also where a change is
rolled back or an older base is put in the place of a newer one: the same revision means the same content.

On SQLite, where one writes at a time, it is one row. On PostgreSQL it is made of many: each transaction changes one
that no other holds, so that nobody waits for another to commit. There a transaction changes its row only once, however
many statements it has; which of them was the last is told, to itself alone, by a setting of the transaction.
"""

# ruff: noqa: S608 the SQL is made of names of tables, and of nothing that anybody typed
from django.db import connection, connections, transaction

from sources.triggers import installed_as

ROWS = {"sqlite": 1, "postgresql": 64}
_CURRENT = {
    "sqlite": "SELECT token FROM revision",
    "postgresql": "SELECT md5(string_agg(token, ' ' ORDER BY id) || "
    "coalesce(current_setting('ledger.moved', true), '')) FROM revision",
}
_PUT = "ON CONFLICT (id) DO UPDATE SET token = excluded.token"
_SQLITE_MOVE = "INSERT INTO revision VALUES (1, lower(hex(randomblob(16)))) " + _PUT
# Two statements to take a row: an UPDATE that chose it itself would look at it as it was before the last commit.
_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION revision_move() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE free integer; BEGIN
IF coalesce(current_setting('ledger.moved', true), '') = '' THEN
    SELECT id INTO free FROM revision ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1;
    INSERT INTO revision VALUES (coalesce(free, 1), gen_random_uuid()) {_PUT};
END IF;
PERFORM set_config('ledger.moved', gen_random_uuid()::text, true);
RETURN NULL; END $$
"""
_MOVE_ALL = {
    "sqlite": _SQLITE_MOVE,
    "postgresql": "INSERT INTO revision SELECT id, gen_random_uuid() "
    f"FROM generate_series(1, {ROWS['postgresql']}) id ORDER BY id {_PUT}",
}


def current():
    """Return the revision of the base, as this transaction sees it: hex, or "" where it is not known. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT[connection.vendor])
        row = cursor.fetchone()
    return (row and row[0]) or ""


def seen_tables(app):
    """Return the tables of an app, links between records among them, of which readers see anything.

    `app.unseen` names the models of which they see nothing; they see nothing of histories either.
    """
    models = app.get_models(include_auto_created=True)
    seen = (one for one in models if not hasattr(one, "history_type") and one._meta.model_name not in app.unseen)
    return [model._meta.db_table for model in seen]


def triggers(app, vendor):
    """Return the triggers that move the revision with the tables of an app: names, and statements that make them."""
    tables = seen_tables(app)
    if vendor == "postgresql":
        return {
            f"revision_{table}": f"CREATE TRIGGER revision_{table} AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE "
            f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION revision_move()"
            for table in tables
        }
    return {
        f"revision_{table}_{event.lower()}": f"CREATE TRIGGER revision_{table}_{event.lower()} AFTER {event} "
        f"ON {table} BEGIN {_SQLITE_MOVE}; END"
        for table in tables
        for event in ("INSERT", "UPDATE", "DELETE")
    }


def install_revision(sender, using, **_):
    """After migrate: make the table, and those triggers of the app `sender` that are not there as written here.

    Where anything was missing, something may have changed unnoticed: the revision is then another one.
    """
    vendor = connections[using].vendor
    made, wanted = installed_as(connections[using]), triggers(sender, vendor)
    lacking = {name: sql for name, sql in wanted.items() if made.get(name) != sql}
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS revision (id integer PRIMARY KEY, token text NOT NULL)")
        if vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name, sql in lacking.items():
            table = f" ON {sql.partition(' ON ')[2].split()[0]}" if vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")
            cursor.execute(sql)
        cursor.execute("SELECT count(*) FROM revision")
        if lacking or cursor.fetchone() != (ROWS[vendor],):
            cursor.execute(_MOVE_ALL[vendor])
