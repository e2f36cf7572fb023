"""An installation of its own for one test: a real database, a real server, and a browser without a screen."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import psycopg2
from django.conf import settings
from django.db import connection

from tests.run import OWN


class SQLite:
    """A database in a folder of its own, with the tables of the one that the tests run on."""

    def __init__(self, folder):
        self.folder = folder / "var"
        self.folder.mkdir()
        self.environment = {"VAR_DIR": str(self.folder)}
        connection.ensure_connection()
        with closing(sqlite3.connect(self.folder / "ledger.sqlite3")) as made:
            connection.connection.backup(made)

    def open(self):
        """Open it beside the server."""
        return sqlite3.connect(self.folder / "ledger.sqlite3", timeout=20)

    def is_being_written(self):
        """Say whether a transaction that writes is open."""
        with closing(sqlite3.connect(self.folder / "ledger.sqlite3", timeout=0)) as opened:
            try:
                opened.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return True
            return False

    def open_what_is_left(self):
        """Open a copy of what a killed server left, so that the next one recovers the original itself."""
        copy = tempfile.mkdtemp(dir=self.folder.parent)
        for file in self.folder.glob("ledger.sqlite3*"):
            if not file.name.endswith("-shm"):  # made anew from the log
                shutil.copy(file, copy)
        return sqlite3.connect(f"{copy}/ledger.sqlite3")

    def drop(self):
        """Do nothing: the folder goes with the test."""


class PostgreSQL:
    """A database of its own on the same server, with the tables of the one that the tests run on."""

    def __init__(self, folder):
        self.name = f"killed_{os.getpid()}"
        self.environment = {"VAR_DIR": str(folder / "var"), "DATABASE_URL": self.url(self.name)}
        connection.close()  # a database in use cannot be copied
        self.drop()  # one that a run which was itself killed may have left
        self.tell(f'CREATE DATABASE {self.name} TEMPLATE "{connection.settings_dict["NAME"]}"')

    @staticmethod
    def url(name):
        return urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()

    def tell(self, command):
        with closing(psycopg2.connect(self.url("postgres"))) as server:
            server.autocommit = True
            server.cursor().execute(command)

    def open(self):
        """Open it to look at one moment of it: what is left of a killed server's connection may still end."""
        opened = psycopg2.connect(self.url(self.name))
        opened.set_session("REPEATABLE READ", readonly=True)
        return opened

    def is_being_written(self):
        """Say whether a transaction that writes is open."""
        with closing(self.open()) as opened, opened.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xid IS NOT NULL"
            )
            return cursor.fetchone() != (0,)

    open_what_is_left = open

    def drop(self):
        self.tell(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


def free_port():
    """Return a port that nothing listens on, below those that the system gives to outgoing connections."""
    for port in range(20_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("every port is taken")


class Server:
    """`manage.py serve` with all its workers, as a group of processes that can be killed at once."""

    def __init__(self, database, folder):
        self.port, self.log, self.process = free_port(), folder / "server.log", None
        clean = {name: value for name, value in os.environ.items() if name not in OWN}
        self.environment = clean | {"BIND": "127.0.0.1", "PORT": str(self.port)} | database.environment

    def prepare(self, code):
        """Run Python in the installation before it is served."""
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, check=True)

    def start(self):
        """Start it, and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        assert self.listens(True), self.log.read_text()
        assert Browser(self.port).ask("/healthz")[0] == 200

    def kill(self):
        """Kill all its processes at once, and wait until none is left that could write."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None
        assert self.listens(False), "a worker outlived the kill"

    def listens(self, wanted):
        """Wait until it listens, or no longer does, as is `wanted`. Return whether that came."""
        until = time.monotonic() + 90
        while time.monotonic() < until and not (wanted and self.process.poll() is not None):
            with socket.socket() as probe:
                if (probe.connect_ex(("127.0.0.1", self.port)) == 0) == wanted:
                    return True
            time.sleep(0.02)
        return False


class Browser:
    """Asks one server, and shows it the cookies that it gave at the login."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, path, data=None):
        """GET `path`, or POST `data` there. Return (status, page, cookies). Errors: OSError, HTTPException."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if data else {}
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as http:
            http.request("POST" if data else "GET", path, urlencode(data) if data else None, headers)
            answer = http.getresponse()
            given = SimpleCookie()
            for header in answer.headers.get_all("Set-Cookie", []):
                given.load(header)
            return answer.status, answer.read().decode(), {name: one.value for name, one in given.items()}

    def log_in(self, username, password):
        """Sign in through the form."""
        _, page, self.cookies = self.ask("/admin/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        data = {"csrfmiddlewaretoken": token, "username": username, "password": password}
        status, page, self.cookies = self.ask("/admin/login/", data)
        assert status == 302, page
        assert "sessionid" in self.cookies


class FormFields(HTMLParser):
    """What a browser would post of the form called `form` on `page`, hidden fields and all, by name in `fields`."""

    def __init__(self, page, form):
        super().__init__()
        self.form, self.fields = form, {}
        self.inside, self.textarea, self.select = False, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name, value = given.get("name"), given.get("value") or ("on" if given.get("type") == "checkbox" else "")
        if tag == "form":
            self.inside = given.get("id") == self.form
        elif not self.inside:
            return
        elif tag == "option" and self.select and ("selected" in given or self.select not in self.fields):
            self.fields[self.select] = value
        elif tag == "select":
            self.select = name
        elif tag == "textarea":
            self.textarea, self.fields[name] = name, ""
        elif tag == "input" and name and self.is_sent(given):
            self.fields[name] = value

    @staticmethod
    def is_sent(given):
        """Say whether a browser would send an input as it is."""
        kind = given.get("type", "text")
        chosen = "checked" in given if kind in ("checkbox", "radio") else kind not in ("submit", "button", "file")
        return chosen and "disabled" not in given

    def handle_data(self, text):
        if self.textarea:
            self.fields[self.textarea] += text if self.fields[self.textarea] else text.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag in ("form", "textarea", "select"):
            self.textarea = self.select = None
            self.inside = self.inside and tag != "form"
