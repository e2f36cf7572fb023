"""`manage.py make_base --settings benchmarks.settings`: a synthetic base in an empty database."""

from time import perf_counter

from django.core.management.base import CommandError

from benchmarks.base import NotEmpty, make
from config.management.plain import PlainCommand


class Command(PlainCommand):
    """Make as many sources as are asked for, with 40 paragraphs each and all that is said of them."""

    help = "Fill an empty database with a synthetic base, always the same for the same size and seed."

    def add_arguments(self, parser):
        parser.add_argument("--sources", type=int, default=500, help="How many; 25000 make a million paragraphs.")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, sources, seed, **_):
        started = perf_counter()
        try:
            stored = make(sources, seed)
        except NotEmpty:
            raise CommandError("There are sources here. A synthetic base is made in an empty database.") from None
        self.say(f"Made {stored} records in {perf_counter() - started:.0f} seconds.")
