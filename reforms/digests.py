"""What the records of the knowledge base say, as digests: to tell what was edited since it was loaded."""

import hashlib
import json
from itertools import islice
from typing import Any

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from reforms.curated.gathering import carried
from reforms.curated.records import KNOWLEDGE
from reforms.curated.serialising import is_unsaid
from reforms.models import Counter
from sources.models import Source

ADDED_LATER = {"taint"}  # empty, these fields count for nothing, so that what was loaded before them is not an edit
AT_ONCE = 500


def record_name(model, key):
    """Name a record by its model and natural key: `reforms.claim ["C0001"]`."""
    return f"{model._meta.label_lower} {json.dumps(list(key), ensure_ascii=False)}"


def stored_digests():
    """Return the name and digest of every record of the knowledge base as it is stored now."""
    found = {}
    for model in KNOWLEDGE:
        records = with_names(model).iterator(AT_ONCE)
        while batch := list(islice(records, AT_ONCE)):
            items = serializers.serialize("python", batch, use_natural_foreign_keys=True, use_natural_primary_keys=True)
            found |= digests_of(json.loads(json.dumps(items, cls=DjangoJSONEncoder)))
    return found


def with_names(model):
    """The records of `model` that count, with whatever their natural keys and those of related records need."""
    paths = {}
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey):
            related: Any = field.related_model
            paths[field.name] = related
            for name in [lookup.rsplit("__", 1)[0] for lookup in related.KEY if "__" in lookup]:
                paths[f"{field.name}__{name}"] = related._meta.get_field(name).related_model
    whole = [f"{path}__{name}" for path, related in paths.items() if related is Source for name in ("text", "received")]
    return carried(model).select_related(*paths).defer(*whole).order_by("pk")


def digests_of(items):
    """Return name to SHA-256 of the fields of serialised records; counters count for nothing.

    Shape: `items` as Django's JSON fixtures hold them, by natural keys: `{"model": …, "fields": {…}}`.
    """
    keys = {model._meta.label_lower: model for model in KNOWLEDGE}
    found = {}
    for item in items:
        if item["model"] == Counter._meta.label_lower:
            continue
        model = keys[item["model"]]
        key = _key_of(model, item["fields"])
        told = {
            name: value for name, value in item["fields"].items()
            if (value or name not in ADDED_LATER) and not is_unsaid(name, value)
        }  # fmt: skip
        fields = json.dumps(told, sort_keys=True, ensure_ascii=False)
        found[record_name(model, key)] = hashlib.sha256(fields.encode()).hexdigest()
    return found


def _key_of(model, fields):
    """The natural key of a serialised record; a related record stands there by its own natural key."""
    key, taken = [], set()
    for lookup in model.KEY:
        name = lookup.split("__", 1)[0]
        if name in taken:
            continue
        taken.add(name)
        value = fields[name]
        key += value if isinstance(value, list) else [value]
    return key
