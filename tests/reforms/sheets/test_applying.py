"""A sheet is applied as one change set, by the rules of the desk, or not at all; and it can be undone."""

import pytest

from reforms.curated.writing import written
from reforms.models import Claim, ParameterChange, Proposal
from reforms.proposing import approve
from reforms.publishing import last_editor, submit
from reforms.sheets import applying
from reforms.sheets.applying import NotApplied, apply
from reforms.undoing import UndoRefused, undo
from sources.models import ChangeSet
from tests.factories import make_claim, make_law, rewrite


@pytest.fixture
def drafted(each):
    """A draft C0003 and C0004, which is in review, beside the two public claims."""
    words = each["source"].paragraphs.get(number=2)
    make_claim(words, "law was", published=False, text="A draft.", kind="done")
    submit(make_claim(words, "was adopted", published=False, text="In review.", kind="done"))
    return each


def filled(sheet, **cells):
    for row in sheet.rows:
        row |= cells
    return sheet


def go(sheet, by, **more):
    rows = sheet.read()
    return apply(sheet.sheet, rows, seen=more.pop("seen", sheet.plan().seen), by=by, **more)


def test_drafts_change_at_once_and_what_is_public_waits_in_one_change_set(drafted, edited, ann):
    before = ChangeSet.objects.count()
    sheet = filled(edited("claim"), note="Read again.")
    planned = sheet.plan()
    assert [[one.name for one in some] for some in (planned.at_once, planned.waiting, planned.in_review)] == [
        ["C0003", "C0004"], ["C0001", "C0002"], ["C0004"],
    ]  # fmt: skip
    done = go(sheet, ann, reason="Read them all.")
    assert [claim.ref for claim in done.changed] == ["C0003", "C0004"]
    assert [(one.name, one.proposed["note"], one.reason) for one in done.proposals] == [
        ("C0001", "Read again.", "Read them all."), ("C0002", "Read again.", "Read them all."),
    ]  # fmt: skip
    assert (ChangeSet.objects.count(), done.change_set) == (before + 1, ChangeSet.objects.first())
    assert (done.change_set.by, done.change_set.reason) == (ann, "Read them all.")
    assert list(Claim.objects.order_by("ref").values_list("note", flat=True)) == ["", "", "Read again.", "Read again."]
    in_review = Claim.objects.get(ref="C0004")
    assert (in_review.state, last_editor(in_review)) == ("in_review", ann)


def test_after_that_the_same_sheet_changes_nothing(drafted, edited, ann):
    sheet = filled(edited("claim"), note="Read again.")
    go(sheet, ann)
    planned = sheet.plan()
    assert (planned.outcomes, planned.unchanged, len(planned.proposed)) == ([], 2, 2)


def test_undoing_the_change_set_takes_back_what_changed_and_removes_its_proposals(drafted, edited, ann):
    before = [written(claim) for claim in Claim.objects.order_by("ref")]
    done = go(filled(edited("claim"), text="Else.", laws="a-law", reforms="a-reform"), ann)
    assert (len(done.changed), len(done.proposals)) == (2, 2)
    undo(done.change_set, by=ann, reason="Too early.")
    assert [written(claim) for claim in Claim.objects.order_by("ref")] == before
    assert Proposal.objects.count() == 0


def test_what_was_approved_since_has_to_be_undone_first(each, edited, ann, ben):
    done = go(filled(edited("claim"), note="Read again."), ann)
    approve(done.proposals[0], by=ben)
    with pytest.raises(UndoRefused, match="Changed again since"):
        undo(done.change_set, by=ann, reason="Too early.")


