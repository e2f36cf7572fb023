"""`make backup`: keep everything in one file."""

from django.core.management.base import CommandError

from config import archive, starting
from config.management.plain import PlainCommand


class Command(PlainCommand):
    """Write users, knowledge, history and the secret key into one file. May run while the ledger is served."""

    help = "Keep everything in one file under VAR_DIR/backups."
    requires_system_checks = ()  # works also where the pages do not

    def handle(self, **_):
        starting.check_database()
        if waiting := starting.waiting_migrations():
            raise CommandError(f"The tables lack {waiting} migrations. Start the ledger once (make run), then back up.")
        made = archive.make()
        self.say(f"Kept {made.total} rows and the secret key in {made.path}")
        self.say("The file holds passwords' hashes and the key: keep it where only you can read it.")
