"""What an edited sheet would change: row by row, against what is stored now and against what was exported."""

from dataclasses import dataclass, field
from typing import Any

from reforms.curated.writing import entry
from reforms.differences import Difference, differences
from reforms.editing import which_wait
from reforms.entries import name_of, stored
from reforms.histories import versions
from reforms.models import Claim, Proposal
from reforms.sheets.checking import check
from reforms.sheets.columns import SEVERAL, VERSION, digest, names_in, shown
from reforms.touching import chunks

LOOKED_BACK = 100  # records whose history is asked what was exported; of others only what is stored now is told
CUT = 32_767  # characters that a cell holds in the spreadsheets with the smallest ones
CLOSED = "{} is {}: it stays as it was, until an earlier state is brought back."
GONE_ON = "Changed by somebody else since it was exported. Export it again, and make the change there."
UNKNOWN_STATE = "Changed since it was exported, or the cell “version” was. Export it again, and make the change there."


@dataclass
class Outcome:
    """What comes of one row. `record`: its root, None where there is none. `now`: the row as stored.

    `values`: column to its new text or names. `theirs`: what others changed since the export. `stated`: the columns
    by which it states something.
    """

    number: int
    name: str
    key: tuple
    record: Any = None
    now: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    theirs: list[Difference] = field(default_factory=list)
    waits: bool = False
    proposals: list = field(default_factory=list)
    stated: tuple = ()

    @property
    def differences(self):
        """What the row changes, in words."""
        return differences({name: _held(self.now, name) for name in self.values}, self.values)

    @property
    def in_review(self):
        return isinstance(self.record, Claim) and self.record.state == Claim.State.IN_REVIEW

    @property
    def states_otherwise(self):
        return any(name in self.stated for name in self.values)


@dataclass
class Change:
    """What becomes of one record: its entry now and after, and the rows that say so."""

    record: Any
    now: dict
    after: dict
    outcomes: list[Outcome]


@dataclass
class Plan:
    """What a sheet would do. `outcomes`: of the rows that change something or are wrong, in their order.

    `proposed`: of the rows that say what waits as a proposal already.
    """

    outcomes: list[Outcome]
    changes: list[Change]
    unchanged: int
    proposed: list[Outcome]

    @property
    def wrong(self):
        return [one for one in self.outcomes if one.errors]

    @property
    def at_once(self):
        return [one for one in self.outcomes if not one.errors and not one.waits]

    @property
    def waiting(self):
        return [one for one in self.outcomes if not one.errors and one.waits]

    @property
    def in_review(self):
        return [one for one in self.at_once if one.in_review]

    @property
    def doubtful(self):
        """Of what waits, the rows that change what a record states: the words that it stands on stay (see `doubt`)."""
        return [one for one in self.waiting if one.states_otherwise]

    @property
    def seen(self):
        """A digest of all that the preview shows: whoever applies it must have seen the same."""
        told = [[one.number, one.errors, one.now, one.values, one.waits] for one in self.outcomes]
        return digest({"told": told, "after": [[change.now, change.after] for change in self.changes]})


def plan(sheet, rows):
    """Return the Plan of `rows`. The number of queries grows with hundreds of rows, not with each."""
    return _Planning(sheet).run(rows)


