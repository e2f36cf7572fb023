"""What was typed into a form and must not be lost: rows that somebody else removed meanwhile, and proposals resumed."""

from django.forms import model_to_dict
from django.http import QueryDict

from reforms.curated.storing import planned
from reforms.differences import rebased
from reforms.models import Citation
from reforms.proposing import public_now
from sources.anchoring import select_words


def with_rows_kept(post, formsets):
    """Return `post` with each row of `formsets` (classes) whose record is gone as a new row, its words as typed.

    One that was marked for removal, and is gone already, is left out.
    """
    data = post.copy()
    for formset in formsets:
        prefix = formset.get_default_prefix()
        total = _number(post, f"{prefix}-TOTAL_FORMS")
        rows = [_row(post, f"{prefix}-{number}-") for number in range(total)]
        known = {str(pk) for pk in formset.model._default_manager.filter(
            pk__in=[row["id"] for row in rows if row.get("id", "").isdecimal() and len(row["id"]) < 19]
        ).values_list("pk", flat=True)}  # fmt: skip
        gone = [row for row in rows if row.get("id") and row["id"] not in known]
        if gone:
            kept = [row for row in rows if row not in gone or not row.get("DELETE")]
            for row in gone:
                row["id"] = ""
            _write(data, prefix, [row for row in kept if row.get("id")], [row for row in kept if not row.get("id")])
    return data


def as_typed(proposal, record, fields, formsets):
    """Return what a curator would have typed into the form of `record` to propose what `proposal` does.

    Errors: ValidationError where what is proposed does not fit what is there now.
    """
    entry = rebased(proposal.public or {}, proposal.proposed, public_now(proposal) or {})
    root, parts = planned(type(record), entry, record)
    data = QueryDict(mutable=True)
    data.update(_values(root, fields) | {"change_reason": proposal.reason})
    for formset in formsets:
        _, pairs, removed = parts[formset.model]
        stored = {old.pk: _values(new, formset.form.base_fields) for old, new in pairs if old}
        stored |= {old.pk: _values(old, formset.form.base_fields) | {"DELETE": "on"} for old in removed}
        owner = {formset.fk.name: str(record.pk)}
        known = [values | {"id": str(pk)} | owner for pk, values in sorted(stored.items())]
        new = [_values(record, formset.form.base_fields) | owner for old, record in pairs if old is None]
        _write(data, formset.get_default_prefix(), known, new)
    return data


def _values(record, names):
    values = {name: value for name, value in model_to_dict(record).items() if name in names}
    if isinstance(record, Citation):
        found = select_words(record.paragraph.text, record.start, record.end)
        values |= {"prefix": found.prefix, "suffix": found.suffix}
        values["carries"] = record.carries.pk if record.carries else None  # it had none when it was planned
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _number(post, name):
    value = post.get(name, "")
    return min(int(value), 1000) if value.isdecimal() else 0


def _row(post, prefix):
    return {name.removeprefix(prefix): post[name] for name in post if name.startswith(prefix)}


def _write(data, prefix, known, new):
    """Number the rows anew: those of stored records first, as a formset expects them."""
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = len(known) + len(new), len(known)
    for name in [name for name in data if name.startswith(f"{prefix}-") and name.split("-")[-2].isdecimal()]:
        del data[name]
    for number, row in enumerate([*known, *new]):
        for name, value in row.items():
            data[f"{prefix}-{number}-{name}"] = value
