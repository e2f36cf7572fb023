"""The first promise, in the database itself: a quote is its span."""

from django.db import connections

from reforms.models import NOT_ITS_SPAN
from sources.triggers import Trigger, install

REFORMS_TRIGGERS = [
    Trigger(
        "citation_quote_is_its_span",
        "reforms_citation",
        ("INSERT", "UPDATE"),
        'NEW.quote <> (SELECT substr(p.text, NEW.start + 1, NEW."end" - NEW.start) FROM sources_paragraph p '
        "WHERE p.id = NEW.paragraph_id)",
        NOT_ITS_SPAN,
    ),
]


def install_reforms_triggers(using, **_):
    """After migrate: make the triggers of this app."""
    install(connections[using], REFORMS_TRIGGERS)
