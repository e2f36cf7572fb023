"""Accepting a source: from then on its text and its paragraphs' numbers never change."""

from django.core.exceptions import ValidationError
from simple_history.utils import bulk_create_with_history

from sources.changes import change_set
from sources.models import Paragraph, Source, propose_paragraphs
from sources.receiving import kinds_of


def accept(source, *, by=None, kinds=None, seen=""):
    """Save `source` (received, not yet accepted) with its paragraphs, as one change.

    `kinds`: see `propose_paragraphs`; those of its draft where none are given. The draft is emptied.
    `seen`: the SHA-256 of the text that was looked at, of a stored source.
    Errors: ValidationError where the source or a paragraph breaks a rule, or the stored text is another than
    the one that was looked at; nothing is stored then.
    """
    if source.accepted:
        raise ValidationError("This source was accepted before.")
    if kinds is None:
        kinds = dict(enumerate(kinds_of(source), start=1))
    with change_set(by=by, reason=f"Accepted the source {source.slug}."):
        waiting = Source.objects.select_for_update().filter(pk=source.pk, accepted=False)
        if source.pk and not waiting.filter(text_sha256=seen or source.text_sha256).exists():
            raise ValidationError("The text was changed meanwhile. Look at its paragraphs again.")
        source.accepted, source.draft = True, {}
        source.full_clean()
        source.save()
        _store(propose_paragraphs(source, kinds))
    return source


def _store(paragraphs):
    """Save new paragraphs in a few statements, however many there are.

    Their numbers, spans and texts are right by how they were made, so only each kind and level is checked.
    """
    for paragraph in {(one.kind, one.level): one for one in paragraphs}.values():
        paragraph.full_clean(exclude=["source", "section"])
    headings = [one for one in paragraphs if one.kind == Paragraph.Kind.HEADING]
    for heading in headings:  # sections point at them
        heading.save()
    others = [one for one in paragraphs if one.kind != Paragraph.Kind.HEADING]
    bulk_create_with_history(others, Paragraph, batch_size=500)


def reconsider(source, kinds, *, by=None):
    """Change the kinds of an accepted source's paragraphs, and the sections that follow from them.

    `kinds`: paragraph number to (kind, level). Text, numbers and offsets stay as they are.
    """
    stored = {paragraph.number: paragraph for paragraph in source.paragraphs.all()}
    decided = {number: (paragraph.kind, paragraph.level) for number, paragraph in stored.items()} | kinds
    with change_set(by=by, reason=f"Changed kinds of paragraphs of {source.slug}."):
        for proposed in propose_paragraphs(source, decided):
            paragraph = stored[proposed.number]
            section = stored[proposed.section.number] if proposed.section else None
            if (paragraph.kind, paragraph.level, paragraph.section) != (
                proposed.kind,
                proposed.level,
                section,
            ):
                paragraph.kind, paragraph.level, paragraph.section = proposed.kind, proposed.level, section
                paragraph.full_clean(exclude=["source", "section"])
                paragraph.save()
