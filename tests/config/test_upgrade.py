"""A base that was made by an earlier version, and holds something, becomes one of this version."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings

from tests.run import OWN

BEFORE = [("reforms", "0006"), ("sources", "0003")]  # as they were before documents were read


def migrate(folder, *target):
    clean = {name: value for name, value in os.environ.items() if name not in OWN}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0", *target]
    subprocess.run(command, cwd=settings.BASE_DIR, env=clean | {"VAR_DIR": str(folder)}, check=True)


@pytest.fixture
def earlier(tmp_path):
    """The folder of a base whose tables are those of an earlier version, with one source and its paragraph."""
    for target in BEFORE:
        migrate(tmp_path, *target)
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as base, base:
        names = [name for _, name, _, needed, *_ in base.execute("PRAGMA table_info(sources_source)") if needed]
        given = {"id": 1, "slug": "a-source", "name": "A source", "text": "A law.", "accepted": 1, "show": "full"}
        base.execute(
            f"INSERT INTO sources_source ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",  # noqa: S608
            [given.get(name, "") for name in names],
        )
        base.execute(
            'INSERT INTO sources_paragraph (id, source_id, number, start, "end", text, kind) '
            "VALUES (1, 1, 1, 0, 6, 'A law.', 'paragraph')"
        )
    return tmp_path


def test_a_base_that_holds_something_is_migrated_and_guarded_as_before(earlier):
    migrate(earlier)
    with closing(sqlite3.connect(earlier / "ledger.sqlite3")) as base:
        assert base.execute("SELECT format, draft, text FROM sources_source").fetchall() == [("text", "{}", "A law.")]
        with pytest.raises(sqlite3.IntegrityError, match="An accepted source is never touched"):
            base.execute("UPDATE sources_source SET text = 'Another law.'")
