"""The two servers that are measured, each on one core that the load does not use."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from benchmarks.load import Refused, get, one
from config.management.commands.serve import Command as Serve

ROOT = Path(__file__).resolve().parents[1]
SERVER_CORE, LOAD_CORE = 0, 1
SECONDS_TO_START = 60
TICK = os.sysconf("SC_CLK_TCK")


def free_ports():
    """Return two ports on which nothing listens."""
    with socket.socket() as one, socket.socket() as other:
        for probe in (one, other):
            probe.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


def ledger(folder, port):
    """The ledger under the server of `manage.py serve`, which the base needs no preparing for."""
    environment = {"VAR_DIR": str(folder), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
    return started(Serve.gunicorn(), port, "/healthz", **environment, DATABASE_URL="", DEBUG="")


def datasette(folder, port):
    """Datasette as a data user would start it on the file: nothing set, the file not said to be immutable."""
    command = ["-m", "datasette", "serve", str(folder / "ledger.sqlite3"), "--port", str(port)]
    return started(command, port, "/-/versions.json")


@contextmanager
def started(command, port, ready, **environment):
    """Run a server until the block ends. Yield its process. Errors: Refused where it does not come up."""
    process = subprocess.Popen(  # noqa: S603 our own commands
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {SERVER_CORE}),
    )
    try:
        wait_for(process, port, ready)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def wait_for(process, port, path):
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            if one(port, get(port, path))[0] == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise Refused(f"{' '.join(map(str, process.args))} did not come up.")


def cpu_seconds(process):
    """Return the seconds of the core that a server and its workers have used."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[3]) == process.pid:  # the session, which is the server's own
            total += int(fields[11]) + int(fields[12])
    return total / TICK
