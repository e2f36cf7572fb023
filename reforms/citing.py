"""How a claim or a source is cited: what a citation says of it, and the text that says it.

Pure functions. Each takes `address`, which makes an absolute address of a path. Nothing is filled in: an author that is
not stated is left out, and a date that is inferred is not given as one, but told in a note.
"""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reforms.models import Citation
from sources.dates import in_words

LEDGER = "Reform Ledger"


@dataclass(frozen=True)
class Work:
    """What is cited. Text that is not stated is "".

    `key`: the public name; `within`: the collection of which it is a part; `date`: EDTF; `notes`: whole sentences.
    """

    key: str
    title: str
    url: str
    within: str = ""
    author: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()


def claim(record, address):
    """A claim in the ledger, with the paragraphs it rests on. `record`: Claim with words at hand."""
    disputing = [one for one in record.citations.all() if one.stance == Citation.Stance.DISPUTES]
    others = [one for one in record.citations.all() if one.stance != Citation.Stance.DISPUTES]
    notes = [_("On: %(places)s.") % {"places": _places(others)}] if others else []
    notes += [_("Disputed by: %(places)s.") % {"places": _places(disputing)}] if disputing else []
    url = address(record.get_absolute_url())
    return Work(record.ref, one_line(record.text), url, within=LEDGER, notes=tuple(notes))


def source(record, address):
    """A source, as the ledger holds it."""
    notes = [] if record.title else [_("No title is stated: this is the label that the ledger gives it.")]
    if inferred := record.published and record.published_note:
        notes.append(_("The date is inferred: %(date)s.") % {"date": in_words(record.published)})
    return Work(
        key=record.slug,
        title=one_line(record.title or record.name),
        url=address(record.get_absolute_url()),
        author=one_line(record.author),
        publisher=one_line(record.publisher),
        date="" if inferred else record.published,
        language=one_line(record.language),
        notes=tuple(notes),
    )


def text(work):
    """Return the one line by which `work` is cited in a text."""
    if work.within:
        start = f"{work.within}, {work.key}: “{work.title}”"
    else:
        stated = [work.author, f"“{work.title}”", work.publisher, in_words(work.date)]
        start = ", ".join(part for part in stated if part) + "."
    return " ".join([start, *work.notes, work.url])


def one_line(words):
    """Return `words` on one line: white space as single spaces, and no control characters."""
    kept = "".join(sign for sign in words if sign.isspace() or unicodedata.category(sign) != "Cc")
    return " ".join(kept.split())


def _places(citations):
    """Name the paragraphs of `citations`, each once, by source and number."""
    found = {(one.paragraph.source.name, one.paragraph.source_id, one.paragraph.number) for one in citations}
    return "; ".join(f"{one_line(name)} ¶{number}" for name, _pk, number in sorted(found))
