"""A Word file is an archive: what it unpacks to is looked at before it is opened."""

import io
import zipfile

from sources.reading.document import CannotRead

MEGABYTE = 1024 * 1024
MOST_UNPACKED = 100  # megabytes
MOST_RATIO = 200
BOMB = f"The Word file unpacks to more than {MOST_UNPACKED} MB, or to far more than a document does: it is not opened."


def check(data):
    """Errors: CannotRead where the archive unpacks to too much, is locked, or its XML defines entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise CannotRead("The file is locked with a password: save it without one.")
        unpacked = sum(entry.file_size for entry in entries)
        packed = sum(entry.compress_size for entry in entries)
        if unpacked > MOST_UNPACKED * MEGABYTE or (unpacked > MEGABYTE and unpacked > MOST_RATIO * max(packed, 1)):
            raise CannotRead(BOMB)
        for entry in entries:
            _check(archive, entry)


def _check(archive, entry):
    """Unpack an entry, which is at most as long as it announces, or zipfile refuses it."""
    if not entry.filename.endswith((".xml", ".rels")):
        return
    content = archive.read(entry)
    start = content.replace(b"\0", b"")[:4096]
    if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
        raise CannotRead("The Word file defines entities of its own, which no Word file does: it is not opened.")
