"""Which columns a sheet of each kind has, and where each stands in the entry of its record."""

import hashlib
import json
import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from reforms.models import Claim, Event, Law, Parameter, ParameterChange, Reform, Topic

VERSION = "version"
APART = "; "  # between the names in one cell
SEVERAL: dict[str, Any] = {"reforms": Reform, "laws": Law, "events": Event, "topics": Topic}


def _quotes(entry, row):
    """The words that a claim stands on, each with its place."""
    marks = [" ".join([one["at"], one.get("stance", ""), one.get("strength", "")]).strip() for one in entry["cites"]]
    return "\n".join(f"{mark}: “{one['quote']}”" for mark, one in zip(marks, entry["cites"], strict=True))


def _support(entry, row):
    """How many sources support a claim."""
    return str(len({one["at"].split("#")[0] for one in entry["cites"] if "stance" not in one}))


def _milestones(entry, row):
    told = (" ".join([one["stage"], one.get("date", ""), one["claim"]]) for one in entry.get("milestones", []))
    return "\n".join(" ".join(words.split()) for words in told)


@dataclass(frozen=True)
class Sheet:
    """One kind of sheet: each of its rows is a record of `model`, or one of the records that it lists as `inner`.

    `key`: the columns that name a row. `edited`: those that may be edited, each a key of the row's entry. `read`:
    those that are only for reading, each with what makes its cell out of the entry of the record and of the row;
    in the sheet they stand in brackets.
    """

    model: Any
    rows_are: str
    key: tuple[str, ...]
    edited: tuple[str, ...]
    read: dict[str, Any] = field(default_factory=dict)
    inner: str = ""
    row_model: Any = None

    @property
    def kind(self):
        return self.model._meta.model_name

    @property
    def fields_of(self):
        """The model whose fields the edited columns are."""
        return self.row_model or self.model

    @property
    def reads(self):
        """Header to what makes the cell, of the columns that are only for reading."""
        return {f"({name.replace('_', ' ')})": make for name, make in self.read.items()} | {"(page)": self._page}

    @property
    def header(self):
        return [*self.key, *self.edited, VERSION, *self.reads]

    def rows(self, entry):
        """Return the rows of a record's entry: key to the entry of the row, which is a part of `entry` itself."""
        if not self.inner:
            return {(entry[self.model.KEY[0]],): entry}
        found, met = {}, Counter()
        for item in entry.get(self.inner, []):
            met[item["claim"]] += 1
            found[entry[self.model.KEY[0]], item["claim"], str(met[item["claim"]])] = item
        return found

    def cells(self, entry):
        """Return the lines of a record's entry, each a list of texts under `header`."""
        version = digest(entry)
        return [
            [*key, *(shown(row.get(name, "")) for name in self.edited), version, *self.only_read(entry, row).values()]
            for key, row in self.rows(entry).items()
        ]

    def only_read(self, entry, row):
        """Header to cell of the columns that are only for reading."""
        return {name: make(entry, row) for name, make in self.reads.items()}

    def edit(self, entry, values):
        """Return `entry` with other values in its rows. `values`: key of a row to column to text, or list of names."""
        after = deepcopy(entry)
        rows, required = self.rows(after), self.required()
        for key, changed in values.items():
            rows[key].update(changed)
            for name in changed:
                if not changed[name] and name not in required:
                    rows[key].pop(name, None)
        return after

    def required(self):
        """The columns that an entry has even where they say nothing."""
        return {name for name in self.edited if name not in SEVERAL and not self.fields_of._meta.get_field(name).blank}

    def _page(self, entry, row):
        name = entry[self.model.KEY[0]]
        return reverse(self.kind, args=[name])


def shown(value):
    """What stands in a cell: a text as it is, names apart from each other."""
    return value if isinstance(value, str) else APART.join(value)


def names_in(cell):
    """The names in a cell, in the order of an entry."""
    return sorted(re.split(r"[;,\s]+", cell.strip(" \t\r\n;,"))) if cell.strip(" \t\r\n;,") else []


def digest(entry):
    """Return what tells one state of an entry from another, as a text that no spreadsheet takes for a number."""
    stable = json.dumps(entry, sort_keys=True, ensure_ascii=False)
    return f"v-{hashlib.sha256(stable.encode()).hexdigest()[:16]}"


def _one(name):
    return lambda entry, row: entry.get(name, "")


SHEETS = {
    sheet.kind: sheet
    for sheet in (
        Sheet(
            Claim, "claims", ("ref",), ("text", "kind", "note", "reforms", "laws", "events"),
            {"state": lambda entry, row: entry.get("state", "published"), "quotes": _quotes, "support": _support,
             "doubt": _one("taint")},
        ),
        Sheet(
            Reform, "reforms", ("slug",), ("title", "summary", "topics", "note"), {"milestones": _milestones},
        ),
        Sheet(Law, "laws", ("slug",), ("name", "title", "rank", "status", "number", "note")),
        Sheet(
            Parameter, "changes of value", ("parameter", "claim", "which"),
            ("before", "after", "unit", "scope", "date", "note"),
            {"what": _one("name"), "reform": _one("reform"), "doubt": lambda entry, row: row.get("taint", "")},
            inner="changes", row_model=ParameterChange,
        ),
    )
}  # fmt: skip
