"""Write the whole base, as readers see it, to one file that others can take home."""

import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from api import data_package


class Command(BaseCommand):
    help = "Write the whole base as a data package (a zip of CSV files with their description)."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default=data_package.NAME, help="default: %(default)s")

    def handle(self, *, file, **options):
        target = Path(file).resolve()
        try:
            self.export(target)
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Wrote {target}, {target.stat().st_size:,} bytes.")

    def export(self, target):
        """Write beside the file and put it in its place when it is whole."""
        number, part = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        try:
            with open(number, "wb") as opened:
                data_package.write(opened, told=lambda table, rows: self.stdout.write(f"{table}: {rows} rows"))
            Path(part).chmod(0o644)  # a temporary file is for its owner alone
            Path(part).replace(target)
        finally:
            Path(part).unlink(missing_ok=True)
