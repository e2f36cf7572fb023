"""`manage.py serve`: what it refuses, and what it does before it serves."""

import socket
import sys

import pytest
from django.core.management import ManagementUtility, call_command
from django.core.management.base import CommandError

from config import starting
from config.management.commands import serve


@pytest.fixture
def taken():
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def free(settings):
    """PORT, with a number that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.PORT = str(probe.getsockname()[1])
    return int(settings.PORT)


@pytest.fixture
def became(monkeypatch):
    """What the command would have become, in a list."""
    commands = []
    monkeypatch.setattr(serve.Command, "become", staticmethod(commands.append))
    return commands


def test_a_taken_port_is_said_in_one_plain_line(settings, taken, became, capsys):
    settings.PORT = str(taken)
    with pytest.raises(SystemExit) as stopped:
        ManagementUtility(["manage.py", "serve"]).execute()
    assert stopped.value.code == 1
    assert capsys.readouterr().err == (
        f"Port {taken} is taken by another program. Stop it, or choose another port: PORT={taken + 1}.\n"
    )
    assert became == []


@pytest.mark.parametrize("port", ["x", "0", "65536", "-1", "8000.5", "８０００"])
def test_what_is_no_port_is_refused(settings, port):
    settings.PORT = port
    with pytest.raises(CommandError, match=r"PORT must be a number from 1 to 65535, and .* is not"):
        starting.address()


@pytest.mark.parametrize(
    ("host", "message"),
    [
        pytest.param("203.0.113.7", r"Cannot listen on 203\.0\.113\.7", id="another-machine"),
        pytest.param("no host", "BIND must be an address of this machine, and 'no host' is not", id="no-address"),
    ],
)
def test_what_is_no_address_of_this_machine_is_refused(settings, free, host, message):
    settings.BIND = host
    with pytest.raises(CommandError, match=message):
        starting.address()


def test_nobody_is_served_with_debug_on(settings, became):
    settings.DEBUG = True
    with pytest.raises(CommandError, match="DEBUG must be off"):
        call_command("serve")
    assert became == []


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("localhost", "http://localhost:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104 only named, not bound
        ("::1", "http://[::1]:8000/"),
        ("::", "http://[::1]:8000/"),
    ],
)
def test_the_address_is_one_that_can_be_opened(host, url):
    assert starting.url(host, 8000) == url


@pytest.mark.django_db
def test_each_step_is_said_and_then_the_server_takes_over(monkeypatch, capsys, free, became):
    called = []
    monkeypatch.setattr(serve, "call_command", lambda *command: called.append(command))
    monkeypatch.setattr(starting, "collect_static", lambda: True)
    call_command("serve")
    assert capsys.readouterr().out.splitlines() == [
        f"Database: {starting.database_name()}.",
        "Tables: up to date.",
        "Static files: collected.",
    ]
    assert called == [("load_knowledge", "--if-empty")]
    assert became == [["-m", "gunicorn", "--config", "python:config.server"]]


@pytest.mark.django_db
def test_developing_reloads_and_collects_nothing(monkeypatch, settings, free, became):
    settings.DEBUG = True
    monkeypatch.setattr(serve, "call_command", lambda *command: None)
    monkeypatch.setattr(starting, "collect_static", lambda: pytest.fail("collected"))
    call_command("serve", "--reload")
    assert became == [["manage.py", "runserver", f"127.0.0.1:{free}"]]


def test_gunicorn_opens_nothing_but_the_address_asked_for(monkeypatch, settings, capsys, free):
    monkeypatch.delitem(sys.modules, "config.server", raising=False)
    from config import server

    assert server.bind == f"127.0.0.1:{free}"
    assert (server.workers, server.threads, server.control_socket_disable) == (2, 4, True)
    server.when_ready(None)
    assert f"http://127.0.0.1:{free}/" in capsys.readouterr().out


def test_control_c_is_left_to_the_parent_of_the_workers(monkeypatch):
    from config import server

    told = []
    monkeypatch.setattr(server.signal, "signal", lambda *what: told.append(what))
    server.post_worker_init(None)
    assert told == [(server.signal.SIGINT, server.signal.SIG_IGN)]


def test_static_files_are_collected_only_where_they_changed(monkeypatch, settings, tmp_path):
    collected, contents = [], ["one"]
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    monkeypatch.setattr(starting, "_static_digest", lambda: contents[-1])
    monkeypatch.setattr(starting, "call_command", lambda *command, **options: collected.append(command))
    assert [starting.collect_static(), starting.collect_static()] == [True, False]
    contents.append("two")
    assert [starting.collect_static(), starting.collect_static()] == [True, False]
    assert collected == [("collectstatic",)] * 2


def test_a_database_that_cannot_be_reached_is_named_without_its_password(monkeypatch):
    class Unreachable:
        vendor = "postgresql"
        settings_dict = {"NAME": "ledger", "HOST": "db.example", "PASSWORD": "hidden"}

        def ensure_connection(self):
            raise starting.OperationalError("connection refused\n\tIs the server running?")

    monkeypatch.setattr(starting, "connection", Unreachable())
    with pytest.raises(CommandError) as refused:
        starting.check_database()
    assert str(refused.value) == (
        "The database (PostgreSQL, ledger on db.example) cannot be reached: connection refused"
    )
