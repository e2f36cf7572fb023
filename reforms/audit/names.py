"""Public names of records, as findings give them: `C0001.1`, `a-source#20`, `reforms.milestone M0001`; and back."""

import re
from collections import defaultdict

from django.db.models import Q

from reforms.curated.records import KNOWLEDGE
from reforms.models import Claim, Discrepancy
from sources.models import Paragraph, Source

LABELS = {model._meta.label_lower: model for model in KNOWLEDGE}
SHORT = (
    (re.compile(r"(C[0-9]+)(?:\.[0-9]+)?"), Claim),  # a citation is looked at in its claim
    (re.compile(r"(D[0-9]+)"), Discrepancy),
    (re.compile(r"([a-z-]+)#([0-9]{1,7})"), Paragraph),
    (re.compile(r"([a-z-]+)"), Source),
)
COUNTED = {"number", "position"}  # parts of a key that are no text


def name(record):
    """Return the public name of a record that has no shorter one: its kind and natural key."""
    return named(type(record), *record.natural_key())


def named(model, *key):
    """Return the public name of the record of `model` with this natural key."""
    return f"{model._meta.label_lower} {'/'.join(str(part) for part in key)}"


def records(names):
    """Return name to record, for those of `names` that a record has now. One query for each kind of record."""
    keys = defaultdict(dict)
    for one in names:
        if known := _key(one):
            keys[known[0]][known[1]] = [*keys[known[0]].get(known[1], []), one]
    found = {}
    for model, of_model in keys.items():
        related = [field.name for field in model._meta.fields if field.many_to_one]
        wanted = Q(*(Q(**dict(zip(model.KEY, key, strict=True))) for key in of_model), _connector=Q.OR)
        for record in model._default_manager.filter(wanted).select_related(*related):
            key = tuple(str(part) for part in record.natural_key())
            found |= dict.fromkeys(of_model.get(key, ()), record)
    return found


def _key(one):
    """The model and natural key that a public name stands for, or None."""
    label, _, key = one.partition(" ")
    if model := LABELS.get(label):
        parts = tuple(key.split("/"))
        counted = [
            part for lookup, part in zip(model.KEY, parts, strict=False) if lookup.rpartition("__")[2] in COUNTED
        ]
        right = len(parts) == len(model.KEY) and all(re.fullmatch(r"[0-9]{1,7}", part) for part in counted)
        return (model, parts) if right else None
    for form, model in SHORT:
        if match := form.fullmatch(one):
            return model, match.groups()
    return None
