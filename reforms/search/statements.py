"""The SQL that finds and draws, in parts that are made once.

What a question changes is only the words that are looked for: which records readers see, in what order they stand and
what is shown of them is the same each time. Putting that together anew cost more than the databases need to answer.
"""

# ruff: noqa: S608 what was typed is in the values; the text is made of names of columns, and of keys
from functools import cache

from django.db import connection
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from reforms.models import ActorAlias
from reforms.search.kinds import ALIAS, BY_CODE, BY_NAME, drawn_from
from reforms.search.matching import matching

EXACT, IN_TITLE, IN_TEXT = 0, 1, 2
PLACE = ("hit_how", "hit_code", "hit_size", "hit_pk")
COLUMNS = (*PLACE, "hit_source")
NAME = "\0name"  # stands for the typed name: nobody can type it


def finding(kinds, tree, unless, *, name, sources=(), after=None, backward=False, at_most=None):
    """Return (SQL, values) that give the hits of `kinds` as rows of COLUMNS, each once, in order.

    `after`: the values of PLACE of a hit; what stands after it is wanted, or before it, last first, if `backward`.
    """
    arms, values = [], {"name": name}
    for kind in kinds:
        text, own = _arm(kind, tree, unless, sources)
        arms.append(text)
        values |= own
    where, sign = "", " DESC" if backward else ""
    if after:
        values |= {f"after_{column}": value for column, value in zip(PLACE, after, strict=True)}
        marks = ", ".join(f"%(after_{column})s" for column in PLACE)
        where = f"WHERE ({', '.join(PLACE)}) {'<' if backward else '>'} ({marks})"
    order = ", ".join(column + sign for column in PLACE)
    limit = f" LIMIT {at_most:d}" if at_most else ""
    return (
        f"SELECT {', '.join(COLUMNS)} FROM ({' UNION ALL '.join(arms)}) AS hits {where} ORDER BY {order}{limit}",
        values,
    )


def drawing(keys):
    """Return the SQL that gives what is shown of records: code of the kind → keys (integers)."""
    return " UNION ALL ".join(
        _drawn(code, connection.vendor).replace("shown_keys", ", ".join(f"{key:d}" for key in own))
        for code, own in keys.items()
    )


def _arm(kind, tree, unless, sources):
    sql, values = _found(kind.name, connection.vendor)
    looked_for = {
        "found_keys": lambda: matching(kind, tree, unless, sources=sources),
        "titled_keys": lambda: matching(kind, tree, in_title=True),
        "spelled_keys": lambda: matching(ALIAS, tree, unless),
    }
    for mark, keys in looked_for.items():
        if mark in sql:
            text, own = _named(keys(), f"{kind.name}_{mark}")
            sql, values = sql.replace(mark, text), values | own
    return sql, values


@cache
def _found(kind_name, vendor):
    """(SQL, values) of the hits of one kind, with marks where keys go: found, in title, found as another spelling."""
    kind = BY_NAME[kind_name]
    found: Q = Q(pk__in=RawSQL("found_keys", []))
    how: Value | Case = Value(IN_TEXT)
    named = When(**{kind.about["name"]: Value(NAME)}, then=EXACT)
    if kind_name == "actor":
        aliases = ActorAlias.objects.filter(pk__in=RawSQL("spelled_keys", []))
        found |= Q(pk__in=aliases.values("actor"))
        how = Case(named, default=IN_TITLE, output_field=IntegerField())
    elif kind.title != "''":
        titled = When(pk__in=RawSQL("titled_keys", []), then=IN_TITLE)
        how = Case(named, titled, default=IN_TEXT, output_field=IntegerField())
    own = F("source_id") if kind_name == "paragraph" else F("pk") if kind_name == "source" else Value(0)
    # The database itself refuses a paragraph whose span is not as long as its text: no text is read for its length.
    size = F("end") - F("start") if kind_name == "paragraph" else Length(kind.size)
    row = dict(zip(COLUMNS, (how, Value(kind.code), size, F("pk"), own), strict=True))
    return _named(kind.public().filter(found).order_by().annotate(**row).values_list(*COLUMNS), kind_name)


@cache
def _drawn(code, vendor):
    """SQL of what is shown of one kind, with a mark where the keys go."""
    kind = BY_CODE[code]
    about = {"its_code": Value(code), "its_pk": F("pk"), **drawn_from(kind)}
    own = kind.model.objects.filter(pk__in=RawSQL("shown_keys", [])).order_by().annotate(**about)
    sql, values = own.values_list(*about).query.sql_with_params()
    return sql % tuple(value if isinstance(value, int) else "''" for value in values)


def _named(keys_or_rows, prefix):
    """(SQL, values) of an expression or a queryset, with its values under names that begin with `prefix`."""
    if isinstance(keys_or_rows, RawSQL):
        sql, values = keys_or_rows.sql, keys_or_rows.params
    else:
        sql, values = keys_or_rows.query.sql_with_params()
    names = ["name" if value == NAME else f"{prefix}_{n}" for n, value in enumerate(values)]
    own = {name: value for name, value in zip(names, values, strict=True) if name != "name"}
    return sql % tuple(f"%({name})s" for name in names), own
