"""What happens before the ledger serves: address, database, knowledge, static files."""

import errno
import hashlib
import socket

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor


def address():
    """Return (host, port) to listen on, from BIND and PORT.

    Errors: CommandError where the port is no port, is taken, or the host is not of this machine.
    """
    host, port = settings.BIND.strip("[]"), settings.PORT
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535):
        raise CommandError(f"PORT must be a number from 1 to 65535, and {port!r} is not.")
    try:
        family, kind, *_, where = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except PermissionError as error:
        raise CommandError(f"Port {port} needs more rights. Choose one above 1023: PORT=8001.") from error
    except socket.gaierror as error:
        raise CommandError(f"BIND must be an address of this machine, and {host!r} is not.") from error
    except OSError as error:
        raise CommandError(_refusal(error, host, port)) from error
    return host, int(port)


def _refusal(error, host, port):
    if error.errno == errno.EADDRINUSE:
        other = max(1024, (int(port) + 1) % 65536)
        return f"Port {port} is taken by another program. Stop it, or choose another port: PORT={other}."
    return f"Cannot listen on {host}: {error.strerror}."


def joined(host, port):
    """Return host and port as servers and browsers write them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def url(host, port):
    """Return the address as a person types it on this machine."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 only named, not bound
    return f"http://{joined(everywhere.get(host, host), port)}/"


def database_name():
    """Return what to call the database when talking to a person; never its password."""
    named = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"SQLite, {named['NAME']}"
    host = named["HOST"] or named.get("OPTIONS", {}).get("host") or "this machine"
    return f"PostgreSQL, {named['NAME']} on {host}"


def check_database():
    """Errors: CommandError where the database cannot be reached."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandError(f"The database ({database_name()}) cannot be reached: {reason}") from error


def waiting_migrations():
    """Return how many migrations the tables lack."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate():
    """Bring the tables up to date. Return how many migrations were applied."""
    waiting = waiting_migrations()
    call_command("migrate", interactive=False, verbosity=0)
    if waiting:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # of a new index that nobody counted, SQLite thinks more than it is worth
    return waiting


def collect_static():
    """Collect the static files where they changed since the last time. Return whether they had."""
    stamp, digest = settings.VAR_DIR / "static.sha256", _static_digest()
    if stamp.exists() and stamp.read_text() == digest and settings.STATIC_ROOT.is_dir():
        return False
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=settings.STATIC_ROOT.is_dir(), verbosity=0)
    stamp.write_text(digest)
    return True


def _static_digest():
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            with storage.open(path) as file:
                digest.update(f"{path} {hashlib.sha256(file.read()).hexdigest()}\n".encode())
    return digest.hexdigest()
