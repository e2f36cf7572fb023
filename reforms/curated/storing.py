"""Entries to the database: the stored entry is made what a proposal or an earlier state says, row by row."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError

from reforms.curated.compiling import AT, Compilation
from reforms.curated.reading import Entry, Problems
from reforms.curated.records import Records, sentences
from reforms.curated.serialising import depth
from reforms.curated.writing import shape_of
from reforms.doubt import mark, words_of
from reforms.entries import OWNED, is_public
from reforms.models import Citation, Claim, Discrepancy
from reforms.models.naming import ReferencedModel
from reforms.models.resting import RestsOnClaim, resting_on
from reforms.publishing import refusals, refuse_deletion
from reforms.renaming import refuse_retired, retire, slug_in_use
from sources.changes import change_set
from sources.models import Paragraph


class StoredRecords(Records):
    """Records whose related ones are looked up in the database; a new one gets its key when it is saved."""

    def __init__(self, problems, root):
        super().__init__(problems)
        self.root = root

    def add(self, model, entry, **fields):
        record = super().add(model, entry, **fields)
        if record is not None:
            record.pk = self.root.pk if self.root and isinstance(self.root, model) else None
        return record

    def find(self, model, name, entry):
        made = self.named.get((model, name))
        found = made or model._default_manager.filter(**{model.KEY[0]: name}).first() or self._renamed(model, name)
        if isinstance(found, Claim):
            found = found.in_use
        if found is None:
            self.problems.add(entry, f"No {model._meta.verbose_name} is called “{name}”.")
        return found

    @staticmethod
    def _renamed(model, name):
        """The record that had the slug `name` before, or None."""
        now = slug_in_use(model._meta.model_name, name)
        return model._default_manager.filter(slug=now).first() if now != name else None


class OneEntry(Compilation):
    """Compiles one entry against the database."""

    def __init__(self, model, entry, root):
        super().__init__({}, None, Problems())
        self.records = StoredRecords(self.problems, root)
        entry = as_entry(entry)
        shape_of(model).check(entry, self.problems)
        for take in self._takers(model):
            take(entry)
        if self.problems.found:
            raise ValidationError([message for *_, message in self.problems.found])

    def _takers(self, model):
        if model is Claim:
            return [self.claim, self.claim_links]
        return {
            "actor": [self.actor],
            "topic": [lambda entry: self.plain(model, entry)],
            "event": [lambda entry: self.resting(model, entry)],
            "reform": [self.reform, self.milestones],
            "law": [self.law],
            "package": [self.package],
            "parameter": [self.parameter],
            "discrepancy": [self.discrepancy],
            "noclaim": [self.no_claim],
        }[model._meta.model_name]

    def at(self, entry):
        place = AT.fullmatch(entry["at"])
        found = place and Paragraph.objects.filter(source__slug=place["source"], number=place["number"])
        paragraph = found.select_related("source").first() if found is not None else None
        if paragraph is None:
            self.problems.add(entry, f"There is no paragraph “{entry['at']}”.")
        return paragraph


def as_entry(values):
    """Return a plain dict of an entry as an Entry, with those inside it."""
    inner = {
        key: [as_entry(item) if isinstance(item, dict) else item for item in value]
        if isinstance(value, list)
        else value
        for key, value in values.items()
    }
    return Entry(inner, "", 0)


def store(model, entry, *, record=None):
    """Make the entry of `record` (None: a new one) what `entry` says, and return its root.

    What is public and no longer stands on the same words is marked (see `reforms.doubt`).
    Errors: ValidationError where the entry breaks a rule; nothing is stored then.
    """
    public = record is not None and is_public(record)
    root, by_model = planned(model, entry, record)
    parts = list(by_model.values())
    try:
        with change_set():
            if public:
                _mark(record, root, parts)
            _save_all(record, root, parts)
            _check(root)
    except IntegrityError as error:
        raise ValidationError(str(error).splitlines()[0]) from error
    except ValidationError as error:
        raise ValidationError(sentences(error)) from error
    return root


def planned(model, entry, record):
    """Return the unsaved root of `entry`, and by model what is to become of each owned record: see `_match`.

    Errors: ValidationError where the entry cannot be compiled.
    """
    made = OneEntry(model, entry, record).records.made
    (root,) = made[model]
    return root, {part: _match(record, made, part, owner) for part, owner in OWNED[model].items()}


def _match(record, made, part, owner):
    """Pair each new record of `part` with the stored one that it is, by its name, else by its claim.

    Shape:  (owner, pairs of stored or None and new, those stored that are no longer there).
    """
    stored = list(part._default_manager.filter(**{owner: record})) if record else []
    waiting, pairs = list(made[part]), []
    for same in (_name, _claim):
        for new in list(waiting):
            old = next((old for old in stored if same(old) is not None and same(old) == same(new)), None)
            if old:
                new.pk = old.pk
                stored.remove(old)
                waiting.remove(new)
                pairs.append((old, new))
    return owner, pairs + [(None, new) for new in waiting], stored


def _name(record):
    """What names a record among those of the same owner: the stored columns of its KEY."""
    names = {lookup.split("__")[0] for lookup in record.KEY}
    return tuple(getattr(record, record._meta.get_field(name).attname) for name in sorted(names))


def _claim(record):
    """The claim that a record rests on; not of what has a reference of its own, and is never taken for another."""
    named = isinstance(record, ReferencedModel) or type(record) in OWNED[Claim]
    return None if named else getattr(record, "claim_id", None)


def _mark(record, root, parts):
    cites_changed = any(
        old is None or words_of(old) != words_of(new) for _, pairs, _ in parts for old, new in pairs if _cites(new)
    ) or any(_cites(gone) for _, _, removed in parts for gone in removed)
    mark(record, root, cites_changed=cites_changed)
    for _, pairs, _ in parts:
        for old, new in pairs:
            if old and _is_public(old):
                mark(old, new)


def _is_public(part):
    """Whether readers see this part of a public entry: what rests on a draft they do not."""
    return not isinstance(part, RestsOnClaim) or part.claim.state == Claim.State.PUBLISHED


def _cites(record):
    return isinstance(record, Citation)


def differs(old, new):
    """Whether two states of a record hold other values."""
    return any(getattr(old, field.attname) != getattr(new, field.attname) for field in old._meta.concrete_fields)


def _save_all(record, root, parts):
    slug = getattr(root, "slug", "")
    renamed = record is not None and slug and slug != record.slug
    if slug and (renamed or record is None):
        refuse_retired(root, slug)
    _let_go(parts)
    for _, _, removed in parts:
        for gone in removed:
            if isinstance(gone, ReferencedModel):
                refuse_deletion(gone)
            gone.delete()
    _save(record, root)
    for owner, pairs, _ in parts:
        for old, new in sorted(pairs, key=lambda pair: depth(pair[1])):
            setattr(new, owner, root)
            if _cites(new):
                new.carries = new.carries  # it is stored by now, and has a key
            _save(old, new)
    if renamed:
        retire(root, record.slug)


def _let_go(parts):
    """Let citations that will no longer carry what they carry give it free: to be removed, or for another."""
    pairs = [pair for _, kept, removed in parts for pair in [*kept, *((gone, None) for gone in removed)]]
    free = [
        old.pk for old, new in pairs
        if old and _cites(old) and old.carries_id and not (new and new.carries and new.carries.pk == old.carries_id)
    ]  # fmt: skip
    if free:
        Citation.objects.filter(pk__in=free).update(carries=None)


def _save(old, new):
    if old is None or differs(old, new):
        new._state.adding = old is None
        new.full_clean()
        new.save()


def _check(root):
    """What a change to one entry could break elsewhere."""
    if isinstance(root, Claim):
        for record in resting_on(root):
            record.clean()
        if root.state == Claim.State.PUBLISHED and (reasons := refusals(root)):
            raise ValidationError(reasons)
    if isinstance(root, Discrepancy):
        root.check_claims(root.claim_links.count())
