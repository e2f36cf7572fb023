"""The states that an entry went through: what changed with each change set, by whom, and why."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from reforms.curated.writing import entry
from reforms.differences import differences
from reforms.entries import OWNED, Rows, with_names
from sources.models import ChangeSet, Paragraph


@dataclass(frozen=True)
class Version:
    """An entry as a change set left it. `entry` and `before` are None where it was not there."""

    change_set: ChangeSet
    before: dict[str, Any] | None
    entry: dict[str, Any] | None

    @property
    def differences(self):
        """What the change set changed, in words."""
        return differences(self.before, self.entry)


def versions(root):
    """Return every state of the entry of `root`, oldest first; a save that changed nothing made none.

    The number of queries does not grow with the states.
    """
    steps = _steps(root)
    change_sets = ChangeSet.objects.select_related("by").in_bulk(list(steps))
    present: dict[tuple, Any] = {}
    states = []
    for pk, rows in steps.items():
        for row in rows:
            present[row.instance_type, row.id] = None if row.history_type == "-" else _record(row)
        states.append((change_sets[pk], _rows(type(root), root.pk, present)))
    with_names([rows for _, rows in states if rows])
    found, before = [], None
    for change_set, rows in states:
        after = entry(rows) if rows else None
        if after != before:
            found.append(Version(change_set, before, after))
        before = after
    return found


def _steps(root):
    """Change set key to the history rows of the entry that belong to it, both in the order they were made."""
    rows = list(root.history.model.objects.filter(id=root.pk))
    for part, owner in OWNED.get(type(root), {}).items():
        if part is not Paragraph:
            rows += part.history.filter(**{f"{owner}_id": root.pk})
    steps = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.change_set_id, row.history_date, row.history_id)):
        steps[row.change_set_id].append(row)
    return steps


def _record(row):
    """The record as a history row tells it. What the history does not keep is left out: asking costs a query each."""
    return row.instance_type(**{field.attname: getattr(row, field.attname) for field in row.tracked_fields})


def _rows(model, pk, present):
    """The Rows of an entry out of the records that were present, or None where its root was not."""
    root = present.get((model, pk))
    if root is None:
        return None
    owned = {
        part: [record for (kind, _), record in present.items() if kind is part and record is not None]
        for part in OWNED.get(model, {})
    }
    return Rows(root, owned)


def state_at(root, moment):
    """Return the entry of `root` as it was at `moment` (aware datetime), or None where it was not there."""
    state = None
    for version in versions(root):
        if version.change_set.at <= moment:
            state = version.entry
    return state


def author(root, content):
    """Return who last wrote what `root` holds now, None where nobody is named.

    `content`: an entry to that part of it which counts. An undo writes nothing: what it brought back is the work
    of who wrote it first.
    """
    states = [version for version in versions(root) if version.entry is not None]
    same = [version for version in states if content(version.entry) == content(states[-1].entry)]
    wrote = [one for one in same if one.before is None or content(one.before) != content(one.entry)]
    return (wrote[0] if wrote[-1].change_set.kind == ChangeSet.Kind.UNDO else wrote[-1]).change_set.by
