"""`make check`: every template can be read."""

from django.conf import settings
from django.core.management.base import CommandError
from django.template import TemplateSyntaxError
from django.template.loader import get_template

from config.management.plain import PlainCommand


class Command(PlainCommand):
    """Compile every template of the project, also those that no test happens to draw."""

    help = "Compile every template; name those that cannot be read."

    def handle(self, **_):
        folder = settings.BASE_DIR / "templates"
        names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
        wrong = [f"templates/{name}: {error}" for name in names if (error := self.error(name))]
        if wrong or not names:
            raise CommandError("\n".join(wrong or ["No template was found."]))
        self.say(f"{len(names)} templates can be read.")

    @staticmethod
    def error(name):
        try:
            get_template(name)
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            return error
        return None
