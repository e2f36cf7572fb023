"""Receiving a document: what was received is kept as it is, and its text becomes a draft until a curator accepts it.

In a draft only the borders of paragraphs and their kinds are decided. Its words are those of the document: whatever is
split or joined, the characters that are not white space stay the same, in the same order (`redraw`).
"""

import hashlib
import logging
import re
from bisect import bisect_right

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from sources.changes import change_set
from sources.models import HereAlready, Paragraph, Source
from sources.naming import proposed_name, proposed_slug
from sources.reading import CannotRead, read, refuse_size
from sources.segmentation import segment

STATED = ("title", "author", "publisher", "language", "published", "rights")  # fields that a document may state
log = logging.getLogger(__name__)


def receive(data, file_name="", *, slug="", name="", by=None, **given):
    """Store a document (`data`: bytes as received) as a source that is not accepted yet, and return it.

    `slug` and `name` are proposed where they are empty; `given`: other fields, instead of what the document states.
    Errors: CannotRead, HereAlready, ValidationError where a field breaks a rule; nothing is stored then.
    """
    refuse_size(len(data))
    sha256 = hashlib.sha256(data).hexdigest()
    if twin := Source.objects.filter(sha256=sha256).defer("text", "received", "draft").first():
        raise HereAlready(twin)
    document = _read(data, file_name)
    source = Source(received=data, sha256=sha256, format=document.format, **given)
    source.draft = {"notes": [_plain(note) for note in document.notes], "found": _take(source, document.found)}
    _take_file_name(source, file_name)
    repeated = set(document.repeated)
    _keep(source, document.text, [(*kind, n in repeated) for n, kind in enumerate(document.kinds, start=1)])
    titles = list(_titles(source, _plain(file_name)))
    source.slug = slug or next(filter(None, map(proposed_slug, titles)), "") or proposed_slug("source")
    source.name = name or proposed_name(next(filter(str.strip, titles)))
    try:
        with change_set(by=by, reason=f"Received the source {source.slug}."):
            source.full_clean()
            source.save()
    except IntegrityError as error:
        raise ValidationError("Somebody stored the same, or under the same slug, just now. Try again.") from error
    return source


def _read(data, file_name):
    """Read a document. Errors: CannotRead, also where reading it fails in a way that nobody foresaw."""
    try:
        document = read(data, file_name)
        document.text.encode()
        if "\0" in document.text:
            raise CannotRead("The text holds a NUL character, which no database keeps.")
        if not document.kinds or len(document.kinds) != len(segment(document.text)):
            raise ValueError("Not every paragraph has a kind.")
    except CannotRead:
        raise
    except Exception as error:
        log.exception("A document could not be read.")
        raise CannotRead(f"It cannot be read ({type(error).__name__}).") from error
    return document


