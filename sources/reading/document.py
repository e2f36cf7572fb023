"""What reading a received document gives: its text, and what a curator is shown before it is accepted."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError


class CannotRead(ValidationError):
    """A document that is not taken, with the reason in words for whoever brought it."""


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