def test_values_reforms_and_laws_are_changed_likewise(each, edited, ann):
    ParameterChange.objects.create(parameter=each["parameter"], claim=each["claim"], before="20", after="10")
    make_law("b-law")
    done = go(filled(edited("parameter"), unit="members"), ann)
    assert [[change["unit"] for change in one.proposed["changes"]] for one in done.proposals] == [["members"] * 2]
    done = go(filled(edited("law"), status="draft"), ann)
    assert ([one.slug for one in done.changed], [one.name for one in done.proposals]) == (["b-law"], ["a-law"])
    done = go(filled(edited("reform"), topics="", title="Another"), ann)
    assert [(one.proposed["title"], "topics" in one.proposed) for one in done.proposals] == [("Another", False)]


# Nothing, or all of it.


def nothing_is_stored(sheet, by, why, **more):
    before = ChangeSet.objects.count(), Proposal.objects.count(), list(Claim.history.values_list("pk"))
    with pytest.raises(NotApplied) as refused:
        go(sheet, by, **more)
    assert str(refused.value) == why
    assert (ChangeSet.objects.count(), Proposal.objects.count(), list(Claim.history.values_list("pk"))) == before
    return refused.value.plan


def test_with_errors_nothing_is_applied_but_the_other_rows_may_be(drafted, edited, ann):
    sheet = filled(edited("claim"), note="Read again.")
    sheet.rows[3]["kind"] = "rumour"
    nothing_is_stored(sheet, ann, "Nothing was applied: there are errors.")
    done = go(sheet, ann, partly=True)
    assert ([claim.ref for claim in done.changed], len(done.proposals)) == (["C0003"], 2)


def test_where_something_changed_since_the_preview_nothing_is_applied(drafted, edited, ann):
    sheet = filled(edited("claim"), note="Read again.")
    seen = sheet.plan().seen
    rewrite(Claim.objects.get(ref="C0003"), text="Else.")
    planned = nothing_is_stored(sheet, ann, applying.LOOK_AGAIN, seen=seen)
    assert [one.name for one in planned.wrong] == ["C0003"]


def test_what_only_storing_finds_takes_back_all(drafted, edited, ann, monkeypatch):
    monkeypatch.setattr("reforms.sheets.planning.check", lambda *_: None)
    sheet = filled(edited("claim"), note="Read again.")
    sheet.rows[3]["reforms"] = "no-reform"
    planned = nothing_is_stored(sheet, ann, "Nothing was applied: a rule refuses some rows.")
    assert [(one.name, one.errors) for one in planned.wrong] == [("C0004", ["No reform is called “no-reform”."])]


def test_too_many_at_once_are_applied_in_parts_by_the_same_sheet(drafted, edited, ann, monkeypatch):
    monkeypatch.setattr(applying, "AT_MOST", 3)
    sheet = filled(edited("claim"), note="Read again.")
    nothing_is_stored(sheet, ann, "Nothing was applied: 4 records would change, and at most 3 change at once.")
    done = go(sheet, ann, partly=True)
    assert ([claim.ref for claim in done.changed], len(done.proposals), done.left) == (["C0003"], 2, 1)
    done = go(sheet, ann)
    assert ([claim.ref for claim in done.changed], done.proposals, done.left) == (["C0004"], [], 0)


def test_a_sheet_that_changes_nothing_makes_no_change_set(each, edited, ann):
    nothing_is_stored(edited("claim"), ann, "Nothing was applied: there is nothing to change.")


@pytest.mark.parametrize(
    "cells",
    [
        {"text": ""}, {"kind": "rumour"}, {"kind": "allegation"}, {"kind": "planned"}, {"reforms": ""}, {"laws": ""},
        {"reforms": "no-reform"}, {"events": "no-event"},
    ],
    ids=str,
)  # fmt: skip
def test_the_preview_tells_of_each_rule_by_which_storing_would_refuse(cells, each, edited, ann, monkeypatch):
    rewrite(each["claim"], actors=None)
    sheet = edited("claim")
    sheet.rows[0] |= cells
    assert len(sheet.plan().wrong) == 1
    monkeypatch.setattr("reforms.sheets.planning.check", lambda *_: None)
    nothing_is_stored(sheet, ann, "Nothing was applied: a rule refuses some rows.")
