"""PDF files. A page is lines on paper; which of them make a paragraph is worked out from gaps, indents and ends."""

import io
import logging
import re

from pypdf import PdfReader
from pypdf.errors import DependencyError
from pypdf.generic import DictionaryObject

from sources.reading.document import CannotRead, Found, compose
from sources.reading.pdf_lines import BULLETS, Line, paragraphs, propose_headings, take_repeated

MOST_PAGES = 2_000
WIDE_BULLET = re.compile(rf"^([{BULLETS}–—-]|\d{{1,2}}[.)])\s{{2,}}")
LOCKED = "The PDF is locked with a password: save it without one."
PROTECTED = "The PDF is protected in a way that is not opened here: print it to a new PDF, and bring that."


def read(data):
    """Read a PDF. Returns a Document. Errors: CannotRead."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return read_open(data)
    except (DependencyError, NotImplementedError) as error:
        raise CannotRead(PROTECTED) from error


def read_open(data):
    """Read a PDF that opens without a password."""
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise CannotRead(LOCKED)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise CannotRead(f"The PDF has {count:,} pages. No more than {MOST_PAGES:,} are read: bring it in parts.")
    notes: list[str] = []
    pages = [lines(text) for text in texts(reader, notes)]
    empty = [number for number, page in enumerate(pages, start=1) if not page]
    if not count:
        raise CannotRead("The PDF has no page.")
    if len(empty) == count:
        pages_in_words = f"{count} page{'s' * (count > 1)}, none has text"
        raise CannotRead(f"The PDF is pictures of pages: {pages_in_words}. Bring it with its text recognised.")
    if empty:
        numbers = ", ".join(map(str, empty[:50])) + (" …" if len(empty) > 50 else "")
        notes.append(f"Without text, so perhaps pictures: page{'s' * (len(empty) > 1)} {numbers}.")
    blocks = paragraphs(take_repeated(pages))
    if not name_headings(reader, blocks):
        propose_headings(blocks)
    return compose("pdf", blocks, found=stated_by_file(reader), notes=notes)


def texts(reader, notes):
    """The text of each page as laid out; as stored where a page's layout leaves some of it out."""
    as_stored = []
    for number, page in enumerate(reader.pages, start=1):
        laid_out = ""
        try:
            laid_out = page.extract_text(extraction_mode="layout", layout_mode_strip_rotated=False)
        except (MemoryError, DependencyError):
            raise
        except Exception:
            as_stored.append(number)  # what the page holds decides below
        if not laid_out.strip() or has_forms(page):
            stored = page.extract_text()
            if letters(stored) > 1.05 * letters(laid_out):
                laid_out = stored
                as_stored.append(number)
        yield laid_out
    if numbers := sorted(set(as_stored)):
        notes.append(f"Paragraphs could not be told apart by layout on: {', '.join(map(str, numbers[:50]))}.")


def has_forms(page):
    """Whether a page draws parts that its layout does not reach into."""
    drawn = page.get("/Resources", DictionaryObject()).get_object().get("/XObject", DictionaryObject()).get_object()
    return any(one.get_object().get("/Subtype") == "/Form" for one in drawn.values())


def letters(text):
    return sum(map(str.isalnum, text))


def lines(text):
    """The lines of a page, each with how far it stands in and how many blank lines are above it."""
    found, gap = [], 0
    for one in text.expandtabs().splitlines():
        if one.strip():
            found.append(Line(WIDE_BULLET.sub(r"\1 ", one.strip()), len(one) - len(one.lstrip()), gap))
            gap = 0
        else:
            gap += 1
    return found


def name_headings(reader, blocks):
    """Make headings of the paragraphs that the file's outline names, in its order. Returns whether it names any."""
    waiting = list(outline(reader))
    named = len(waiting)
    for block in blocks:
        for at, (title, level) in enumerate(waiting[:5]):
            if not block.repeated and title == "".join(block.text.split()):
                block.kind, block.level = "heading", level
                del waiting[: at + 1]
                break
    return len(waiting) < named


def outline(reader):
    """(title without its spaces, level) of each entry of the outline; nothing where it is broken."""
    try:
        waiting = [(one, 1) for one in reader.outline]
    except Exception:
        return  # it only helps
    while waiting:
        entry, level = waiting.pop(0)
        if isinstance(entry, list):
            waiting = [(one, level + 1) for one in entry] + waiting
        else:
            yield "".join(str(entry.title).split()), min(level, 6)


def stated_by_file(reader):
    """Title and author that the file states; not a title which is only the name of a file."""
    try:
        stated = reader.metadata or {}
        values = {"title": stated.get("/Title"), "author": stated.get("/Author")}
        language = reader.trailer["/Root"].get("/Lang")
    except Exception:
        return []  # a broken description leaves the text as it is
    found = [
        Found(name, value.strip(), f"/{name.capitalize()} of the file")
        for name, value in values.items()
        if isinstance(value, str)
    ]
    return found + ([Found("language", language, "/Lang of the file")] if isinstance(language, str) else [])
