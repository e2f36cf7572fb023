"""What browser tests share: a real Chromium, and a live server with the shipped knowledge."""

import os
import shutil
import sqlite3

import pytest
from django.core.management import call_command
from django.db import connection

# Playwright runs an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The Chromium that tests/run.py found, asking the network for nothing."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        pytest.fail("No Chromium was found: run `make test`, which installs one, or set CHROMIUM.")
    return browser_type_launch_args | {"executable_path": chromium, "args": QUIET}


@pytest.fixture(scope="session")
def base_url(live_server):
    """So that `page.goto("/reforms/")` asks the live server."""
    return live_server.url


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory):
    """A file, since the live server's threads cannot share an in-memory database without waiting for each other."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def loaded_copy(tmp_path_factory):
    """Where a loaded database is kept, so that the knowledge is loaded only once."""
    return tmp_path_factory.mktemp("loaded") / "loaded.sqlite3"


@pytest.fixture
def knowledge(transactional_db, loaded_copy):
    """The shipped knowledge, as `make run` loads it, in the live server's database."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        call_command("load_knowledge")
    elif loaded_copy.exists():
        _copy(loaded_copy, connection.connection)
    else:
        call_command("load_knowledge")
        _copy(connection.connection, loaded_copy)


def _copy(source, target):
    """Copy a whole SQLite database; each is a connection or a path."""
    opened = [sqlite3.connect(each) if not isinstance(each, sqlite3.Connection) else each for each in (source, target)]
    opened[0].backup(opened[1])
    for each, given in zip(opened, (source, target), strict=True):
        if each is not given:
            each.close()
