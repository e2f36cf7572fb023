"""Loading the shipped knowledge, and telling what was edited here since."""

import hashlib
import json
from collections import defaultdict
from pathlib import Path

from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from reforms.audit import audit
from reforms.curated.records import KNOWLEDGE
from reforms.models import Load, RetiredSlug
from reforms.models.naming import ReferencedModel, named
from reforms.publishing import refuse_deletion
from sources.changes import ChangeSet, change_set
from sources.models import Source

POINTED_AT = {field.related_model for model in KNOWLEDGE for field in model._meta.fields if field.is_relation}
LEAVES = {model._meta.label_lower for model in KNOWLEDGE if model not in POINTED_AT}


class LoadRefused(Exception):
    """The knowledge was not loaded, and nothing was changed; `reasons` says why, a line each."""

    def __init__(self, summary, reasons=()):
        self.reasons = list(reasons)
        super().__init__("\n".join([summary, *(f"  {reason}" for reason in self.reasons)]))


def is_empty():
    """Say whether no knowledge was ever loaded or entered here."""
    return not Load.objects.exists() and not Source.objects.exists()


def is_newer(path):
    """Say whether the fixture at `path` is another than the one loaded last."""
    last = Load.objects.first()
    return last is None or last.sha256 != sha256(path)


def load(path):
    """Load the fixture at `path` into an empty base: all of it, audited, or nothing.

    Errors: LoadRefused where something is there already, or where the audit finds anything.
    """
    if not is_empty():
        raise LoadRefused("This base is not empty. `make update` applies newer knowledge to it.")
    with change_set(kind=ChangeSet.Kind.LOAD, reason=f"Loaded {Path(path).name}."):
        _load_and_prove(path, {})


def update(path):
    """Bring what was loaded to the state of the fixture at `path`.

    Errors: LoadRefused naming every record that was edited here since the last load; nothing is changed then.
    """
    last = Load.objects.first()
    if last is None:
        raise LoadRefused("This base was not loaded by `load_knowledge`, so it cannot be told what was edited here.")
    with change_set(kind=ChangeSet.Kind.LOAD, reason=f"Updated from {Path(path).name}."):
        if edited := edits(last):
            raise LoadRefused(
                "Nothing was changed: these records were edited here since the last load. Carry the edits into "
                "fixtures/curated/ to bring both together.",
                edited,
            )
        _rename(path)
        _load_and_prove(path, last.digests)


def adopt(path):
    """Where `loaddata` loaded the fixture at `path` and nothing was edited since, remember it as loaded.

    Return whether the base is one that later fixtures can update.
    """
    if not Load.objects.exists() and stored_digests() == (loaded := _digests_in(path)):
        Load.objects.create(sha256=sha256(path), digests=loaded)
    return Load.objects.exists()


def edits(last):
    """Return the names of the records that differ from what `last` loaded, with how they differ."""
    now = stored_digests()
    return sorted(
        [f"{name} (changed)" for name, digest in now.items() if last.digests.get(name, digest) != digest]
        + [f"{name} (added)" for name in now.keys() - last.digests.keys()]
        + [f"{name} (removed)" for name in last.digests.keys() - now.keys()]
    )


def _load_and_prove(path, before):
    loaded = _digests_in(path)
    changed = {name for name, digest in loaded.items() if before.get(name) != digest}
    gone = before.keys() - loaded.keys()
    _loaddata(path, changed & before.keys(), gone)
    _remove(gone)
    if stored_digests() != loaded:
        raise LoadRefused("What the database holds is not what the fixture says.", _differences(loaded))
    if findings := audit():
        raise LoadRefused("The audit refuses this knowledge:", findings)
    _write_baseline(changed, before)
    Load.objects.create(sha256=sha256(path), digests=loaded)


def _rename(path):
    """Give records the slugs that newer ones of the fixture's retired slugs lead to, so that they stay the same."""
    for item in json.loads(Path(path).read_text(encoding="utf-8")):
        if item["model"] == RetiredSlug._meta.label_lower:
            kind, old, now = (item["fields"][name] for name in ("kind", "slug", "now"))
            record = named(kind).filter(slug=old).first()
            if record and not named(kind).filter(slug=now).exists():
                record.slug = now
                record.save()


