"""Commands whose errors a person meets."""

import sys

from django.core.management.base import BaseCommand, CommandError


class PlainCommand(BaseCommand):
    """A command that says what is wrong in its own words only: no class names before them."""

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            if not getattr(self, "_called_from_command_line", False) or options.get("traceback"):
                raise
            self.stderr.write(str(error))
            sys.exit(error.returncode)

    def say(self, line):
        """Print `line` at once, also where the output is a pipe."""
        self.stdout.write(line)
        self.stdout.flush()
