"""The folder of the curated data beside what it should hold: what differs, and making it so."""

import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import yaml

MAY_BE_A_COMMENT = re.compile(r"(?<![a-z])#")  # not in `source#20`
NOT_A_LINE_END = re.compile(r"[^\n]")


@dataclass(frozen=True)
class Changes:
    """What makes the YAML files of `folder` right: what is to be written, by file name, and what is to be deleted."""

    folder: Path
    written: dict[str, bytes]
    gone: list[str]
    unchanged: int

    def make(self):
        """Write and delete. A file that is right already is not touched."""
        for name, data in self.written.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for name in self.gone:
            (self.folder / name).unlink()

    def places(self):
        """Say where each file begins to differ from what is right: `file:line: words`."""
        told = [(name, *_first_difference(_read(self.folder, name), data)) for name, data in self.written.items()]
        told += [(name, 1, "there is no entry for this file.") for name in self.gone]
        return [f"{_shown(self.folder, name)}:{line}: {words}" for name, line, words in sorted(told)]

    def told(self, texts=(), left=0):
        """Say what was written and deleted, along with these `texts` (paths) and those `left` as they were."""
        written = ", ".join([*self.written, *texts])
        parts = [f"wrote {written}"] if written else []
        parts += [f"deleted {', '.join(self.gone)}"] if self.gone else []
        count = self.unchanged + left
        said = "; ".join([*parts, f"{count} file{'' if count == 1 else 's'} unchanged."])
        return said[0].upper() + said[1:]


def changes(folder, files):
    """Return the Changes that make the YAML files of `folder` these, and no others: file name to bytes."""
    folder = Path(folder)
    written = {name: data for name, data in files.items() if _read(folder, name) != data}
    return Changes(folder, written, sorted(_names(folder) - files.keys()), len(files) - len(written))


def comments(folder):
    """Say where the YAML files of `folder` hold comments, which a file written anew would lose: `file:line: words`."""
    folder = Path(folder)
    return [
        f"{_shown(folder, name)}:{line}: a comment would be lost; what is to be kept goes in `note:`."
        for name in sorted(_names(folder))
        for line in _comment_lines((_read(folder, name) or b"").decode(errors="replace"))
    ]


def _comment_lines(text):
    """The numbers of the lines with a # outside of all words. What is no YAML has no comments either."""
    if not MAY_BE_A_COMMENT.search(text):
        return []
    parts, at = [], 0
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken):
                start, end = token.start_mark.index, token.end_mark.index
                if token.style in ("|", ">"):  # a comment may stand on the line on which it begins
                    start = f"{text}\n".index("\n", start)
                parts += [text[at:start], NOT_A_LINE_END.sub(" ", text[start:end])]
                at = end
    except yaml.YAMLError:
        return []
    lines = "".join([*parts, text[at:]]).split("\n")
    return [number for number, line in enumerate(lines, start=1) if "#" in line]


def _first_difference(there, right):
    """The number of the first line that differs, and what should be there."""
    if there is None:
        return 1, "this file is missing."
    lines = enumerate(zip_longest(there.split(b"\n"), right.split(b"\n")), start=1)
    number, line = next((number, should) for number, (is_there, should) in lines if is_there != should)
    if line is None:
        return number, "the file should end before this line."
    return number, f"this line should be “{line.decode()}”."


def _names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.yaml")}


def _read(folder, name):
    path = folder / name
    return path.read_bytes() if path.is_file() else None


def _shown(folder, name):
    """The file as messages call it: `fixtures/curated/claims/x.yaml`."""
    return f"{folder.parent.name}/{folder.name}/{name}"
