"""`make messages`: Django's own command, which also knows the name that lazy messages have here."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Gather messages, those marked by `_lazy` too."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=_lazy"]
