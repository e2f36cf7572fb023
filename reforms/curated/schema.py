"""Which keys an entry may have, and which it must. `docs/curated-data.md` says what they mean."""

from dataclasses import dataclass, field
from typing import Any

from reforms.curated.reading import Entry


@dataclass(frozen=True)
class Shape:
    """Keys of an entry in their order. `*` marks one that must be there, `=word` what stands for one that is not.

    `lists` hold texts, `inner` holds entries.
    """

    keys: str
    lists: str = ""
    inner: dict[str, "Shape"] = field(default_factory=dict)

    def check(self, entry, problems):
        """Note every key that is unknown, missing or of the wrong form, here and in entries inside.

        What is missing or of the wrong form is put right with nothing, so that the rest can be compiled.
        """
        wrong = []
        for key in sorted(entry.keys() - self.names()):
            wrong.append(f"Unknown key “{key}”. Known here: {', '.join(sorted(self.names()))}.")
            del entry[key]
        for key in sorted(self.names()):
            self._check_form(entry, key, wrong)
        for message in wrong:
            problems.add(entry, message)
        entry.misshapen = bool(wrong)
        for key, shape in self.inner.items():
            for item in entry.get(key.rstrip("*"), []):
                shape.check(item, problems)

    def order(self):
        """All keys without their marks, in their order."""
        return [_bare(word) for word in self._words()]

    def names(self, words=None):
        """The keys without their marks."""
        return {_bare(word) for word in (self._words() if words is None else words)}

    def defaults(self):
        """Key to what stands for it where it is not given, "" unless said otherwise. In their order."""
        return {_bare(word): word.partition("=")[2] for word in self.keys.split()}

    def required(self):
        """The keys that must be there."""
        return {_bare(word) for word in self._words() if word.endswith("*")}

    def _words(self):
        return f"{self.keys} {self.lists} {' '.join(self.inner)}".split()

    def _check_form(self, entry, key, wrong):
        nothing, inside, form = self._form(key)
        if key in self.required() and not entry.get(key):
            wrong.append(f"The key “{key}” is missing.")
            entry[key] = nothing
        value = entry.get(key, nothing)
        if not isinstance(value, type(nothing)) or (inside and not all(isinstance(item, inside) for item in value)):
            wrong.append(f"“{key}” must be {form}.")
            entry[key] = nothing

    def _form(self, key) -> tuple[Any, type | None, str]:
        """What stands for nothing under `key`, what a list there holds, and its form in words."""
        if key in self.names(self.inner):
            return [], Entry, "a list of entries"
        if key in self.names(self.lists.split()):
            return [], str, "a list of words"
        if key in FORMS:
            return {}, None, FORMS[key]
        return "", None, "a text"


def _bare(word):
    return word.partition("=")[0].rstrip("*")


FORMS = {"kinds": "paragraph numbers and kinds", "public": "an entry", "proposed": "an entry"}
CLAIMS = Shape(
    "ref* text* kind* state=published retraction_reason merged_into taint note",
    lists="reforms laws events",
    inner={
        "actors": Shape("actor* part* office"),
        "cites": Shape("at* number quote* prefix suffix stance=supports strength=states carries not_carried note"),
    },
)
SHAPES = {
    "sources.yaml": Shape(
        "slug* file_name format=text name* accepted=yes draft supersedes title author publisher language published "
        "published_note type interested_party rights show* note kinds"
    ),
    "topics.yaml": Shape("slug* name* summary*"),
    "actors.yaml": Shape("slug* name* kind* note", lists="aliases"),
    "events.yaml": Shape("slug* title* kind* date claim* taint note"),
    "reforms.yaml": Shape(
        "slug* title* summary note",
        lists="topics",
        inner={"milestones": Shape("ref* stage* date claim* law event taint note")},
    ),
    "laws.yaml": Shape(
        "slug* name* title rank* status* number note",
        inner={"dates": Shape("kind* date* claim* taint"), "reforms": Shape("reform* effect* claim* taint")},
    ),
    "packages.yaml": Shape(
        "slug* name* summary event stated_count stated_count_claim taint note",
        inner={"items": Shape("position* number reform* claim* taint note")},
    ),
    "parameters.yaml": Shape(
        "slug* name* reform* note",
        inner={"changes": Shape("before after unit scope date claim* taint note")},
    ),
    "discrepancies.yaml": Shape("ref* title* kind* explanation* state=open resolved_by", lists="claims*"),
    "no_claims.yaml": Shape("at* reason* note"),
    "answers.yaml": Shape("rule* record* about reason*"),
    "retired_slugs.yaml": Shape("kind* slug* now*"),
    "proposals.yaml": Shape("ref* kind* name* reason state=waiting answer public proposed*"),
    "counters.yaml": Shape("name* last*"),
}


def check_shapes(files, problems):
    """Note every entry whose keys are not those of its file, and every file that is not known."""
    for name, entries in files.items():
        shape = CLAIMS if name.startswith("claims/") else SHAPES.get(name)
        for entry in entries:
            if shape is None:
                problems.add(entry, f"No such file is known. Known: {', '.join(SHAPES)}, claims/<source>.yaml.")
                break
            shape.check(entry, problems)
