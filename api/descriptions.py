"""What the data package says of itself: to programs, to databases and to people."""

from api.querysets import public
from api.tables import references
from sources.models import Source

PACKAGE = {
    "profile": "tabular-data-package",
    "name": "reform-ledger",
    "title": "Reform Ledger",
    "description": "Claims about political reforms, each on the words of its source paragraph.",
    "licenses": [{"path": "rights.md", "title": "No licence is stated. The rights of each source, as printed."}],
}
SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "date": "DATE"}
README = """# Reform Ledger: the whole base

Claims about political reforms, each on the words of its source paragraph. Only what readers see is here.

| file | what it is |
|---|---|
| `datapackage.json` | the tables for programs, as [Frictionless](https://specs.frictionlessdata.io/) describes data |
| `*.csv` | the tables below: UTF-8, separated by commas, one header line |
| `schema.sql` | the tables for SQLite and PostgreSQL, with types and keys |
| `rights.md` | the rights of each source as printed, and how much of its text is here |
| `__main__.py` | loads all into SQLite: `python data-package.zip ledger.sqlite3` |

- `version` in `datapackage.json` stands for what the tables hold: the same rows, the same version. On one
  installation the bytes are the same too; `created` is when it last changed what readers see.
- An empty cell means not stated. Dates are EDTF (ISO 8601-2), with the earliest and latest day that each allows.
- Cells hold the text to the letter, so that a quote is the span from `start` to `end` of its paragraph (Unicode code
  points). A text may begin with `=`: a program that computes such cells must be told not to.
"""


def resource(table, **measured):
    """Return what datapackage.json says of a table. `measured`: its `bytes` and `hash`.

    A key of several columns of which one may be empty is left to schema.sql: a database takes it for no reference
    then, while programs that read data packages look for the rest of it and find nothing.
    """
    keys = [
        {"fields": _one_or_all(columns), "reference": {"resource": _other(table, to), "fields": _one_or_all(held)}}
        for columns, to, held in references(table)
        if len(columns) == 1 or all(column.required for column in table.columns if column.name in columns)
    ]
    schema = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        **({"primaryKey": table.key} if table.key else {}),
        **({"foreignKeys": keys} if keys else {}),
    }
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **measured,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }


def schema_sql(tables):
    """Return the statements that make the tables."""
    return "\n".join(f"CREATE TABLE {table.name} (\n  {_lines(table)}\n);" for table in tables) + "\n"


def readme(tables):
    """Return README.md, with each table and its columns."""
    parts = [README]
    for table in tables:
        to = {columns: f"`{other}`" for columns, other in table.refers.items()}
        parts.append(f"\n## {table.name}\n{table.about}\n\n| column | type | what it is |\n|---|---|---|\n")
        for column in table.columns:
            words = [column.description, *(f"One of: {', '.join(column.enum)}." for _ in column.enum[:1])]
            words += [f"In {other}." for columns, other in to.items() if columns == column.name]
            key = " (key)" if column.name in table.key else ""
            parts.append(f"| `{column.name}`{key} | {column.type} | {' '.join(filter(None, words))} |\n")
        parts += [
            f"\n`{columns.replace(' ', '`, `')}` together: in {to[columns]}.\n" for columns in to if " " in columns
        ]
    return "".join(parts)


def rights():
    """Yield rights.md in parts, a source at a time."""
    yield b"# Rights\nThe ledger states no licence. What follows is what each source prints of its rights.\n"
    shown = {Source.Show.FULL: "the whole text", Source.Show.CITED: "only the paragraphs that claims cite"}
    names = ("name", "slug", "title", "author", "publisher", "rights", "show", "sha256")
    for source in public("source").order_by("slug").values(*names).iterator(chunk_size=500):
        lines = [
            f"\n## {source['name']} (`{source['slug']}`)",
            *(f"- {name.capitalize()}: {source[name]}" for name in ("title", "author", "publisher") if source[name]),
            f"- Rights as printed: {source['rights'] or 'none are printed'}",
            f"- Here: {shown[source['show']]}",
            f"- SHA-256 of what was received: {source['sha256']}\n",
        ]
        yield "\n".join(lines).encode()


def _field(column):
    constraints = {"required": True} if column.required else {}
    constraints |= {"enum": column.enum} if column.enum else {}
    said = {"description": column.description} if column.description else {}
    return {"name": column.name, "type": column.type, **said, **({"constraints": constraints} if constraints else {})}


def _one_or_all(names):
    return names[0] if len(names) == 1 else names


def _other(table, to):
    """The name of the table that is referred to; empty, as the standard wants it, where it is the table itself."""
    return "" if to == table.name else to


def _lines(table):
    lines = [_column_sql(column) for column in table.columns]
    if table.key:
        lines.append(f"PRIMARY KEY ({_quoted(table.key)})")
    lines += [
        f"FOREIGN KEY ({_quoted(columns)}) REFERENCES {to} ({_quoted(held)})" for columns, to, held in references(table)
    ]
    return ",\n  ".join(lines)


def _column_sql(column):
    values = ", ".join(f"'{value}'" for value in column.enum)
    check = f' CHECK ("{column.name}" IN ({values}))' if values else ""
    return f'"{column.name}" {SQL_TYPES[column.type]}{" NOT NULL" if column.required else ""}{check}'


def _quoted(names):
    return ", ".join(f'"{name}"' for name in names)
