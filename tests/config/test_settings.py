"""What an installation is when its environment says nothing."""

import json
import os
import re
import stat
import subprocess
import sys

import pytest
from django.conf import settings

from tests.run import OWN

ASK = """
import json
from django.conf import settings
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("PRAGMA journal_mode")
    journal = cursor.fetchone()[0]
names = "DEBUG ALLOWED_HOSTS HTTPS PORT BIND SESSION_COOKIE_SECURE SECURE_SSL_REDIRECT".split()
print(json.dumps({name: getattr(settings, name) for name in names} | {
    "journal": journal,
    "transactions": connection.transaction_mode,
    "database": str(settings.DATABASES["default"]["NAME"]),
}))
"""


def ask(folder, code=ASK, **environment):
    """Run `code` with the settings of an environment that holds nothing but `environment`."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(folder)}
        | environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The settings of an installation whose environment says nothing, and the folder it keeps its things in."""
    folder = tmp_path_factory.mktemp("installation") / "var"
    return json.loads(ask(folder).stdout), folder


def test_nothing_is_open_by_default(bare):
    said, folder = bare
    assert said == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"],
        "HTTPS": False,
        "PORT": "8000",
        "BIND": "127.0.0.1",
        "SESSION_COOKIE_SECURE": False,
        "SECURE_SSL_REDIRECT": False,
        "journal": "wal",
        "transactions": "IMMEDIATE",
        "database": str(folder / "ledger.sqlite3"),
    }


def test_what_an_installation_keeps_is_readable_only_by_its_owner(bare):
    _, folder = bare
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        pytest.param({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL is not understood", id="another-database"),
        pytest.param({"VAR_DIR": "/dev/null/var"}, "VAR_DIR (/dev/null/var) cannot be used", id="no-folder"),
    ],
)
def test_an_environment_that_cannot_work_is_refused_in_one_line(tmp_path, environment, message):
    refused = ask(tmp_path, code="import config.settings", **environment)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert message in refused.stderr


def test_the_tests_hide_every_variable_that_the_settings_read():
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', (settings.BASE_DIR / "config" / "settings.py").read_text()))
    assert read, "swept nothing"
    assert read == OWN


def test_the_readme_names_every_variable_and_no_other():
    first_cells = re.findall(r"^\| (`[A-Z_]+`.*?) \|", (settings.BASE_DIR / "README.md").read_text(), re.MULTILINE)
    named = {name for cell in first_cells for name in re.findall(r"`([A-Z_]+)`", cell)}
    assert named == OWN | {"CHROMIUM", "PYTHON"}


def test_the_database_lies_in_its_folder_whatever_that_is_called(tmp_path):
    folder = tmp_path / "a#b?c%20d"
    code = "from django.conf import settings; print(settings.DATABASES['default']['NAME'])"
    environment = {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings", "PATH": os.environ["PATH"]}
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == str(folder / "ledger.sqlite3")
