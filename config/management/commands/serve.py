"""`make run` and `make dev`: prepare everything, then serve."""

import os
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

from config import starting
from config.management.plain import PlainCommand


class Command(PlainCommand):
    """Check the port, bring the database up to date, load the knowledge if it is empty, and serve."""

    help = "Prepare the database and serve on PORT (8000) of BIND (127.0.0.1)."

    def add_arguments(self, parser):
        parser.add_argument("--reload", action="store_true", help="For developing: reload on every change.")

    def handle(self, *, reload, **_):
        if settings.DEBUG and not reload:
            raise CommandError("DEBUG must be off where the ledger is served. To develop, use: make dev")
        host, port = starting.address()
        self.prepare()
        if not reload:
            changed = starting.collect_static()
            self.say(f"Static files: {'collected' if changed else 'unchanged'}.")
        self.become(["manage.py", "runserver", starting.joined(host, port)] if reload else self.gunicorn())

    def prepare(self):
        """Bring the database up to date and fill it if it is empty."""
        starting.check_database()
        self.say(f"Database: {starting.database_name()}.")
        applied = starting.migrate()
        self.say(f"Tables: {f'made or changed by {applied} migrations' if applied else 'up to date'}.")
        call_command("load_knowledge", "--if-empty")

    @staticmethod
    def gunicorn():
        return ["-m", "gunicorn", "--config", "python:config.server"]

    @staticmethod
    def become(command):
        """Replace this process, so that Control-C and signals reach the server itself."""
        os.chdir(settings.BASE_DIR)
        sys.stdout.flush()
        connections.close_all()
        os.execv(sys.executable, [sys.executable, *command])  # noqa: S606
