"""Loading the shipped knowledge, and telling what was edited here since."""

import hashlib
import json
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from reforms.audit import running
from reforms.curated.gathering import carried
from reforms.curated.records import KNOWLEDGE
from reforms.curated.serialising import depth
from reforms.digests import digests_of, record_name, stored_digests, with_names
from reforms.models import Citation, Counter, Load, Proposal, RetiredSlug, Severity
from reforms.models.naming import ReferencedModel, named
from reforms.publishing import refuse_deletion
from sources.changes import ChangeSet, change_set, current_change_set
from sources.models import Source
from sources.rules import natural_keys_remembered

POINTED_AT = {
    field.related_model for model in KNOWLEDGE for field in model._meta.fields
    if field.is_relation and field.related_model is not model
}  # fmt: skip
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

    Errors: LoadRefused where something is there already, or where the audit finds anything broken.
    """
    if not is_empty():
        raise LoadRefused("This base is not empty. `make update` applies newer knowledge to it.")
    with change_set(kind=ChangeSet.Kind.LOAD, reason=f"Loaded {Path(path).name}."):
        _load_and_prove(path, {})


def update(path):
    """Bring what was loaded to the state of the fixture at `path`.

    Errors: LoadRefused naming every record that was edited here since the last load, and of which the fixture does
            not say the same; nothing is changed then.
    """
    if not adopt(path):
        raise LoadRefused("This base was not loaded by `load_knowledge`, so it cannot be told what was edited here.")
    if not is_newer(path):  # it was curated or loaded here without `load_knowledge`, to the same
        return
    last = Load.objects.latest()
    with change_set(kind=ChangeSet.Kind.LOAD, reason=f"Updated from {Path(path).name}."):
        if edited := edits(last, _digests_in(path)):
            raise LoadRefused(
                "Nothing was changed: these records were edited here since the last load. `make dump` carries edits "
                "into fixtures/curated/, where both can be brought together.",
                edited,
            )
        _rename(path)
        _load_and_prove(path, stored_digests())


def adopt(path):
    """Where `loaddata` loaded the fixture at `path` and nothing was edited since, remember it as loaded.

    Return whether the base is one that later fixtures can update.
    """
    if not Load.objects.exists() and stored_digests() == (loaded := _digests_in(path)):
        Load.objects.create(sha256=sha256(path), digests=loaded)
    return Load.objects.exists()


def edits(last, new=None):
    """Return the names of the records that differ from what `last` loaded, with how they differ.

    `new`: the digests of a newer fixture. What is stored as it says is no edit: it was carried there from here.
    """
    now, before = stored_digests(), last.digests
    new = before if new is None else new
    names = now.keys() | before.keys() | new.keys()
    edited = {name for name in names if now.get(name) not in (before.get(name), new.get(name))}
    answered = new.keys() & _answered()  # not stored_digests(): they would wait again
    return sorted(f"{name} ({_how(name, answered, before, now)})" for name in edited | answered)


def overtaken(path):
    """Return the names of the records in which the fixture at `path` is newer than what was loaded here last, and
    which are not stored as it says: a dump takes back what is new there.
    """
    if not Path(path).exists() or not is_newer(path):
        return []
    last = Load.objects.first()
    now, before, new = stored_digests(), last.digests if last else {}, _digests_in(path)
    return sorted(name for name in new.keys() | before.keys() if new.get(name) not in (before.get(name), now.get(name)))


def _how(name, answered, before, now):
    if name in answered:
        return "answered"
    return "added" if name not in before else "changed" if name in now else "removed"


def _answered():
    """The names of the proposals that somebody answered here."""
    unanswered = carried(Proposal).values("pk")
    refs = Proposal.objects.exclude(pk__in=unanswered).values_list("ref", flat=True)
    return {record_name(Proposal, [ref]) for ref in refs}


def _load_and_prove(path, before):
    """Load the fixture over what is stored, which has the digests `before`, and write down what changed by it."""
    loaded = _digests_in(path)
    changed = {name for name, digest in loaded.items() if before.get(name) != digest}
    gone = before.keys() - loaded.keys()
    with _counters_kept(path):
        _loaddata(path, changed & before.keys(), gone)
    _remove(gone)
    if stored_digests() != loaded:
        raise LoadRefused("What the database holds is not what the fixture says.", _differences(loaded))
    _count_rows()
    if broken := running.run().findings.filter(severity=Severity.BROKEN):
        raise LoadRefused("The audit refuses this knowledge:", broken)
    _write_baseline(changed, before)
    Load.objects.create(sha256=sha256(path), digests=loaded, change_set_id=current_change_set())


def _count_rows():
    """Let the database count what was just loaded. It plans its answers by what it knows of the tables: on what it knew
    of small ones, PostgreSQL can make a plan for the audit that does not end, and SQLite one for lists that takes 25
    times as long.
    """
    with connection.cursor() as cursor:
        for model in KNOWLEDGE:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


@contextmanager
def _counters_kept(path):
    """Let the counters of the fixture count on from where they stand here, where that is further."""
    items = json.loads(Path(path).read_text(encoding="utf-8"))
    counted = [item["fields"]["name"] for item in items if item["model"] == Counter._meta.label_lower]
    here = Counter.objects.filter(name__in=counted)
    given = dict(here.values_list("name", "last"))
    here.delete()
    yield
    for name, last in given.items():
        Counter.keep(name, last)


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
    empty = not any(model._default_manager.exists() for model in KNOWLEDGE)
    try:
        with transaction.atomic(), natural_keys_remembered(empty=empty):
            call_command("loaddata", str(path), verbosity=0)
    except IntegrityError as error:
        coming_back, going = ({name for name in names if name.split(" ", 1)[0] in LEAVES} for names in (changed, gone))
        if not coming_back | going:
            raise LoadRefused(f"The database refuses this knowledge: {str(error).splitlines()[0]}") from error
        Citation.objects.exclude(carries=None).update(carries=None)  # what they carry comes back with them
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
            records: list = []
            for key in sorted(by_model[model._meta.label_lower], reverse=True):
                lookups = dict(zip(model.KEY, key, strict=True))
                records += carried(model).filter(**lookups)
            for record in sorted(records, key=depth, reverse=True):
                if forever and isinstance(record, ReferencedModel) and model is not Proposal:
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
        for record in with_names(model):
            if (name := record_name(model, record.natural_key())) in names:
                rows[name in before].append(record)
        for known, records in rows.items():
            if records:
                model.history.bulk_history_create(records, batch_size=500, update=known)  # type: ignore[attr-defined]


def sha256(path):
    """Return the SHA-256 of the file at `path`, in hex."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()
