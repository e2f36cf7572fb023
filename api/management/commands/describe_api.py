"""Write the description of the API that is served, or see that it is up to date."""

import json
import logging

from django.core.management.base import BaseCommand, CommandError
from drf_spectacular.generators import SchemaGenerator

from api.examples import with_examples
from api.views import DESCRIPTION


class Command(BaseCommand):
    help = "Write docs/openapi.json, with examples from the base that is loaded: load the shipped one first."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing; fail where the file is stale")

    def handle(self, *, check, **options):
        logging.disable(logging.WARNING)  # the refusals are asked for
        written = as_text(with_examples(described()))
        if not check:
            DESCRIPTION.write_text(written, encoding="utf-8")
            self.stdout.write("Wrote docs/openapi.json.")
        elif not DESCRIPTION.exists() or DESCRIPTION.read_text(encoding="utf-8") != written:
            raise CommandError("docs/openapi.json is stale: run `make schema` and commit it.")
        else:
            self.stdout.write("docs/openapi.json is up to date.")


def described():
    """Return the description of the API as the code gives it, without examples."""
    return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True)))


def as_text(document):
    """Return the description in its one form."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
