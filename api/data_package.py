"""The whole base as one file: a Frictionless data package of the tables in `api.tables`.

The same base gives the same bytes: nothing in the file comes from the clock, and all of it is in a fixed order.
Source: https://specs.frictionlessdata.io/tabular-data-package/
"""

import hashlib
import json
import zipfile
from contextlib import closing
from itertools import islice
from pathlib import Path

from api import descriptions
from api.bulk import as_csv
from api.tables import TABLES
from reforms.news import candidates
from sources.snapshots import snapshot

NAME = "data-package.zip"
CHUNK = 2_000
LOADER = Path(__file__).with_name("into_sqlite.py")


def write(target, told=lambda table, rows: None):
    """Write the data package to `target`, a binary file open for writing, reading the base as it is at one moment.

    `told`: called with the name of each table and its number of rows, as soon as it is written.
    Memory: one chunk of rows, however many there are.
    """
    with snapshot(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        resources = []
        for table in TABLES:
            found, rows = _written(package, table)
            told(table.name, rows)
            resources.append(descriptions.resource(table, **found))
        described = json.dumps(_described(resources), ensure_ascii=False, indent=1)
        _add(package, "datapackage.json", [described.encode()])
        _add(package, "schema.sql", [descriptions.schema_sql(TABLES).encode()])
        _add(package, "README.md", [descriptions.readme(TABLES).encode()])
        _add(package, "rights.md", descriptions.rights())
        _add(package, "__main__.py", [LOADER.read_bytes()])


def _described(resources):
    """Return what datapackage.json says. The version is that of what the tables hold, wherever it was written."""
    held = "".join(f"{one['name']} {one['hash']}\n" for one in resources)
    last = candidates().values_list("at", flat=True).first()
    created = {"created": last.isoformat()} if last else {}
    return {
        **descriptions.PACKAGE,
        "version": hashlib.sha256(held.encode()).hexdigest()[:16],
        **created,
        "resources": resources,
    }


def _written(package, table):
    """Write the CSV of a table. Return its size and hash as datapackage.json names them, and its number of rows."""
    digest, size, counted = hashlib.sha256(), 0, 0
    with package.open(f"{table.name}.csv", "w") as entry, closing(table.rows(CHUNK)) as rows:
        lines = [[column.name for column in table.columns]]
        while lines:
            data = as_csv(lines)
            entry.write(data)
            digest.update(data)
            size += len(data)
            lines = [*islice(rows, CHUNK)]
            counted += len(lines)
    return {"bytes": size, "hash": f"sha256:{digest.hexdigest()}"}, counted


def _add(package, name, parts):
    """Write a file; `open`, given a name, dates it 1 January 1980."""
    with package.open(name, "w") as entry:
        for part in parts:
            entry.write(part)
