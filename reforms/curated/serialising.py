"""Records to the fixture that `loaddata` reads, the same bytes for the same records."""

import json

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder

from reforms.curated.records import KNOWLEDGE
from reforms.models import Counter
from sources.models import Source

FURTHEST = 1000  # steps, should one ever lead round in a circle
# What goes without saying: with these values, these fields stand in no fixture.
UNSAID = {"format": Source.Format.TEXT, "draft": {}, "carries": None, "not_carried": ""}


def to_json(made, counters=()):
    """Serialise records by natural keys, one line each, so that a diff shows what changed.

    Shape:  `made` is model to records, `counters` the entries of counters.
    """
    items: list[dict] = []
    for model in KNOWLEDGE:
        items += serializers.serialize(
            "python",
            sorted(made[model], key=_order),
            use_natural_foreign_keys=True,
            use_natural_primary_keys=True,
        )
    for counter in counters:
        fields = {"name": counter["name"], "last": int(counter["last"])}
        items.append({"model": Counter._meta.label_lower, "fields": fields})
    for item in items:
        item["fields"] = {name: value for name, value in item["fields"].items() if not is_unsaid(name, value)}
    lines = [json.dumps(item, ensure_ascii=False, cls=DjangoJSONEncoder) for item in items]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def is_unsaid(name, value):
    """Whether a field called `name` says with `value` what is so unless something else is said."""
    return name in UNSAID and value == UNSAID[name]


def _order(record):
    """By natural key; what points at another of its kind after that one."""
    return depth(record), record.natural_key()


def depth(record):
    """Return over how many others of its kind `record` leads: what it was merged into, supersedes or carries."""
    steps, onward = 0, _onward(record)
    while onward is not None and steps < FURTHEST:
        steps, onward = steps + 1, _onward(onward)
    return steps


def _onward(record):
    return next((to for name in ("merged_into", "supersedes", "carries") if (to := getattr(record, name, None))), None)