def _loaddata(path, changed, gone):
    """Load the records of a fixture. Where unique values go from one record to another (two citations trade their
    numbers), the database refuses them one by one: then those that change or go, and that nothing points at, make
    room first.
    """
    try:
        with transaction.atomic():
            call_command("loaddata", str(path), verbosity=0)
    except IntegrityError as error:
        coming_back, going = ({name for name in names if name.split(" ", 1)[0] in LEAVES} for names in (changed, gone))
        if not coming_back | going:
            raise LoadRefused(f"The database refuses this knowledge: {str(error).splitlines()[0]}") from error
        _remove(coming_back, forever=False)
        _remove(going)
        _loaddata(path, set(), set())


def _digests_in(path):
    return digests_of(json.loads(Path(path).read_text(encoding="utf-8")))


def _differences(loaded):
    stored = stored_digests()
    return sorted(name for name in loaded.keys() | stored.keys() if loaded.get(name) != stored.get(name))


def _remove(names, *, forever=True):
    """Delete the records with these names, those that point at others first.

    Errors: LoadRefused where something public would be lost, or where something else still points at one.
    """
    by_model = defaultdict(list)
    for name in names:
        label, key = name.split(" ", 1)
        by_model[label].append(json.loads(key))
    try:
        for model in reversed(KNOWLEDGE):
            for key in sorted(by_model[model._meta.label_lower], reverse=True):
                lookups = dict(zip(model.KEY, key, strict=True))
                for record in model._default_manager.filter(**lookups):
                    if forever and isinstance(record, ReferencedModel):
                        refuse_deletion(record)
                    record.delete()
    except ValidationError as error:
        raise LoadRefused("The new knowledge lacks what was public:", error.messages) from error
    except ProtectedError as error:
        raise LoadRefused(f"The new knowledge lacks something that is still in use: {error.args[0]}") from error


def _write_baseline(names, before):
    """Give each record loaded anew or otherwise a history row, so that its state before any edit is kept."""
    for model in KNOWLEDGE:
        rows: dict[bool, list] = {False: [], True: []}
        for record in _with_names(model):
            if (name := record_name(model, record.natural_key())) in names:
                rows[name in before].append(record)
        for known, records in rows.items():
            if records:
                model.history.bulk_history_create(records, batch_size=500, update=known)  # type: ignore[attr-defined]


def sha256(path):
    """Return the SHA-256 of the file at `path`, in hex."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def record_name(model, key):
    """Name a record by its model and natural key: `reforms.claim ["C0001"]`."""
    return f"{model._meta.label_lower} {json.dumps(list(key), ensure_ascii=False)}"


def stored_digests():
    """Return the name and digest of every record of the knowledge base as it is stored now."""
    found = {}
    for model in KNOWLEDGE:
        items = serializers.serialize(
            "python", _with_names(model), use_natural_foreign_keys=True, use_natural_primary_keys=True
        )
        found |= digests_of(json.loads(json.dumps(items, cls=DjangoJSONEncoder)))
    return found


def _with_names(model):
    """All records of `model`, with whatever their natural keys and those of related records need."""
    paths = []
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey):
            key: tuple[str, ...] = field.related_model.KEY  # type: ignore[attr-defined]
            inner = [part.rsplit("__", 1)[0] for part in key if "__" in part]
            paths += [field.name, *(f"{field.name}__{part}" for part in inner)]
    return model._default_manager.select_related(*paths).order_by("pk")


def digests_of(items):
    """Return name to SHA-256 of the fields of serialised records.

    Shape: `items` as Django's JSON fixtures hold them, by natural keys: `{"model": …, "fields": {…}}`.
    """
    keys = {model._meta.label_lower: model for model in KNOWLEDGE}
    found = {}
    for item in items:
        model = keys[item["model"]]
        key = _key_of(model, item["fields"])
        fields = json.dumps(item["fields"], sort_keys=True, ensure_ascii=False)
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
