"""Received bytes to a Document: plain text, web pages, PDF and Word files."""

from sources.reading.apart import WORK, read_apart
from sources.reading.detection import detect
from sources.reading.document import LARGEST, MOST_BYTES, CannotRead, Document, Found, refuse_size
from sources.reading.plain import read_plain

__all__ = ["LARGEST", "MOST_BYTES", "CannotRead", "Document", "Found", "read", "refuse_size"]


def read(data, file_name="", *, work=WORK):
    """Read a document (`data`: bytes as received). Returns a Document. Errors: CannotRead, saying why.

    All but plain text is read in a process of its own, which takes about a second, and no more than `work` seconds of
    the processor.
    """
    refuse_size(len(data))
    if not data.strip():
        raise CannotRead("The document is empty.")
    document_format = detect(data, file_name)
    return read_plain(data) if document_format == "text" else read_apart(document_format, data, work=work)
