"""Load the tables that stand beside this file in a data package into a new SQLite base.

python data-package.zip ledger.sqlite3
"""

import csv
import io
import json
import sqlite3
import sys
import zipfile
from pathlib import Path


def load(package, base):
    """Make the tables in `base` (a connection) and fill them from `package` (an open zip). An empty cell is NULL.

    Errors: sqlite3.IntegrityError where a rule of a table is broken, or a row refers to what is not there.
    """
    csv.field_size_limit(2**31 - 1)
    base.executescript(package.read("schema.sql").decode())
    for table in json.loads(package.read("datapackage.json"))["resources"]:
        with package.open(table["path"]) as packed:
            lines = csv.reader(io.TextIOWrapper(packed, "utf-8", newline=""))
            marks = ", ".join("?" for _ in next(lines))
            rows = ([cell or None for cell in line] for line in lines)
            base.executemany(f"INSERT INTO {table['name']} VALUES ({marks})", rows)  # noqa: S608 (names of our own)
    if dangling := base.execute("PRAGMA foreign_key_check").fetchone():
        raise sqlite3.IntegrityError(f"A row of {dangling[0]} refers to what is not in {dangling[2]}.")
    base.commit()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if Path(sys.argv[1]).exists():
        sys.exit(f"{sys.argv[1]} is there already: name a new file.")
    with zipfile.ZipFile(sys.argv[0]) as package:
        load(package, sqlite3.connect(sys.argv[1]))
