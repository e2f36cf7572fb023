"""The sources of a random base: texts and documents, accepted or waiting."""

import hashlib

from sources.acceptance import accept
from sources.models import Paragraph, Source
from tests.curated.drawing import DATES, FILE_NAMES, LINES


class Documents:
    """What a World (see `worlds`) makes first."""

    def sources(self):
        self.paragraphs, made, names = [], [], self.shuffled(FILE_NAMES)
        for number in range(self.number(2, 3)):
            lines = self.some([*LINES, "", "\n\n", self.text(12), self.text(12)])
            source = Source(
                slug="uncited" if number == 0 and self.yes() else self.slug(), name=self.text(100),
                file_name=names.pop() if self.yes() else "",
                title=self.maybe(500), author=self.maybe(200), publisher=self.maybe(200), language=self.maybe(20),
                published=self.one(DATES), published_note=self.maybe(), interested_party=self.maybe(200),
                rights=self.maybe(), note=self.maybe(), type=self.one(["", "press"]), show=self.one(Source.Show.values),
                supersedes=made[-1] if made and self.yes() else None,
            )  # fmt: skip
            self.receive(source, "\n".join([*lines, f"The end. The end. The end {number}."]))
            if number == 0 or self.yes():
                self.paragraphs += self.accepted(source).paragraphs.all()
            else:
                if self.yes():
                    source.draft = {"kinds": [["notice", None], [self.text(), 1.5]], "a": {self.text(): self.yes()}}
                self.put(source)
            made.append(source)
        self.all_sources = made

    def receive(self, source, text):
        """As plain text, or as a document from which `text` was taken."""
        source.receive(text.encode())
        if self.yes():
            source.format = self.one(Source.Format.values)
            source.received = self.one([b"%s", b"\xef\xbb\xbf%s", b"\0\xff\r\n%s\x1a"]) % source.received
            source.sha256 = hashlib.sha256(source.received).hexdigest()

    def accepted(self, source):
        others = [kind for kind in Paragraph.Kind.values if kind != "heading"]
        kinds = [("heading", level) for level in range(1, 7)] + [(kind, None) for kind in others]
        often = self.one(kinds)
        decided = {number: often if self.yes() else self.one(kinds) for number in self.some(range(1, 6))}
        return accept(source, kinds=decided)
