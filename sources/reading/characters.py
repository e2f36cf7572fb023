"""Characters that no text keeps: controls, marks that are never seen, halves of characters."""

import re
from dataclasses import dataclass

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # where a line may break, where it may not, and a byte order mark
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
HALVES = re.compile("[\ud800-\udfff]")
WHITE = re.compile(r"[ \t\n]+")
UNREADABLE = "\N{REPLACEMENT CHARACTER}"


@dataclass
class Removed:
    """Cleans texts of one document and counts what it removed."""

    controls: int = 0
    unseen: int = 0
    unreadable: int = 0
    turns: int = 0

    def clean(self, text, *, lines=False):
        """Return `text` without controls and without halves of characters.

        `lines`: it is a plain text, whose line ends and unseen marks stay.
        """
        if HALVES.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        if lines:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        else:
            text = re.sub(r"[\r\x0b\x0c\x85]", "\n", text)
            text, count = UNSEEN.subn("", text)
            self.unseen += count
        text, count = CONTROLS.subn("", text)
        self.controls += count
        self.unreadable += text.count(UNREADABLE)
        self.turns += len(TURNS.findall(text))
        return text

    def squeeze(self, text):
        """Return `text` on one line, white space squeezed as a browser does; no-break spaces inside it stay."""
        return WHITE.sub(" ", text).strip()

    def shows(self, text):
        """Whether a reader sees anything of `text`."""
        return bool(TURNS.sub("", UNSEEN.sub("", text)).strip())

    def notes(self):
        """Sentences on what was removed or cannot be read."""
        said = [
            (self.controls, "Control characters removed from the text: {}."),
            (self.unseen, "Soft hyphens and spaces of no width removed from the text: {}."),
            (self.unreadable, f"Characters that could not be read: {{}}. In their place stands {UNREADABLE}."),
            (self.turns, "Marks that turn the direction of writing: {}. What is seen may differ from the text."),
        ]
        return [sentence.format(f"{count:,}") for count, sentence in said if count]
