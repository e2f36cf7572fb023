"""What a change set touched: each record with its state before and after, and under its public name."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from reforms.curated.records import KNOWLEDGE
from reforms.models import Citation, NoClaim
from sources.models import Paragraph

AT_ONCE = 500  # keys in one query
JOINED_BY = {Citation: ".", Paragraph: "#", NoClaim: "#"}


@dataclass
class Step:
    """What a change set did to one record.

    `before`, `after`: its history rows, None where it was not there. `known`: whether the history tells what was
    before. `later`: the history rows of other change sets since, oldest first.
    """

    model: Any
    pk: int
    before: Any
    after: Any
    known: bool
    later: list = field(default_factory=list)

    @property
    def what(self):
        """`added`, `removed` or `changed`."""
        if self.before is None and self.known:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def is_nothing(self):
        """Whether the record was left as it was found."""
        if self.before is None or self.after is None:
            return self.known and self.before is self.after
        return not differing(self.model, self.before, self.after)


@dataclass(frozen=True)
class Touched:
    """One record that a change set touched: its kind in words, its public name, and what happened to it."""

    label: str
    name: str
    what: str


@dataclass(frozen=True)
class Count:
    """How many records of one kind a change set touched."""

    label: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True)
class Changes:
    """What a change set touched: `counts` by kind, the first records by name, and how many `more` there are."""

    counts: list[Count]
    shown: list[Touched]
    more: int


def chunks(keys):
    """Cut `keys` into lists that are short enough for one query."""
    ordered = sorted(keys)
    return [ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE)]


def differing(model, one, other):
    """Return the fields of `model` that differ between two of its records or history rows."""
    fields = model.history.model.tracked_fields
    return [field for field in fields if getattr(one, field.attname) != getattr(other, field.attname)]


def touched_keys(change_set):
    """Return model → the keys of its records that `change_set` touched, models in the order of KNOWLEDGE."""
    found = {}
    for model in KNOWLEDGE:
        rows = model.history.filter(change_set=change_set).order_by()  # type: ignore[attr-defined]
        if keys := set(rows.values_list("id", flat=True)):
            found[model] = keys
    return found


def steps(change_set, keys=None):
    """Return a Step for each record that `change_set` touched, models in the order of KNOWLEDGE.

    `keys`: its `touched_keys`, where they are at hand. A few queries for each model.
    """
    found = []
    for model, own in (touched_keys(change_set) if keys is None else keys).items():
        rows = defaultdict(list)
        for chunk in chunks(own):
            for row in model.history.filter(id__in=chunk).order_by("history_id"):
                rows[row.id].append(row)
        of_model = [_step(model, pk, rows[pk], change_set) for pk in sorted(own)]
        _know_what_was_made_again(model, of_model)
        found += of_model
    return found


def _step(model, pk, rows, change_set):
    own = [row for row in rows if row.change_set_id == change_set.pk]
    earlier = [row for row in rows if row.history_id < own[0].history_id]
    later = [row for row in rows if row.history_id > own[0].history_id and row.change_set_id != change_set.pk]
    return Step(model, pk, _there(earlier), _there(own), bool(earlier) or own[0].history_type == "+", later)


def _there(rows):
    """The last of `rows`, None where there is none or it removed the record."""
    return rows[-1] if rows and rows[-1].history_type != "-" else None


def _know_what_was_made_again(model, of_model):
    """A load that makes room removes a record and makes it again under another key, with a row that says `~`."""
    parts = [model._meta.get_field(lookup.split("__")[0]).attname for lookup in model.KEY]
    removed = {tuple(getattr(step.before, part) for part in parts) for step in of_model if step.what == "removed"}
    for step in of_model:
        if not step.known and step.after and tuple(getattr(step.after, part) for part in parts) in removed:
            step.known = True


def changed_by(change_set, limit=200):
    """Return the Changes that `change_set` made, with the first `limit` records by name."""
    counts, kept = [], []
    found = [step for step in steps(change_set) if not step.is_nothing]
    by_model = defaultdict(list)
    for step in found:
        by_model[step.model].append(step)
    for model, of_model in by_model.items():
        acts = [step.what for step in of_model]
        label = str(model._meta.verbose_name_plural)
        counts.append(Count(label, *(acts.count(act) for act in ("added", "changed", "removed"))))
        room = of_model[: limit - len(kept)]
        named = names(model, [step.pk for step in room])
        kept += [Touched(str(model._meta.verbose_name), named[step.pk], step.what) for step in room]
    return Changes(counts, kept, len(found) - len(kept))


def names(model, keys):
    """Return key → public name of records of `model`, those that are gone included: `C0142.2`, `source#20`."""
    columns = [_values(model, keys, lookup) for lookup in model.KEY]
    by = JOINED_BY.get(model, "/")
    return {key: by.join(str(column.get(key, "?")) for column in columns if column.get(key) != "") for key in keys}


def in_words(model, key):
    """Return the kind and name of one record: `citation C0142.2`."""
    return f"{model._meta.verbose_name} {names(model, [key])[key]}"


def _values(model, keys, lookup):
    """Return key → what `lookup` leads to, as it is stored now, else as the history last knew it."""
    first, _, rest = lookup.partition("__")
    name = model._meta.get_field(first).attname
    found: dict[int, Any] = {}
    for chunk in chunks(set(keys)):
        found |= dict(model.history.filter(id__in=chunk).order_by("history_id").values_list("id", name))
        found |= dict(model._default_manager.filter(pk__in=chunk).values_list("pk", name))
    if not rest:
        return found
    further = _values(model._meta.get_field(first).related_model, set(found.values()), rest)
    return {key: further.get(value, "?") for key, value in found.items()}
