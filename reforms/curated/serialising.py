"""Records to the fixture that `loaddata` reads, the same bytes for the same records."""

import json

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder

from reforms.curated.records import KNOWLEDGE
from reforms.models import Counter

FURTHEST = 1000  # steps, should one ever lead round in a circle


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
    lines = [json.dumps(item, ensure_ascii=False, cls=DjangoJSONEncoder) for item in items]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _order(record):
    """By natural key; what was merged or supersedes another after the one that it points at."""
    depth, onward = 0, _onward(record)
    while onward is not None and depth < FURTHEST:
        depth, onward = depth + 1, _onward(onward)
    return depth, record.natural_key()


def _onward(record):
    return getattr(record, "merged_into", None) or getattr(record, "supersedes", None)
