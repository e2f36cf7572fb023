"""Which records hold the words: the keys that the index gives, as an expression for a queryset."""

from django.db import connection
from django.db.models.expressions import RawSQL

from reforms.search.compiling import exact, fts5, has_phrase, tsquery
from reforms.search.kinds import INDEXED, SPAN

MOST_HITS = 10_000  # of one kind; who asks for more is told that there are more


def matching(kind, tree, unless=None, *, in_title=False, sources=(), at_most=MOST_HITS):
    """Return the keys of the records of `kind` in which `tree` is found and `unless` (a tree) is not.

    `in_title`: in their titles. `sources`: keys of those whose paragraphs, or claims on them, are wanted. `at_most`:
    how many are looked for, None for all.
    """
    match = _postgresql if connection.vendor == "postgresql" else _sqlite
    number, sql, values = match(tree, unless, in_title)
    values += [kind.first, kind.last]
    if sources:
        marks = ", ".join(["%s"] * len(sources))
        sql += f" AND {number} IN (SELECT {kind.first} + {_IN_SOURCE[kind.name]} IN ({marks}))"
        values += sources
    limit = f" LIMIT {at_most}" if at_most else ""
    keys = f"SELECT {number} - {kind.first} AS pk FROM search_words WHERE {sql.format(number=number)}{limit}"  # noqa: S608
    return RawSQL(keys, values)  # noqa: S611 what was typed is in `values`, as words without any sign


def cut_short(kinds, tree, unless=None, sources=()):
    """Whether `matching` finds as many of one of `kinds` as are looked at, so that there may be more. One query."""
    found = [matching(kind, tree, unless, sources=sources) for kind in kinds]
    counts = " UNION ALL ".join(f"SELECT COUNT(*) AS n FROM ({keys.sql}) AS looked_at" for keys in found)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT MAX(n) FROM ({counts}) AS counts", [value for keys in found for value in keys.params])  # noqa: S608
        return cursor.fetchone()[0] >= MOST_HITS


def codes_of(tree, unless=None):
    """Return the codes of all kinds in which `tree` is found, public or not; of every kind if they are too many.

    One query, of the index alone.
    """
    match = _postgresql if connection.vendor == "postgresql" else _sqlite
    number, sql, values = match(tree, unless, in_title=False)
    rows = f"SELECT {number} AS number FROM search_words WHERE {sql.format(number=number)} LIMIT {MOST_HITS}"  # noqa: S608
    with connection.cursor() as cursor:
        grouped = f"SELECT number / {SPAN}, COUNT(*) FROM ({rows}) AS found GROUP BY 1"  # noqa: S608
        cursor.execute(grouped, [*values, 0, 2**62])
        counts = dict(cursor.fetchall())
    return {kind.code for kind in INDEXED} if sum(counts.values()) == MOST_HITS else set(counts)


_IN_SOURCE = {
    "paragraph": "p.id FROM sources_paragraph p WHERE p.source_id",
    "claim": "c.claim_id FROM reforms_citation c JOIN sources_paragraph p ON p.id = c.paragraph_id WHERE p.source_id",
    "source": "s.id FROM sources_source s WHERE s.id",
}
OF_A_SOURCE = tuple(_IN_SOURCE)


def _sqlite(tree, unless, in_title):
    """(number of a row, condition, its values)"""
    expression = f"{{title}} : {fts5(tree)}" if in_title else fts5(tree)
    if unless:
        expression = f"({expression}) NOT {fts5(unless)}"
    return "rowid", "search_words MATCH %s AND {number} BETWEEN %s AND %s", [expression]


def _postgresql(tree, unless, in_title):
    """As `_sqlite`. The tsquery finds by the index; what it finds too much of a phrase is left out by its words."""
    column = "split_part(words, '|', 1)" if in_title else "words"
    sql, values = "vector @@ %s::tsquery", [tsquery(tree)]
    if in_title or has_phrase(tree):
        condition, more = exact(tree, column)
        sql, values = f"{sql} AND {condition}", values + more
    if unless:
        condition, more = exact(unless, "words")
        sql, values = f"{sql} AND NOT {condition}", values + more
    return "id", sql + " AND {number} BETWEEN %s AND %s", values
