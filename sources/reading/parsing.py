"""The readers by format. What they may run into on broken bytes is a refusal, in words."""

from importlib import import_module

from sources.reading.document import CannotRead

BROKEN = {
    "html": "The web page is broken: it cannot be read.",
    "pdf": "The PDF is broken: it cannot be read. Save it again.",
    "docx": "The Word file is broken: it cannot be read. Save it again.",
}


def parser(document_format):
    """Return what reads html, pdf or docx in this process: bytes to a Document. Errors: CannotRead; MemoryError."""
    reader = import_module(f"sources.reading.{document_format}")  # not above: each loads a large library

    def parse(data):
        try:
            return reader.read(data)
        except (CannotRead, MemoryError):
            raise
        except Exception as error:  # libraries raise dozens of errors on broken bytes, and not only their own
            raise CannotRead(BROKEN[document_format]) from error

    return parse
