"""`manage.py measure_candidates --settings benchmarks.settings`: how often the candidates are the right ones."""

from pathlib import Path

from django.conf import settings

from benchmarks.candidates import markdown, measure
from config.management.plain import PlainCommand

START, END = "<!-- measured by measure_candidates -->\n", "<!-- end -->\n"


class Command(PlainCommand):
    """Hide what is known, look for it, and say how often it is among the first five. Changes nothing in the base."""

    help = "Measure the candidates on the base that is here; meant for the shipped one."

    def add_arguments(self, parser):
        parser.add_argument("--sample", type=int, help="How many cases of each question; all, if not given.")
        parser.add_argument("--write", action="store_true", help="Put the table into docs/search.md.")

    def handle(self, *, sample, write, **_):
        table = markdown(measure(sample))
        self.say(table)
        if write:
            path = Path(settings.BASE_DIR) / "docs" / "search.md"
            before, rest = path.read_text(encoding="utf-8").split(START)
            path.write_text(before + START + table + END + rest.split(END, 1)[1], encoding="utf-8")
