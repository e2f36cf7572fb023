"""Compile the curated data into the fixture that is loaded."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reforms.curated.compiling import CuratedDataInvalid, compile_folders
from reforms.curated.dumping import files
from reforms.curated.folders import changes, comments
from reforms.curated.gathering import made_entries
from reforms.curated.serialising import to_json


class Command(BaseCommand):
    help = "Compile fixtures/curated/ into fixtures/knowledge_base.json."
    requires_system_checks = []

    def add_arguments(self, parser):
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--check", action="store_true", help="write nothing; fail where a file is stale or not in its one form"
        )
        how.add_argument("--tidy", action="store_true", help="also write fixtures/curated/ anew, in its one form")

    def handle(self, *, check, tidy, **options):
        self.fixtures = settings.BASE_DIR / "fixtures"
        try:
            compilation = compile_folders(self.fixtures / "curated", self.fixtures / "texts")
        except CuratedDataInvalid as error:
            raise CommandError(f"{error}\nProblems: {len(error.problems)}. Nothing was written.") from error
        made, counters = compilation.records.made, compilation.counters()
        built, form = to_json(made, counters), files(made_entries(made, counters))
        if check:
            self.check_form(changes(self.fixtures / "curated", form))
            self.check_built(built)
        else:
            if tidy:
                self.tidy(changes(self.fixtures / "curated", form))
            self.write(built)

    def check_form(self, found):
        if places := [*comments(found.folder), *found.places()]:
            raise CommandError(
                "\n".join(places) + "\nThe curated data has one form, in which it is written by `make fixtures`."
            )

    def check_built(self, built):
        path = self.fixtures / "knowledge_base.json"
        if not path.exists() or path.read_text(encoding="utf-8") != built:
            raise CommandError("fixtures/knowledge_base.json is stale: run `make fixtures` and commit it.")
        self.stdout.write("fixtures/curated is in its one form, and fixtures/knowledge_base.json is up to date.")

    def tidy(self, found):
        if places := comments(found.folder):
            raise CommandError("\n".join(places) + "\nNothing was written.")
        found.make()
        self.stdout.write(found.told())

    def write(self, built):
        path = self.fixtures / "knowledge_base.json"
        path.write_text(built, encoding="utf-8")
        self.stdout.write(f"Wrote {path.relative_to(settings.BASE_DIR)}: {built.count(chr(10)) - 2} records.")