def _plain(text):
    """Return `text` without what no database keeps."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _take(source, found):
    """Fill the fields that the document states and nobody gave. Return what was found, and whether it was taken."""
    rows = []
    for one in found:
        value = _plain(one.value).strip()
        taken = bool(value) and one.name in STATED and not getattr(source, one.name) and _fits(source, one.name, value)
        if taken:
            setattr(source, one.name, value)
        rows.append({"name": one.name, "value": value, "where": _plain(one.where), "taken": taken})
    return rows


def _fits(source, name, value):
    try:
        source._meta.get_field(name).clean(value, source)
    except ValidationError:
        return False
    return True


def _take_file_name(source, name):
    """Keep what the file was called, where a source may be called so and no other is."""
    if not name or source.file_name:
        return
    if _plain(name) != name or not _fits(source, "file_name", name):
        why = "a source cannot be called so"
    elif Source.objects.filter(file_name=name).exists():
        why = "another source has it"
    else:
        source.file_name = name
        return
    source.draft["notes"].append(f"The file was called “{_plain(name)}”. That is not kept: {why}.")


def _titles(source, file_name):
    """Yield what a source may be called after, the best first: its title, its first heading, its file, its words."""
    found = [one["value"] for one in source.draft["found"] if one["name"] == "title"]
    lines = segment(source.text)
    headings = (one.text for one, (kind, _) in zip(lines, kinds_of(source), strict=True) if kind == "heading")
    yield from [source.title, *found[:1], next(headings, ""), file_name.rpartition(".")[0] or file_name, lines[0].text]


def kinds_of(source):
    """Return (kind, level or None) of each paragraph of a source that is not accepted, as decided until now."""
    return [(kind, level) for kind, level, _ in _marks(source)]


def repeated_in(source):
    """Return the numbers of the paragraphs that stand on most pages of the document."""
    return {number for number, (*_, repeated) in enumerate(_marks(source), start=1) if repeated}


def decide(source, kinds):
    """Put into the draft what kind paragraphs are. `kinds`: paragraph number to (kind, level).

    Errors: ValidationError where there is no such paragraph or kind.
    """
    marks = _marks(source)
    for number, (kind, level) in kinds.items():
        if not 1 <= number <= len(marks):
            raise ValidationError(f"There is no paragraph {number}: the last is {len(marks)}.")
        levels = range(1, 7) if kind == Paragraph.Kind.HEADING else [None]
        if kind not in Paragraph.Kind.values or level not in levels:
            raise ValidationError(f"Paragraph {number}: “{kind}” is no kind of paragraph.")
        marks[number - 1] = (kind, level, marks[number - 1][2])
    _keep(source, source.text, marks)


def redraw(source, lines, joined=()):
    """Draw the borders of paragraphs anew, in the draft of `source`; it is not saved.

    `lines`: paragraph number to its text, with a line end wherever it is split; `joined`: numbers of those that become
    one with the paragraph before. Each paragraph is of the kind of the one in which it begins.
    Errors: ValidationError where anything but white space would change.
    """
    text = _redrawn(source.text, lines, set(joined))
    if _words(text) != _words(source.text):
        other = [
            n for n, one in enumerate(segment(source.text), 1) if n in lines and _words(lines[n]) != _words(one.text)
        ]
        raise ValidationError(
            f"Paragraph {', '.join(map(str, other))}: only spaces and line ends may be changed. The words are those "
            "of the document."
        )
    if text == source.text:
        return
    marks = _marks(source)
    starts = _starts(source.text)
    before = _before(source, marks)
    _keep(source, text, [marks[bisect_right(starts, start) - 1] for start in _starts(text)])
    source.draft["before"] = before


def _redrawn(text, lines, joined):
    parts, at = [], 0
    for one in segment(text):
        joins = one.number in joined and one.number > 1
        parts.append(" " if joins else text[at : one.start])
        parts.append(_as_typed(lines[one.number]) if one.number in lines else one.text)
        if parts[-1] == _as_typed(one.text):  # what a browser sends back of a text that nobody touched
            parts[-1] = one.text
        at = one.end
    return "".join([*parts, text[at:]])


def _as_typed(text):
    return re.sub("\r\n?", "\n", text)


def _words(text):
    """Return the characters of `text` that are not white space."""
    return "".join(text.split())


def _starts(text):
    """Return where each paragraph begins, counted in characters that are not white space."""
    starts, at = [], 0
    for one in segment(text):
        starts.append(at)
        at += len(_words(one.text))
    return starts


def undo_borders(source):
    """Take back the last change of borders. What was decided since, of paragraphs that it left alone, stays so.

    Errors: ValidationError where there is none.
    """
    if not (before := source.draft.pop("before", None)):
        raise ValidationError("There is no change of borders to undo.")
    now = dict(zip(_paragraphs(source.text), _marks(source), strict=True))
    marks = zip(_paragraphs(before["text"]), before["marks"], strict=True)
    _keep(source, before["text"], [now.get(place, tuple(mark)) for place, mark in marks])


def _paragraphs(text):
    return list(zip(_starts(text), (one.text for one in segment(text)), strict=True))


def read_again(source):
    """Read what was received anew, which may take a minute: not while anybody waits. Errors: CannotRead."""
    return _read(bytes(source.received), source.file_name)


def start_again(source, document):
    """Make borders and kinds again as `document` (see `read_again`) proposes. It can be undone as a change of them."""
    before, repeated = _before(source, _marks(source)), set(document.repeated)
    _keep(source, document.text, [(*kind, n in repeated) for n, kind in enumerate(document.kinds, start=1)])
    source.draft["before"] = before


def _before(source, marks):
    return {"text": source.text, "marks": [list(mark) for mark in marks]}


def _marks(source):
    """Return (kind, level, whether repeated) of each paragraph; as proposed by its text where nothing was kept."""
    kinds, repeated = source.draft.get("kinds", []), set(source.draft.get("repeated", []))
    segments = segment(source.text)
    if len(kinds) != len(segments):
        kinds = [(one.kind, None) for one in segments]
    return [(kind, level, number in repeated) for number, (kind, level) in enumerate(kinds, start=1)]


def _keep(source, text, marks):
    """Put a text and the marks of its paragraphs into a source that is not accepted."""
    source.text, source.text_sha256 = text, hashlib.sha256(text.encode()).hexdigest()
    source.draft |= {
        "kinds": [[kind, level] for kind, level, _ in marks],
        "repeated": [number for number, (*_, repeated) in enumerate(marks, start=1) if repeated],
    }
