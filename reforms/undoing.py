"""Undo: takes back a whole change set as one step, as a change set of its own. All of it, or nothing."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from reforms.aftermath import NAMED_AT_MOST, Aftermath, told
from reforms.curated.records import KNOWLEDGE
from reforms.models import Load
from reforms.touching import AT_ONCE, changed_by, chunks, differing, in_words, steps, touched_keys
from sources import changes
from sources.changes import ChangeSet, current_change_set

__all__ = ["UndoRefused", "changed_by", "undo"]


class UndoRefused(ValidationError):
    """The undo was refused, and nothing was changed; `messages` says why, one for each reason."""


def undo(change_set, *, by, reason):
    """Take back everything that `change_set` did, and return the change set of kind UNDO that did it.

    What it made is removed, what it removed is back under the same key, what it changed is as it was. An undo
    is undone in the same way; the undo of a load is not: load again.
    Errors: UndoRefused.
    """
    if not reason.strip():
        raise UndoRefused("An undo needs a reason.")
    with changes.change_set(by=by, reason=reason, kind=ChangeSet.Kind.UNDO, undoes=change_set):
        ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)
        _refuse_if_over(change_set)
        keys = touched_keys(change_set)
        now = _locked(keys)
        found = [step for step in steps(change_set, keys) if not step.is_nothing]
        loads = Load.objects.filter(change_set=change_set)
        if not found and not loads:
            raise UndoRefused("This change set changed nothing, so there is nothing to undo.")
        if reasons := [reason for refuse in REFUSALS for reason in refuse(found, now)]:
            raise UndoRefused(reasons)
        done = ChangeSet.objects.get(pk=current_change_set())
        _put_back(found, now, by)
        loads.delete()
        if reasons := Aftermath(found).refusals():
            raise UndoRefused(reasons)
    return done


def _refuse_if_over(change_set):
    """Errors: UndoRefused where it was undone, is a load that others followed, or the undo of one."""
    if earlier := ChangeSet.objects.filter(undoes=change_set).select_related("by").first():
        raise UndoRefused(f"It was undone before: {_named(earlier)}.")
    if change_set.undoes and change_set.undoes.kind == ChangeSet.Kind.LOAD:
        raise UndoRefused("The undo of a load is not undone: load the knowledge again instead.")
    if change_set.kind == ChangeSet.Kind.LOAD:
        own = Load.objects.filter(change_set=change_set).order_by("pk").first()
        if own is None:
            raise UndoRefused("It is not known any more what this load was, so it cannot be undone.")
        if later := list(Load.objects.filter(pk__gt=own.pk).order_by("pk")):
            raise UndoRefused(told("The knowledge was loaded again since", later))


def _locked(keys):
    """Return model → key → record as it is stored now, kept from being changed meanwhile."""
    return {
        model: {
            record.pk: record
            for chunk in chunks(own)
            for record in model._default_manager.select_for_update().filter(pk__in=chunk).order_by("pk")
        }
        for model, own in keys.items()
    }


def _named(change_set):
    return f"{change_set}, change set {change_set.pk}"


def _changed_again(found, now):
    """Records that another change set changed since, and that was not undone itself."""
    undone_by = dict(ChangeSet.objects.exclude(undoes=None).values_list("undoes", "pk"))
    undoes = {pk: undone for undone, pk in undone_by.items()}
    again = []
    for step in found:
        later = list(dict.fromkeys(row.change_set_id for row in step.later))
        again += [(step, pk) for pk in later if _stands(pk, later, undone_by, undoes)]
    sets = ChangeSet.objects.select_related("by").in_bulk({pk for _, pk in again[:NAMED_AT_MOST]})
    if again:
        yield told(
            "Changed again since", again, lambda one: f"{in_words(one[0].model, one[0].pk)} ({_named(sets[one[1]])})"
        )


def _stands(pk, later, undone_by, undoes):
    """Whether change set `pk` still has an effect, of which another of `later` does not tell."""
    first, standing = pk, True
    while first in undoes:
        first = undoes[first]
    if first != pk and first in later:
        return False
    while pk in undone_by:
        pk, standing = undone_by[pk], not standing
    return standing


def _unlike_the_history(found, now):
    """Records whose history does not tell what was before, or that are not as its last row says."""
    unknown = [step for step in found if not step.known]
    if unknown:
        yield told("The history does not tell what was before", unknown, _step_in_words)
    unlike = [step for step in found if not _as_told(step, now[step.model].get(step.pk))]
    if unlike:
        yield told("Changed since, and no history tells by whom", unlike, _step_in_words)


def _as_told(step, record):
    row = step.later[-1] if step.later else step.after
    if record is None or row is None or row.history_type == "-":
        return record is None and (row is None or row.history_type == "-")
    return not differing(step.model, record, row)


def _without_their_words(found, now):
    """Records whose words are not in the history, so that they cannot be brought back."""
    lost = [step for step in found if _kept_out(step.model) and step.before and _is_other_text(step)]
    if lost:
        words = "The history does not keep the text of sources, so these cannot be brought back"
        yield told(words, lost, _step_in_words)


def _kept_out(model):
    """The fields of `model` that its history does not keep."""
    return model.history.model._history_excluded_fields


def _is_other_text(step):
    if step.after is None:
        return True
    return any(field.attname in ("sha256", "text_sha256") for field in differing(step.model, step.before, step.after))


REFUSALS = [_changed_again, _unlike_the_history, _without_their_words]


def _step_in_words(step):
    return in_words(step.model, step.pk)


def _put_back(found, now, by):
    """Write the state before: first what is no longer there makes room, then what differs, then what comes back."""
    by_model = defaultdict(list)
    for step in found:
        by_model[step.model].append(step)
    for model in reversed(KNOWLEDGE):
        gone = [now[model][step.pk] for step in by_model[model] if step.before is None]
        _remove(model, gone)
        _record(model, gone, "-", by)
    for model in KNOWLEDGE:
        put = [(step, now[model].get(step.pk)) for step in by_model[model] if step.before]
        changed = [record for _, record in put if record]
        fields = {field.name for step, record in put if record for field in _set(record, step.before)}
        _write(_change, model, changed, fields)
        _record(model, changed, "~", by)
        back = [_made_again(model, step.before) for step, record in put if not record]
        _write(_create, model, back)
        _record(model, back, "+", by)


def _set(record, row):
    """Give `record` the values of the history row; return the fields that differed."""
    fields = differing(type(record), record, row)
    for field in fields:
        setattr(record, field.attname, getattr(row, field.attname))
    return fields


def _made_again(model, row):
    return model(**{field.attname: getattr(row, field.attname) for field in model.history.model.tracked_fields})


def _remove(model, records):
    """Delete without taking anything along: what still points there is found by the Aftermath."""
    for chunk in chunks(record.pk for record in records):
        rows = model._default_manager.filter(pk__in=chunk).order_by()
        rows._raw_delete(using=rows.db)


def _change(model, records, names):
    """Update the fields called `names`. Where records trade unique values, all make room before any comes back."""
    try:
        with transaction.atomic():
            model._default_manager.bulk_update(records, names, batch_size=AT_ONCE)
    except IntegrityError:
        if _kept_out(model):  # its words are guarded against an update only
            raise
        _remove(model, records)
        _create(model, records)


def _create(model, records):
    model._default_manager.bulk_create(records, batch_size=AT_ONCE)


def _write(act, model, records, *arguments):
    """Do `act` with `records`. Errors: UndoRefused in the words of the rule that the database holds up."""
    if not records:
        return
    try:
        with transaction.atomic():
            act(model, records, *arguments)
    except IntegrityError as error:
        raise UndoRefused(told("The database refuses it", _broken(model, records, error))) from error


def _broken(model, records, error):
    found = []
    for record in records:
        try:
            record.validate_unique()
            record.validate_constraints()
        except ValidationError as broken:
            found += [f"{in_words(model, record.pk)}: {message}" for message in broken.messages]
    return found or [str(error).splitlines()[0]]


def _record(model, records, history_type, by):
    """Give each of `records` a history row in the open change set."""
    history, moment, change_set = model.history.model, timezone.now(), current_change_set()
    rows = [
        history(
            history_date=moment,
            history_type=history_type,
            history_user=by,
            change_set_id=change_set,
            **{field.attname: getattr(record, field.attname) for field in history.tracked_fields},
        )
        for record in records
    ]
    history.objects.bulk_create(rows, batch_size=AT_ONCE)
