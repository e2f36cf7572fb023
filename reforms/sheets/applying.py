"""Applying what a sheet would change: all of it as one change set, or nothing."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from reforms.curated.storing import store
from reforms.editing import edit
from reforms.models import Proposal
from reforms.sheets.planning import Plan, plan
from reforms.touching import chunks
from sources.changes import ChangeSet, change_set, current_change_set

AT_MOST = 100  # records in one change set: each is stored by all rules, and whoever else saves waits meanwhile
TOO_MANY = "Nothing was applied: {:,} records would change, and at most {:,} change at once."
LOOK_AGAIN = "Nothing was applied: something changed since you looked. Look at it again."


class NotApplied(Exception):
    """Nothing was stored. `plan`: what would be done now; its rows say what is wrong with them. The text says why."""

    def __init__(self, why, plan):
        self.plan = plan
        super().__init__(why)


@dataclass(frozen=True)
class Applied:
    """What was done: the change set (None where nothing differed), the records changed, and the proposals that wait.

    `left`: how many records would change too, when the same sheet is imported again.
    """

    change_set: ChangeSet | None
    changed: list
    proposals: list[Proposal]
    left: int


def apply(sheet, rows, *, seen, by, reason="", partly=False):
    """Apply `rows` as one change set and return Applied.

    `seen`: of the Plan that was looked at. `partly`: apply the rows without errors though others have some, and the
    first AT_MOST records though there are more.
    Errors: NotApplied where something changed since, rows have errors, there are too many, or a rule refuses one.
    """
    with transaction.atomic():
        _hold(sheet, rows)
        planned = plan(sheet, rows)
        _refuse(planned, seen, partly)
        with change_set(by=by, reason=reason.strip() or f"Imported a sheet of {sheet.rows_are}."):
            done = _apply_each(sheet, planned, by, reason.strip())
            number = current_change_set() if any(done) else None
    changed, proposals = done
    return Applied(number and ChangeSet.objects.get(pk=number), changed, proposals, len(planned.changes[AT_MOST:]))


def _hold(sheet, rows):
    """Keep everybody else from changing the records until all is done."""
    key = sheet.model.KEY[0]
    for chunk in chunks({row.cells[sheet.key[0]].strip() for row in rows}):
        held = sheet.model._default_manager.select_for_update().filter(**{f"{key}__in": chunk}).order_by("pk")
        list(held.values_list("pk"))


def _refuse(planned: Plan, seen, partly):
    if planned.seen != seen:
        raise NotApplied(LOOK_AGAIN, planned)
    if planned.wrong and not partly:
        raise NotApplied("Nothing was applied: there are errors.", planned)
    if len(planned.changes) > AT_MOST and not partly:
        raise NotApplied(TOO_MANY.format(len(planned.changes), AT_MOST), planned)
    if not planned.changes:
        raise NotApplied("Nothing was applied: there is nothing to change.", planned)


def _apply_each(sheet, planned, by, reason):
    changed, proposals, refused = [], [], False
    for change in planned.changes[:AT_MOST]:
        try:
            record, proposal = edit(sheet.model, change.record, _storing(sheet, change), by=by, reason=reason)
        except ValidationError as error:
            refused = True
            change.outcomes[0].errors += error.messages
            continue
        (changed if proposal is None else proposals).append(proposal or record)
    if refused:
        raise NotApplied("Nothing was applied: a rule refuses some rows.", planned)
    return changed, proposals


def _storing(sheet, change):
    return lambda: store(sheet.model, change.after, record=change.record)
