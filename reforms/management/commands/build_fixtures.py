"""Compile the curated data into the fixture that is loaded."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reforms.curated.compiling import CuratedDataInvalid, compile_fixture


class Command(BaseCommand):
    help = "Compile fixtures/curated/ into fixtures/knowledge_base.json, or --check that it is up to date."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing; fail where the built file is stale")

    def handle(self, *, check, **options):
        fixtures = settings.BASE_DIR / "fixtures"
        built = fixtures / "knowledge_base.json"
        try:
            text = compile_fixture(fixtures / "curated", fixtures / "texts")
        except CuratedDataInvalid as error:
            raise CommandError(f"{error}\nProblems: {len(error.problems)}. Nothing was written.") from error
        if not check:
            built.write_text(text, encoding="utf-8")
            self.stdout.write(f"Wrote {built.relative_to(settings.BASE_DIR)}: {text.count(chr(10)) - 2} records.")
        elif not built.exists() or built.read_text(encoding="utf-8") != text:
            raise CommandError("fixtures/knowledge_base.json is stale: run `manage.py build_fixtures` and commit it.")
        else:
            self.stdout.write("fixtures/knowledge_base.json is up to date.")
