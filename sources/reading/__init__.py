"""Received bytes to a Document: plain text, web pages, PDF and Word files."""

from sources.models import Source
from sources.reading.document import CannotRead, Document, Found
from sources.segmentation import segment

__all__ = ["CannotRead", "Document", "Found", "read"]


def read(data, file_name=""):
    """Read a document (`data`: bytes as received). Returns a Document. Errors: CannotRead, saying why."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CannotRead(f"The text is not UTF-8: byte {error.start} cannot be read.") from error
    kinds = [(one.kind, None) for one in segment(text)]
    if not kinds:
        raise CannotRead("The text holds no paragraph.")
    return Document(Source.Format.TEXT, text, kinds)
