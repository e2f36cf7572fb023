"""Plain text: in UTF-8 as it is, byte for byte; in other encodings decoded, with a note that says from which."""

from sources.reading.characters import CONTROLS, Removed
from sources.reading.document import CannotRead, Document, check_length, check_size, stated
from sources.reading.encoding import NotText, decode
from sources.segmentation import segment

RUBBISH = 0.05  # as many controls among the characters are no text


def read_plain(data):
    """Read a plain text. Returns a Document. Errors: CannotRead."""
    try:
        text, encoding = decode(data)
    except NotText as error:
        raise CannotRead(f"This is no text, and no document of a kind that is read here. {error}") from error
    check_length(len(text))
    if "\0" in text:
        raise CannotRead("The text holds a NUL character, which no database keeps.")
    controls = len(CONTROLS.findall(text)) - text.count("\r") - text.count("\f")
    if controls > RUBBISH * len(text):
        raise CannotRead("This is no text: too many of its characters are controls.")
    notes = []
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
        notes.append("Its lines ended in U+000D, as on old Macs: they end in U+000A in the text.")
    removed = Removed()
    if encoding != "UTF-8":
        text = removed.clean(text, lines=True)
        notes.append(f"The text was read as {encoding}.")
    check_size([line for line in text.split("\n") if line.strip()])
    segments = segment(text)
    found = stated([], [one.text for one in segments])
    return Document("text", text, [(one.kind, None) for one in segments], [], found, [*notes, *removed.notes()])
