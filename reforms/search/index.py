"""The index: one table of words, which triggers of the database keep in step with the records.

Whatever changes a record (a page of the admin, a load, `update()`, `bulk_create()`, SQL) changes its words in the same
transaction. Table and triggers are made after every migrate, where they are not there as written here: Django drops a
SQLite table's triggers when a migration remakes the table.
"""

# ruff: noqa: S608 the SQL is made of names of tables and columns, and of nothing that anybody typed
import hashlib
import re

from django.db import connections, transaction

from reforms.search.kinds import INDEXED
from reforms.search.words import TOKENIZER, postgresql_fold
from sources.triggers import installed

LONGEST_TEXT = 100_000  # characters of one text that are searched


def install_search(using, **_):
    """After migrate: make the index where it is not there as it should be. With many records this takes a while."""
    connection = connections[using]
    if not is_whole(connection):
        with transaction.atomic(using=using), connection.cursor() as cursor:
            for statement in [*_removal(connection), *definition(connection.vendor), *filling(connection.vendor)]:
                cursor.execute(statement)
            cursor.execute("CREATE TABLE search_definition (sha256 text)")
            cursor.execute("INSERT INTO search_definition VALUES (%s)", [_sha256(connection.vendor)])


def is_whole(connection):
    """Whether the index is there, made by these very words, with all its triggers."""
    if not trigger_names(connection.vendor) <= installed(connection):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT sha256 FROM search_definition")
        return cursor.fetchall() == [(_sha256(connection.vendor),)]


def trigger_names(vendor):
    """Return the names of all triggers that keep the index in step."""
    return {name for statement in definition(vendor) for name in re.findall(r"CREATE TRIGGER (\w+)", statement)}


def definition(vendor):
    """Return the statements that make the table and its triggers."""
    table, triggers = (_PG_TABLE, _pg_triggers) if vendor == "postgresql" else (_SQLITE_TABLE, _sqlite_triggers)
    first = [postgresql_fold()] if vendor == "postgresql" else []
    return [*first, *table, *(statement for kind in INDEXED for statement in triggers(kind))]


def filling(vendor):
    """Return the statements that index every record there is."""
    return [f"INSERT INTO {_INTO[vendor]} SELECT {_row(kind, 'r', vendor)} FROM {kind.table} r" for kind in INDEXED]


def _sha256(vendor):
    return hashlib.sha256("\n".join(definition(vendor)).encode()).hexdigest()


def _removal(connection):
    """Take away what is left of an index: its triggers stand on tables that stay."""
    there = installed(connection)
    for kind in INDEXED:
        for name in sorted(there & {f"search_{kind.name}_{event}" for event in (*_EVENTS, "truncate")}):
            yield f"DROP TRIGGER {name}" + (f" ON {kind.table}" if connection.vendor == "postgresql" else "")
    yield from ("DROP TABLE IF EXISTS search_words", "DROP TABLE IF EXISTS search_definition")


_EVENTS = ("insert", "update", "delete")
_INTO = {"sqlite": "search_words (rowid, title, body)", "postgresql": "search_words (id, words)"}
_SQLITE_TABLE = [
    f"CREATE VIRTUAL TABLE search_words USING fts5(title, body, tokenize=\"{TOKENIZER}\", prefix='2 3')",
]
# The bar keeps a phrase from reaching from the title into the text.
_PG_TABLE = [
    "CREATE TABLE search_words (id bigint PRIMARY KEY, words text NOT NULL, vector tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) STORED)",
    "CREATE INDEX search_words_vector ON search_words USING gin (vector)",
]


def _row(kind, row, vendor):
    """The values of one row of the index, from the row called `row` of a record."""
    title, body = (f"substr({sql.format(r=row)}, 1, {LONGEST_TEXT})" for sql in (kind.title, kind.body))
    if vendor == "postgresql":
        return f"{kind.first} + {row}.id, ' ' || search_fold({title}) || ' | ' || search_fold({body}) || ' '"
    return f"{kind.first} + {row}.id, {title}, {body}"


def _changed(kind, differs):
    """A condition: the update changed what is indexed."""
    columns = dict.fromkeys(re.findall(r"\{r\}\.(\w+)", kind.title + kind.body))
    return " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in ("id", *columns))


def _sqlite_triggers(kind):
    take = f"DELETE FROM search_words WHERE rowid = {kind.first} + OLD.id;"
    put = f"INSERT OR REPLACE INTO {_INTO['sqlite']} VALUES ({_row(kind, 'NEW', 'sqlite')});"
    when = f" WHEN {_changed(kind, 'IS NOT')}"
    for event, condition, act in (("insert", "", put), ("update", when, take + " " + put), ("delete", "", take)):
        yield (
            f"CREATE TRIGGER search_{kind.name}_{event} AFTER {event.upper()} ON {kind.table}{condition} "
            f"BEGIN {act} END"
        )


def _pg_triggers(kind):
    call = f"EXECUTE FUNCTION search_{kind.name}()"
    take = f"DELETE FROM search_words WHERE id = {kind.first} + OLD.id;"
    all_of_kind = f"DELETE FROM search_words WHERE id BETWEEN {kind.first} AND {kind.last};"
    put = f"INSERT INTO {_INTO['postgresql']} VALUES ({_row(kind, 'NEW', 'postgresql')}) "
    put += "ON CONFLICT (id) DO UPDATE SET words = excluded.words;"
    yield (
        f"CREATE OR REPLACE FUNCTION search_{kind.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'TRUNCATE' THEN {all_of_kind} RETURN NULL; END IF; "
        f"IF TG_OP <> 'INSERT' THEN {take} END IF; IF TG_OP <> 'DELETE' THEN {put} END IF; RETURN NULL; END $$"
    )
    when = f" WHEN ({_changed(kind, 'IS DISTINCT FROM')})"
    for event, condition in (("insert", ""), ("update", when), ("delete", "")):
        yield (
            f"CREATE TRIGGER search_{kind.name}_{event} AFTER {event.upper()} ON {kind.table} "
            f"FOR EACH ROW{condition} {call}"
        )
    yield f"CREATE TRIGGER search_{kind.name}_truncate AFTER TRUNCATE ON {kind.table} FOR EACH STATEMENT {call}"
