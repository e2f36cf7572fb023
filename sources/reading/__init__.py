"""Received bytes to a Document: plain text, web pages, PDF and Word files."""

from sources.reading.apart import WORK, read_apart
from sources.reading.detection import detect
from sources.reading.document import LARGEST, CannotRead, Document, Found
from sources.reading.plain import read_plain

__all__ = ["LARGEST", "CannotRead", "Document", "Found", "read"]


def read(data, file_name="", *, work=WORK):
    """Read a document (`data`: bytes as received). Returns a Document. Errors: CannotRead, saying why.

    All but plain text is read in a process of its own, which takes about a second, and no more than `work` seconds of
    the processor.
    """
    if len(data) > LARGEST * 1024 * 1024:
        raise CannotRead(f"The document is larger than {LARGEST} MB.")
    if not data.strip():
        raise CannotRead("The document is empty.")
    document_format = detect(data, file_name)
    return read_plain(data) if document_format == "text" else read_apart(document_format, data, work=work)
