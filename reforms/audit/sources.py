"""The source is never touched."""

import hashlib

from django.db import connection

from reforms.audit.finding import Finding
from reforms.triggers import REFORMS_TRIGGERS
from sources.models import Source
from sources.segmentation import segment
from sources.triggers import SOURCES_TRIGGERS, installed


def received_bytes_have_their_sum():
    """What was received, and the text, still have the SHA-256 that was taken when they came."""
    for source in Source.objects.accepted().iterator():
        for name, data, digest in (
            ("document", bytes(source.received), source.sha256),
            ("text", source.text.encode(), source.text_sha256),
        ):
            if hashlib.sha256(data).hexdigest() != digest:
                yield Finding(source.slug, f"The stored {name} does not have its SHA-256 any more.")


def paragraphs_are_the_lines_of_their_text():
    """Every paragraph of the text is stored, with its number, span and words, and no other is."""
    for source in Source.objects.accepted().iterator():
        stored = source.paragraphs.order_by("number").values_list("number", "start", "end", "text")
        lines = [(line.number, line.start, line.end, line.text) for line in segment(source.text)]
        if list(stored) != lines:
            yield Finding(source.slug, "The stored paragraphs are not the lines of the text.")


def triggers_stand_guard():
    """The database refuses a quote that is not its span, and a touched source."""
    there = installed(connection)
    for trigger in [*SOURCES_TRIGGERS, *REFORMS_TRIGGERS]:
        for name in trigger.names(connection.vendor):
            if name not in there:
                yield Finding(name, "This trigger is missing from the database; run `manage.py migrate`.")


SOURCE_RULES = [received_bytes_have_their_sum, paragraphs_are_the_lines_of_their_text, triggers_stand_guard]
