"""YAML files as entries that know where they stand. Every scalar is text: `no` is a word, `2022` a date."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml


@dataclass
class Problems:
    """All that is wrong with the curated data, found in one run."""

    found: list[tuple[str, int, str, str]] = field(default_factory=list)
    unreadable: bool = False

    def add(self, entry, message):
        """Note `message` about `entry`, with its file, line and name; not what follows from its bad shape."""
        if entry.misshapen:
            return
        problem = (entry.file, entry.line, entry.name, message)
        if problem not in self.found:
            self.found.append(problem)

    def lines(self):
        """One line per problem: `file:line: name: message`."""
        return [
            f"{file}:{line}: {f'{name}: ' if name else ''}{message}" for file, line, name, message in sorted(self.found)
        ]


class Entry(dict):
    """A mapping of a YAML file. `name` is its reference or slug (or what it is about), or its parent's."""

    def __init__(self, values, file, line):
        super().__init__(values)
        self.file, self.line, self.name, self.misshapen = file, line, "", False

    def text(self, key):
        """Return the value of `key`, "" where it is not given."""
        return self.get(key, "")


def read(path, root, problems):
    """Return the entries of a YAML file, a list of Entry.

    `root`: the folder that file names in messages are relative to.
    """
    file = path.relative_to(root).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        events = yaml.parse(text, Loader=yaml.CSafeLoader)
        alias = next((event for event in events if isinstance(event, yaml.AliasEvent)), None)
        node = None if alias else yaml.compose(text, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        problems.add(Entry({}, file, mark.line + 1 if mark else 1), f"This is no YAML: {error}")
        problems.unreadable = True
        return []
    if alias:
        line = alias.start_mark.line + 1 if alias.start_mark else 1
        problems.add(Entry({}, file, line), "Aliases (*name) are not used here: write the words again.")
    return _entries(node, file, problems) if node else []


def _entries(node, file, problems):
    """The entries of a whole file, each with its name."""
    entries = _value(node, file, problems)
    if not isinstance(entries, list):
        problems.add(Entry({}, file, 1), "The file must be a list of entries.")
        return []
    for item in node.value:
        if not isinstance(item, yaml.MappingNode):
            problems.add(Entry({}, file, item.start_mark.line + 1), "This is no entry: an entry is keys and values.")
    entries = [entry for entry in entries if isinstance(entry, Entry)]
    for entry in entries:
        _name(entry, entry.text("ref") or entry.text("slug") or entry.text("at") or entry.text("record"))
    return entries


def _value(node, file, problems):
    """The value of a YAML node: text, list or Entry."""
    if isinstance(node, yaml.ScalarNode):
        if "\0" in node.value:
            place = Entry({}, file, node.start_mark.line + 1)
            problems.add(place, "A NUL character stands here, which no database keeps.")
        return node.value.replace("\0", "")
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, file, problems) for item in node.value]
    entry = Entry({}, file, node.start_mark.line + 1)
    for key, value in node.value:
        place = Entry({}, file, key.start_mark.line + 1)
        if not isinstance(key, yaml.ScalarNode):
            problems.add(place, "A key must be a word.")
            continue
        if key.value in entry:
            problems.add(place, f"The key “{key.value}” stands here twice.")
        entry[key.value] = _value(value, file, problems)
    return entry


def _name(entry, name):
    """Give `entry`, and every entry inside it that has no name of its own, its name for messages."""
    entry.name = name if isinstance(name, str) else ""
    for value in entry.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, Entry):
                own = inner.text("ref")
                _name(inner, own or entry.name)


def folder(curated, problems):
    """Read every file of the curated folder.

    Shape:  file name (`reforms.yaml`, `claims/<source>.yaml`) to its list of Entry.
    """
    curated = Path(curated)
    root = curated.parent.parent
    return {
        path.relative_to(curated).as_posix(): read(path, root, problems) for path in sorted(curated.rglob("*.yaml"))
    }
