"""What reading a received document gives: its text, and what a curator is shown before it is accepted."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from sources.reading.characters import Removed
from sources.segmentation import propose_kind

LARGEST = 25  # megabytes
MOST_BYTES = LARGEST * 1024 * 1024
MOST_PARAGRAPHS = 20_000
MOST_CHARACTERS = 5_000_000
LONGEST_PARAGRAPH = 100_000  # characters; the full-text search of PostgreSQL takes no paragraph above a megabyte
LONGEST = {"title": 500, "author": 200, "publisher": 200, "language": 20, "published": 10, "rights": 1000}

ENDS = re.compile(r"[.!?:;…]['\"”’»)\]]*$")  # of a sentence


class CannotRead(ValidationError):
    """A document that is not taken, with the reason in words for whoever brought it."""


def refuse_size(size):
    """Errors: CannotRead where a document of `size` bytes is not looked at."""
    if size > MOST_BYTES:
        raise CannotRead(f"The document is larger than {LARGEST} MB, and was not read.")


@dataclass(frozen=True)
class Found:
    """Something that the document states of itself: the field of a Source, its value, and where it stands there."""

    name: str
    value: str
    where: str


@dataclass
class Document:
    """A document as read.

    `format`: of Source.Format. `text`: the canonical text, one paragraph a line. `kinds`: (kind, level or None) of
    each paragraph of it, as proposed. `repeated`: numbers of those paragraphs that stand on most pages (headers,
    footers). `notes`: sentences on what a person has to look at, such as pages without text.
    """

    format: str
    text: str
    kinds: list[tuple[str, int | None]]
    repeated: list[int] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Block:
    """A paragraph on its way into a document. `repeated`: it stands on most pages."""

    text: str
    kind: str = "paragraph"
    level: int | None = None
    repeated: bool = False


def row(cells):
    """Return the blocks of a table's row: one, its cells joined, unless a cell holds several (it is a layout then)."""
    filled = [shown for cell in cells if (shown := [block for block in cell if block.text.strip()])]
    if len(filled) > 1 and all(len(cell) == 1 for cell in filled):
        return [Block(" | ".join(cell[0].text.strip() for cell in filled))]
    return [block for cell in filled for block in cell]


def lines_of(text):
    """Return the paragraphs of a text in which U+000D stands for each line break.

    Two of them end a paragraph, and so does one after the end of a sentence; else one is a space.
    """
    lines: list[str] = []
    for line in text.split("\r"):
        if lines and line.strip() and lines[-1].strip() and not ENDS.search(lines[-1].rstrip()):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return [line for line in lines if line.strip()]


def compose(document_format, blocks, *, found=(), notes=(), removed=None):
    """Return the Document of `blocks` in order. Those that show nothing are left out. Errors: CannotRead.

    `removed`: the Removed of what was cleaned before.
    """
    removed = removed or Removed()
    kept = []
    for block in blocks:
        block.text = removed.squeeze(removed.clean(block.text))
        if removed.shows(block.text):
            kept.append(block)
    check_size([block.text for block in kept])
    kinds = [(propose_kind(b.text) if b.kind == "paragraph" else b.kind, b.level) for b in kept]
    return Document(
        document_format,
        "\n".join(block.text for block in kept),
        kinds,
        [number for number, block in enumerate(kept, start=1) if block.repeated],
        stated(found, [block.text for block in kept]),
        [*notes, *removed.notes()],
    )


def check_size(paragraphs):
    """Errors: CannotRead where these texts of paragraphs are none, too many or too long."""
    if not paragraphs:
        raise CannotRead("The document holds no paragraph: there is no text in it.")
    if len(paragraphs) > MOST_PARAGRAPHS:
        raise CannotRead(f"The document has {len(paragraphs):,} paragraphs. No more than {MOST_PARAGRAPHS:,} are read.")
    check_length(sum(map(len, paragraphs)))
    for number, text in enumerate(paragraphs, start=1):
        if len(text) > LONGEST_PARAGRAPH:
            long = f"Paragraph {number} has {len(text):,} characters: more than {LONGEST_PARAGRAPH:,}"
            raise CannotRead(f"{long}. Is each paragraph a line of its own?")


def check_length(characters):
    """Errors: CannotRead where a document has so many characters."""
    if characters > MOST_CHARACTERS:
        raise CannotRead(f"The document has {characters:,} characters. No more than {MOST_CHARACTERS:,} are read.")


def stated(found, paragraphs):
    """Return what the document states: the first of each name that fits its field, and a line on rights, if any."""
    lines = [
        Found("rights", text, f"paragraph {number}")
        for number, text in enumerate(paragraphs, start=1)
        if text.lstrip().startswith("©")
    ]
    first: dict[str, Found] = {}
    for one in [*found, *lines[:1]]:
        cleaner = Removed()
        value = cleaner.squeeze(cleaner.clean(one.value)).strip()
        if (
            cleaner.shows(value)
            and len(value) <= LONGEST[one.name]
            and not (one.name == "title" and is_file_name(value))
        ):
            first.setdefault(one.name, Found(one.name, value, one.where))
    return list(first.values())


def is_file_name(title):
    """Whether a title is only what a program wrote there: the name of the file it came from, or nothing."""
    words = title.strip().lower()
    kinds = (
        ".doc",
        ".docx",
        ".pdf",
        ".rtf",
        ".indd",
        ".odt",
        ".html",
        ".htm",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".txt",
    )
    return words.startswith("microsoft ") or words.endswith(kinds) or words in ("untitled", "document1", "about:blank")
