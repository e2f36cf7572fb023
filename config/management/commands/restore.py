"""`make restore`: bring everything back from one file."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from config import archive, rows, starting
from config.management.plain import PlainCommand


class Command(PlainCommand):
    """Prove the file, keep a safety copy of what is there, and put the backup in its place: all or nothing."""

    help = "Bring everything back from a backup (the latest where none is named)."
    requires_system_checks = ()  # works also where the pages do not

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="A backup; the latest in VAR_DIR/backups by default.")
        parser.add_argument("--yes", action="store_true", help="Replace what is stored here now.")

    def handle(self, *, file, yes, **_):
        starting.check_database()
        if starting.waiting_migrations():
            starting.migrate()
        path = Path(file) if file else archive.latest()
        empty = rows.is_empty()
        if not empty and not yes:
            raise CommandError(f"This would replace what is stored here with {path}. To do so: make restore YES=1")
        restored = archive.restore(path, before=lambda: None if empty else self.keep_safe())
        self.say(f"Restored {restored.total} rows from {path}, made {restored.manifest['made']}.")
        if settings.SECRET_KEY_GIVEN:
            self.say("SECRET_KEY comes from the environment and was left as it is.")
        self.say("If the ledger is being served, stop and start it now.")

    def keep_safe(self):
        self.say(f"What was here is kept in {archive.make('before-restore').path}")
