"""Load the shipped knowledge base, audited, in one transaction."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reforms import loading


class Command(BaseCommand):
    help = "Load fixtures/knowledge_base.json into an empty base; --update applies a newer one."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--if-empty", action="store_true", help="load where nothing is there; else only report")
        what.add_argument("--update", action="store_true", help="apply a newer fixture where nothing was edited here")

    def handle(self, *, if_empty, update, **options):
        path = settings.BASE_DIR / "fixtures" / "knowledge_base.json"
        if not path.exists():
            raise CommandError("fixtures/knowledge_base.json is missing: run `manage.py build_fixtures`.")
        try:
            self.stdout.write(self.act(path, if_empty, update))
        except loading.LoadRefused as error:
            raise CommandError(str(error)) from error

    def act(self, path, if_empty, update):
        if if_empty and not loading.is_empty():
            if not loading.adopt(path):
                return "This base was not loaded from the shipped knowledge; it is left as it is."
            if loading.is_newer(path):
                return "The shipped knowledge is newer than what was loaded; `make update` applies it."
            return "The knowledge base is loaded already."
        if update:
            if not loading.is_newer(path):
                return "The shipped knowledge is what was loaded; nothing to update."
            loading.update(path)
            return "Updated the knowledge base; the audit found nothing broken."
        loading.load(path)
        return "Loaded the knowledge base; the audit found nothing broken."
