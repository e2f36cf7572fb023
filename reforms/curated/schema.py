"""Which keys an entry may have, and which it must. `docs/curated-data.md` says what they mean."""

from dataclasses import dataclass, field
from typing import Any

from reforms.curated.reading import Entry


@dataclass(frozen=True)
class Shape:
    """Keys of an entry. `*` marks one that must be there; `lists` hold texts, `inner` holds entries."""

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

    def names(self, words=None):
        """The keys without their marks."""
        words = f"{self.keys} {self.lists} {' '.join(self.inner)}".split() if words is None else words
        return {word.rstrip("*") for word in words}

    def _check_form(self, entry, key, wrong):
        nothing, inside, form = self._form(key)
        if f"{key}*" in f"{self.keys} {self.lists} {' '.join(self.inner)}".split() and not entry.get(key):
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
        if key == "kinds":
            return {}, None, "paragraph numbers and kinds"
        return "", None, "a text"


SHAPES = {
    "sources.yaml": Shape(
        "slug* file_name* name* title author publisher language published published_note type interested_party "
        "rights show* note kinds"
    ),
    "topics.yaml": Shape("slug* name* summary*"),
    "actors.yaml": Shape("slug* name* kind* note", lists="aliases"),
    "events.yaml": Shape("slug* title* kind* date claim* note"),
    "reforms.yaml": Shape(
        "slug* title* summary note",
        lists="topics",
        inner={"milestones": Shape("ref* stage* date claim* law event note")},
    ),
    "laws.yaml": Shape(
        "slug* name* title rank* status* number note",
        inner={"dates": Shape("kind* date* claim*"), "reforms": Shape("reform* effect* claim*")},
    ),
    "packages.yaml": Shape(
        "slug* name* summary event stated_count stated_count_claim note",
        inner={"items": Shape("position* number reform* claim* note")},
    ),
    "parameters.yaml": Shape(
        "slug* name* reform* note",
        inner={"changes": Shape("before after unit scope date claim* note")},
    ),
    "discrepancies.yaml": Shape("ref* title* kind* explanation* state resolved_by", lists="claims*"),
    "no_claims.yaml": Shape("at* reason* note"),
    "retired_slugs.yaml": Shape("kind* slug* now*"),
}
CLAIMS = Shape(
    "ref* text* kind* state retraction_reason merged_into note",
    lists="reforms laws events",
    inner={
        "actors": Shape("actor* part* office"),
        "cites*": Shape("at* quote* prefix suffix stance strength number note"),
    },
)


def check_shapes(files, problems):
    """Note every entry whose keys are not those of its file, and every file that is not known."""
    for name, entries in files.items():
        shape = CLAIMS if name.startswith("claims/") else SHAPES.get(name)
        for entry in entries:
            if shape is None:
                problems.add(entry, f"No such file is known. Known: {', '.join(SHAPES)}, claims/<source>.yaml.")
                break
            shape.check(entry, problems)