class _Planning:
    """One run over the rows of a sheet: chunk by chunk of its records, then what is asked of all of them at once."""

    def __init__(self, sheet):
        self.sheet, self.outcomes, self.proposed = sheet, [], []
        self.unchanged = self.looked_back = 0
        self.entries: dict[str, tuple[Any, dict]] = {}

    def run(self, rows):
        by_name = self._grouped(rows)
        for chunk in chunks(by_name):
            key = self.sheet.model.KEY[0]
            found = self.sheet.model._default_manager.filter(**{f"{key}__in": chunk})
            roots = {name_of(held.root): held for held in stored(found)}
            for name in chunk:
                self._record(name, roots.get(name), by_name[name])
        touched = {one.key[0] for one in self.outcomes if one.record is not None}
        self.entries = {name: held for name, held in self.entries.items() if name in touched}
        self._told_of_the_desk()
        self.outcomes.sort(key=lambda one: one.number)
        check(self.sheet, [one for one in self.outcomes if not one.errors], self.entries)
        return Plan(self.outcomes, self._changes(), self.unchanged, self.proposed)

    def _grouped(self, rows):
        """Name of a record to its rows by their keys. A row without its key, and a key that comes again, is wrong."""
        found: dict[str, dict] = {}
        for row in rows:
            key = tuple(row.cells[name].strip() for name in self.sheet.key)
            mine = found.get(key[0], {})
            if not all(key):
                self._wrong(row, key, f"The cell “{self.sheet.key[key.index('')]}” is empty. {self._added_elsewhere}")
            elif key in mine:
                self._wrong(row, key, f"This is in row {mine[key].number} already.")
            else:
                found.setdefault(key[0], {})[key] = row
        return found

    @property
    def _added_elsewhere(self):
        return f"Rows add nothing: new {self.sheet.rows_are} are added in their own form."

    def _wrong(self, row, key, error, **fields):
        self.outcomes.append(Outcome(row.number, " ".join(filter(None, key)), key, errors=[error], **fields))

    def _record(self, name, held, rows):
        """Take the rows of one record. `held`: its Rows as stored, None where there is none of this name."""
        if held is None:
            for key, row in rows.items():
                label = self.sheet.model._meta.verbose_name
                self._wrong(row, key, f"No {label} is called “{name[:60]}”. {self._added_elsewhere}")
            return
        now = entry(held)
        bases: dict[str, Any] = {digest(now): now}
        for key, row in rows.items():
            version = row.cells[VERSION].strip()
            if version not in bases:
                bases[version] = self._exported(held.root, version)
            self._row(held.root, now, bases[version], key, row)
        self.entries[name] = (held.root, now)

    def _exported(self, root, version):
        """The entry of `root` when it was exported, as its history tells; None where that is not known."""
        self.looked_back += 1
        if not version or self.looked_back > LOOKED_BACK:
            return None
        return next((one.entry for one in versions(root) if one.entry and digest(one.entry) == version), None)

    def _row(self, root, now, base, key, row):
        compared = base or now
        was = self.sheet.rows(compared).get(key)
        if was is None:
            self._wrong(
                row, key, f"No {self.sheet.rows_are} stand under this name. {self._added_elsewhere}", record=root
            )
            return
        one = Outcome(row.number, " ".join(key), key, root, now=was, stated=getattr(self.sheet.fields_of, "STATED", ()))
        one.values, wrong = self._edited(was, row.cells)
        one.errors += wrong + (self._only_read(compared, was, row.cells) if base else [])
        if base is not now and not one.errors:
            here = self.sheet.rows(now).get(key, {})
            if all(value == _held(here, name) for name, value in one.values.items()):
                one.values = {}  # it is so already
            else:
                one.theirs = differences(base, now) if base else []
                one.errors.append(GONE_ON if base else UNKNOWN_STATE)
        if one.values and not one.errors and getattr(root, "state", "") in Claim.CLOSED:
            one.errors.append(CLOSED.format(root.ref, root.get_state_display()))
        if one.values or one.errors:
            self.outcomes.append(one)
        else:
            self.unchanged += 1

    def _edited(self, was, cells):
        """Return what the cells say otherwise than the row of the entry does: column to value; and errors."""
        values, errors = {}, []
        for name in self.sheet.edited:
            cell, before = cells.get(name), _held(was, name)
            if cell is None or _same(cell, shown(before)):
                continue
            if len(cell) == CUT and shown(before).startswith(cell):
                errors.append(f"{name}: the spreadsheet cut this text. Leave this column out of the sheet.")
                continue
            value = names_in(cell) if name in SEVERAL else _lines_ended(cell).strip()
            if name in SEVERAL and (twice := {one for one in value if value.count(one) > 1}):
                errors.append(f"{name}: given twice: {', '.join(sorted(twice))}.")
            elif value != before:
                values[name] = value
        return values, errors

    def _only_read(self, base, was, cells):
        """Errors about cells that are only for reading, and were changed."""
        there = self.sheet.only_read(base, was)
        return [
            f"The column {name} is only for reading. It was “{_short(text)}”, and is now “{_short(cells[name])}”."
            for name, text in there.items()
            if name in cells and not _same(cells[name].strip(), text.strip()) and len(cells[name]) != CUT
        ]

    def _told_of_the_desk(self):
        """Say of each row whether its change waits for a second person, and which proposals wait already."""
        roots = {root.pk: (name, root) for name, (root, _) in self.entries.items()}
        waits, names = set(), [name for name, _ in roots.values()]
        for chunk in chunks(roots):
            waits |= which_wait(self.sheet.model, chunk)
        proposals: dict[str, list] = {}
        for chunk in chunks(names):
            for one in Proposal.objects.unanswered().filter(kind=self.sheet.kind, name__in=chunk):
                proposals.setdefault(one.name, []).append(one)
        for one in self.outcomes:
            if one.record is not None:
                one.waits, one.proposals = one.record.pk in waits, proposals.get(one.key[0], [])
        new: list[Outcome] = []
        for one in self.outcomes:
            (self.proposed if not one.errors and self._is_proposed(one) else new).append(one)
        self.outcomes = new

    def _is_proposed(self, one):
        """Whether a proposal that waits says the same: the sheet was imported before."""
        rows = [self.sheet.rows(proposal.proposed).get(one.key) for proposal in one.proposals]
        return any(row is not None and all(one.values[name] == _held(row, name) for name in one.values) for row in rows)

    def _changes(self):
        good: dict[str, list] = {}
        for one in self.outcomes:
            if not one.errors:
                good.setdefault(one.key[0], []).append(one)
        return [
            Change(
                *self.entries[name], self.sheet.edit(self.entries[name][1], {one.key: one.values for one in rows}), rows
            )
            for name, rows in good.items()
        ]


def _held(row, name):
    return row.get(name, [] if name in SEVERAL else "")


def _lines_ended(text):
    """Spreadsheets write every end of a line within a cell in their own way."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _same(cell, text):
    return _lines_ended(cell) == _lines_ended(text)


def _short(text):
    return text if len(text) <= 60 else f"{text[:60]} …"
