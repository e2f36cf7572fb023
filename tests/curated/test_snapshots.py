"""A dump or a backup sees one moment, and keeps nobody from writing meanwhile."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = """
import os, sqlite3, django
django.setup()
from django.db import connection
from sources.snapshots import snapshot
def count(cursor):
    return cursor.execute("SELECT COUNT(*) FROM t").fetchone()[0]
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE t (x)")
    with snapshot():
        before = count(cursor)
        other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0)
        other.execute("INSERT INTO t VALUES (1)")
        other.commit()
        print(before, count(cursor))
    print(count(cursor), connection.transaction_mode)
"""


def test_a_snapshot_of_sqlite_sees_one_moment_and_keeps_nobody_from_writing(tmp_path):
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SHARED], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout.split("\n"), done.stderr) == (["0 0", "1 IMMEDIATE", ""], "")
