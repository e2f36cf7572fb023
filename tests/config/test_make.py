"""The commands that people type, and what they say where the machine is not ready."""

import re
import shutil
import subprocess

import pytest
from django.conf import settings

MAKEFILE = settings.BASE_DIR / "Makefile"
PROMISED = {
    *("help", "run", "dev", "test", "check", "bench", "admin", "update"),
    *("backup", "restore", "dump", "fixtures", "schema", "messages", "screenshots", "lock", "clean"),
}

OLD = """#!/bin/sh
echo 3.9
"""
WITHOUT_VENV = """#!/bin/sh
case "$2" in *ensurepip*) exit 1;; *) echo 3.11;; esac
"""
WITHOUT_NETWORK = """#!/bin/sh
case "$*" in
    *'-m venv'*) mkdir -p .venv/bin; cp "$0" .venv/bin/python;;
    *'pip install'*) echo 'no network' >&2; exit 1;;
    *) echo 3.11;;
esac
"""


def make(folder, *arguments):
    """Run make on a copy of the Makefile in an empty folder."""
    shutil.copy(MAKEFILE, folder)
    (folder / "requirements.txt").touch()
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True)


def python(folder, script):
    """A Python that behaves as `script` says."""
    path = folder / "a-python"
    path.write_text(script)
    path.chmod(0o700)
    return f"PYTHON={path}"


def test_make_alone_lists_every_command(tmp_path):
    listed = re.findall(r"^  (\w+)", make(tmp_path).stdout, re.MULTILINE)
    phony = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE.read_text(), re.MULTILINE)[1].split())
    assert sorted(listed) == sorted(PROMISED)
    assert phony == PROMISED


@pytest.mark.parametrize(
    ("script", "message"),
    [
        pytest.param(OLD, "Python 3.11 or newer is needed. {python} is 3.9; Name another", id="too-old"),
        pytest.param(WITHOUT_VENV, "apt-get install python3.11-venv", id="without-venv"),
        pytest.param(WITHOUT_NETWORK, "Installing requirements.txt failed, for the reason above.", id="no-network"),
    ],
)
def test_a_machine_that_is_not_ready_is_told_what_to_do(tmp_path, script, message):
    said = make(tmp_path, "run", python(tmp_path, script))
    assert said.returncode != 0
    assert message.format(python=tmp_path / "a-python") in said.stderr
    assert not (tmp_path / ".venv" / "installed").exists()


def test_a_machine_without_python_is_told_so(tmp_path):
    assert "None was found." in make(tmp_path, "run", "PYTHON=/nowhere/python").stderr


def test_the_runner_can_be_run():
    runner = settings.BASE_DIR / ".ci" / "run"
    assert runner.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", runner]).returncode == 0
