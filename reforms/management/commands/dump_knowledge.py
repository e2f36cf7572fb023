"""Write the knowledge that is stored as text, in the form from which it is compiled and loaded again."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from yaml.representer import RepresenterError

from reforms.curated.dumping import files
from reforms.curated.folders import changes, comments
from reforms.curated.gathering import stored_entries
from reforms.curated.texts import TextsClash, changed_texts, needed_texts, strays, write_texts
from reforms.loading import overtaken
from sources.snapshots import snapshot


class Command(BaseCommand):
    help = "Write fixtures/curated/ and the texts in fixtures/texts/ and fixtures/canonical/ from the database."

    def add_arguments(self, parser):
        parser.add_argument("--to", metavar="FOLDER", help="the folder to write to instead of fixtures/")
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a file would change")

    def handle(self, *, to, check, **options):
        folder = Path(to).resolve() if to else settings.BASE_DIR / "fixtures"
        if places := comments(folder / "curated"):
            raise CommandError("\n".join([*places, "Nothing was written."]))
        try:
            with snapshot():
                self.dump(folder, check)
        except (TextsClash, RepresenterError, OSError) as error:
            raise CommandError(f"The knowledge cannot be dumped: {error}") from error

    def dump(self, folder, check):
        needed = needed_texts()
        found, new = changes(folder / "curated", files(stored_entries())), changed_texts(folder, needed)
        if found.gone and not found.written and not found.unchanged:
            raise CommandError("Nothing is stored here, so a dump would only delete. `make run` loads the knowledge.")
        if check:
            return self.compare([*found.written, *found.gone, *new])
        self.warn(overtaken(folder / "knowledge_base.json"))
        write_texts(folder, new)
        found.make()
        self.stdout.write(found.told(new, len(needed) - len(new)))
        for name in strays(folder, needed):
            self.stdout.write(f"No source has {name}; it was left there.")

    def compare(self, names):
        if names:
            raise CommandError("\n  ".join(["A dump would change these files:", *names]))
        self.stdout.write("A dump would change nothing.")

    def warn(self, names):
        if names:
            records = f"{len(names)} record{'s' if len(names) > 1 else ''}"
            self.stderr.write(
                f"The fixture says of {records} what was never loaded here, such as {names[0]}: "
                "this dump takes it back, as `git diff` shows."
            )
