"""The entries of sources: each text is read, cut into paragraphs, and these get the kinds that were decided.

Web pages, PDF and Word files are never read here: the text that was taken from one when it came is a file of its own.
"""

import hashlib
import json
import re

from django.core.exceptions import ValidationError

from reforms.curated.reading import Entry
from reforms.curated.records import Records
from reforms.curated.texts import CANONICAL, canonical_name, text_name
from sources.models import Paragraph, Source, propose_paragraphs

NUMBER = r"[1-9][0-9]{0,6}"
KIND = re.compile(r"(?P<kind>[a-z_]+)(?: (?P<level>[1-6]))?")
RANGE = re.compile(rf"(?P<first>{NUMBER})(?:-(?P<last>{NUMBER}))?")


class Reception:
    """What a compilation starts with: it makes plain records, and the sources with their paragraphs."""

    def __init__(self, files, texts, problems):
        self.files, self.texts, self.problems = files, texts, problems
        self.canonical = texts and texts.with_name(CANONICAL)
        self.records = Records(problems)
        self.paragraphs = {}
        self.counted = {}

    def plain(self, model, entry, *, without=(), **fields):
        """A record whose fields are the entry's own texts."""
        given = {
            key: value for key, value in entry.items() if isinstance(value, str) and key not in (*without, *fields)
        }
        return self.records.add(model, entry, **given, **fields)

    def source(self, entry):
        received = self.received(entry)
        accepted = entry.text("accepted") or "yes"
        if accepted not in ("yes", "no"):
            self.problems.add(entry, "“accepted” must be yes or no.")
        if received is None:
            return
        names = ("received", "text", "sha256", "text_sha256")
        source = self.plain(
            Source, entry, accepted=accepted == "yes", **self.records.optional(Source, entry, "supersedes"),
            draft=self.draft(entry), **{name: getattr(received, name) for name in names},
        )  # fmt: skip
        if source is not None:
            self.cut(source, entry)

    def received(self, entry):
        """A Source that has received the document of the entry, or None with the problem noted."""
        received_as = entry.text("format") or Source.Format.TEXT
        name, own = text_name(entry["slug"], entry.text("file_name"), received_as), canonical_name(entry["slug"])
        if (data := self._read(self.texts, name)) is None:
            return self.problems.add(entry, f"There is no text “{name}”.")
        text = self._read(self.canonical, own)
        if text is None and received_as != Source.Format.TEXT:
            return self.problems.add(entry, f"There is no text “{CANONICAL}/{own}”: a document is not read again here.")
        received = Source()
        try:
            received.receive(data if text is None else text)
        except ValidationError as error:
            return self.problems.add(entry, error.messages[0])
        received.received, received.sha256 = data, hashlib.sha256(data).hexdigest()
        return received

    @staticmethod
    def _read(folder, name):
        """The bytes of a file that stands in `folder` itself, or None."""
        path = folder / name
        return path.read_bytes() if path.parent == folder and path.is_file() else None

    def draft(self, entry):
        """What is under `draft`, which is JSON as text: the one value that keeps its own shape."""
        try:
            draft = json.loads(entry.text("draft") or "{}")
        except ValueError:
            draft = None
        if isinstance(draft, dict):
            return draft
        self.problems.add(entry, "“draft” must be an object in JSON.")
        return {}

    def no_strays(self, entries):
        """Note each file in `canonical/` that no source has: else a misspelt name would go without its text."""
        known = {canonical_name(entry["slug"]) for entry in entries}
        for path in sorted(self.canonical.glob("*")) if self.canonical else []:
            if path.name not in known:
                place = Entry({}, f"{path.parent.parent.name}/{CANONICAL}/{path.name}", 1)
                self.problems.add(place, "No source has this text.")

    def cut(self, source, entry):
        """Make the paragraphs of an accepted source; one that is not accepted has none yet."""
        kinds = self.kinds(entry)
        proposed = propose_paragraphs(source, kinds) if source.accepted else []
        for number in sorted(kinds.keys() - {paragraph.number for paragraph in proposed}):
            self.problems.add(entry, f"There is no paragraph {number} to be a {kinds[number][0]}.")
        checked = set()  # numbers, spans and texts are right by how they were made, kinds may not be
        for paragraph in proposed:
            section = paragraph.section and self.paragraphs[source.slug, paragraph.section.number]
            made = self.paragraph(entry, paragraph, section, (paragraph.kind, paragraph.level) in checked)
            checked.add((paragraph.kind, paragraph.level))
            self.paragraphs[source.slug, made.number] = made

    def paragraph(self, entry, proposed, section, right):
        level = proposed.level
        fields = {name: getattr(proposed, name) for name in ("source", "number", "start", "end", "text", "kind")}
        given = {"level": level} if level else {}
        fields |= given | ({"section": section} if section else {})
        return self.records.add(Paragraph, entry, right=right, **fields)

    def kinds(self, entry):
        """Paragraph number to (kind, level), from `"2-3": notice` and `"5": heading 2`."""
        kinds = {}
        for numbers, words in (entry.get("kinds") or {}).items():
            span, kind = RANGE.fullmatch(numbers), KIND.fullmatch(words) if isinstance(words, str) else None
            if not span or not kind or kind["kind"] not in Paragraph.Kind.values:
                self.problems.add(entry, f"“{numbers}: {words}” is no paragraph and kind.")
                continue
            for number in range(int(span["first"]), int(span["last"] or span["first"]) + 1):
                kinds[number] = (kind["kind"], int(kind["level"]) if kind["level"] else None)
        return kinds
