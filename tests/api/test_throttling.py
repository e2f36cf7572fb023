"""The count of an address: by the minute, and over all workers of the server."""

import json
import os
import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest

from api.throttling import Quota
from tests.config.installation import free_port
from tests.run import OWN

ADDRESS = "192.0.2.40"


@pytest.fixture
def quota(settings):
    """Three in a minute."""
    settings.A_LIMIT = 3
    return Quota("things", "A_LIMIT")


def test_a_minute_later_there_is_as_much_again(quota):
    first = quota.spend(ADDRESS, now=1_000_000)
    assert (first.left, first.over) == (2, False)
    assert [quota.spend(ADDRESS, now=1_000_000).left for _ in range(2)] == [1, 0]
    assert quota.spend(ADDRESS, now=1_000_000).over
    assert quota.spend(ADDRESS, now=1_000_000 + first.seconds - 1).over
    later = quota.spend(ADDRESS, now=1_000_000 + first.seconds)
    assert (later.left, later.seconds, later.over) == (2, 60, False)


def test_a_limit_of_0_is_none(quota, settings):
    settings.A_LIMIT = 0
    assert [quota.spend(ADDRESS) for _ in range(5)] == [None] * 5


def test_an_address_that_is_not_known_has_a_count_too(quota):
    assert [quota.spend(None, now=1_000_000).over for _ in range(4)] == [False, False, False, True]


COUNTED = """
import os
from api.throttling import REQUESTS

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "application/json")])
    return [f"[{os.getpid()}, {REQUESTS.spend('192.0.2.41', now=1_000_000).left}]".encode()]
"""


@pytest.fixture
def ask(tmp_path):
    """Ask the real server, with its own settings, for (the worker that answers, how much is left)."""
    (tmp_path / "counted.py").write_text(COUNTED)
    own = {"VAR_DIR": str(tmp_path), "PORT": str(free_port()), "API_REQUESTS_PER_MINUTE": "10"}
    command = ["-m", "gunicorn", "--config", "python:config.server", "--pythonpath", str(tmp_path), "counted:app"]
    environment = {name: value for name, value in os.environ.items() if name not in OWN} | own
    with subprocess.Popen([sys.executable, *command], env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert "Reform Ledger is at" in server.stdout.readline()

        def answer():
            with urlopen(f"http://127.0.0.1:{own['PORT']}/", timeout=20) as response:
                return json.load(response)

        yield answer
        server.terminate()


def test_all_workers_of_the_server_count_together(ask):
    first, left = ask()
    os.kill(first, signal.SIGSTOP)  # so that the other one answers
    try:
        second, left_then = ask()
    finally:
        os.kill(first, signal.SIGCONT)
    assert second != first
    assert (left, left_then, ask()[1]) == (9, 8, 7)
