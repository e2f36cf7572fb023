"""What an edited sheet would change, and every error in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reforms.curated.writing import written
from reforms.editing import waits_for_another, which_wait
from reforms.models import Claim, Law, Parameter, ParameterChange, Reform, RetiredSlug
from reforms.publishing import retract
from reforms.sheets.columns import SHEETS
from reforms.sheets.planning import plan
from reforms.sheets.reading import Row
from tests.factories import make_claim, make_law, make_reform, make_source, rewrite
from tests.reforms.sheets.conftest import Edited


def told(plan):
    """Row number to what it changes and its errors."""
    return {one.number: ([(d.what, d.before, d.after) for d in one.differences], one.errors) for one in plan.outcomes}


def errors(plan):
    return [error for one in plan.outcomes for error in one.errors]


@pytest.mark.parametrize("kind", SHEETS)
def test_an_unedited_sheet_changes_nothing(kind, each, edited):
    planned = edited(kind).plan()
    assert planned.outcomes == []
    assert planned.unchanged == {"claim": 2, "reform": 1, "law": 1, "parameter": 1}[kind]


TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from("'=-+@\r\n\t\",;😀"), min_size=1
).filter(str.strip)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, note=TEXT | st.just(""))
def test_whatever_the_texts_export_and_import_change_nothing(text, note, each):
    Claim.objects.filter(ref="C0001").update(text=text, note=note)
    planned = Edited("claim").plan()
    assert (told(planned), planned.unchanged) == ({}, 2)


def test_spreadsheets_may_end_lines_within_a_cell_in_their_own_way(each, edited):
    Claim.objects.filter(ref="C0001").update(note="One\r\ntwo")
    sheet = edited("claim")
    sheet.rows[0]["note"] = "One\ntwo"
    assert sheet.plan().outcomes == []


def test_a_claim_changes_in_what_its_cells_say(each, edited):
    make_reform("b-reform")
    sheet = edited("claim")
    sheet.rows[0] |= {"text": " It became law. ", "kind": "done", "note": "Read.", "reforms": "b-reform;a-reform"}
    [one] = sheet.plan().outcomes
    assert [(d.what, d.before, d.after) for d in one.differences] == [
        ("text", "Something was decided.", "It became law."), ("kind", "adopted", "done"), ("note", "", "Read."),
        ("reform", "", "b-reform"),
    ]  # fmt: skip
    assert (one.errors, one.waits, one.name) == ([], True, "C0001")


def test_a_change_of_value_is_one_row_of_its_parameter(each, edited):
    ParameterChange.objects.create(parameter=each["parameter"], claim=each["claim"], before="20", after="10")
    sheet = edited("parameter")
    assert [(row["which"], row["before"], row["after"]) for row in sheet.rows] == [("1", "20", "10"), ("2", "40", "20")]
    sheet.rows[1] |= {"after": "21", "date": "2020-05"}
    planned = sheet.plan()
    assert told(planned) == {3: ([("after", "20", "21"), ("date", "", "2020-05")], [])}
    [change] = planned.changes
    assert [row["after"] for row in change.after["changes"]] == ["10", "21"]


def test_columns_and_rows_that_are_left_out_stay_as_they_are(each, edited):
    sheet = edited("claim")
    sheet.header, sheet.rows = ["version", "ref", "note"], sheet.rows[:1]
    sheet.rows[0]["note"] = "Read."
    [change] = sheet.plan().changes
    assert change.after == change.now | {"note": "Read."}


def test_an_emptied_cell_takes_the_value_away(each, edited):
    rewrite(each["claim"], note="Read.")
    sheet = edited("claim")
    sheet.rows[0]["note"] = " "
    [change] = sheet.plan().changes
    assert "note" not in change.after


@pytest.mark.parametrize(
    ("kind", "cells", "error"),
    [
        ("claim", {"ref": ""}, "The cell “ref” is empty. Rows add nothing: new claims are added in their own form."),
        ("claim", {"ref": "C0999"}, "No claim is called “C0999”. Rows add nothing"),
        ("claim", {"ref": "C0002"}, "This is in row 2 already."),
        ("claim", {"text": " "}, "text: This field cannot be blank."),
        ("claim", {"kind": "rumour"}, "kind: “rumour” is none of proposed, planned, adopted"),
        ("claim", {"kind": "allegation"}, "An allegation needs an actor who says it."),
        ("claim", {"reforms": "no-reform"}, "reforms: no reform is called “no-reform”."),
        ("claim", {"reforms": "a-reform; a-reform"}, "reforms: given twice: a-reform."),
        ("claim", {"(state)": "x"}, "The column (state) is only for reading. It was “published”, and is now “x”."),
        ("claim", {"(quotes)": "Else"}, "The column (quotes) is only for reading."),
        ("claim", {"version": "v-1"}, "Changed since it was exported, or the cell “version” was."),
        ("law", {"rank": "rule"}, "rank: “rule” is none of constitutional_law, law"),
        ("law", {"name": "x" * 201}, "name: Ensure this value has at most 200 characters (it has 201)."),
        ("reform", {"title": ""}, "title: This field cannot be blank."),
        ("parameter", {"date": "25.05.2020"}, "date: “25.05.2020” is"),
        ("parameter", {"before": "", "after": ""}, "A change has a before or an after."),
        ("parameter", {"which": "2"}, "No changes of value stand under this name."),
        ("parameter", {"claim": ""}, "The cell “claim” is empty."),
    ],
)  # fmt: skip
def test_each_error_is_told_with_its_row(kind, cells, error, each, edited):
    make_claim(each["source"].paragraphs.get(number=2), "law was", text="Aside.") if kind == "claim" else None
    sheet = edited(kind)
    if kind == "claim":
        rewrite(each["claim"], actors=None)
        sheet = edited(kind)
        sheet.rows.sort(key=lambda row: row["ref"] != "C0002")
        number = 3 if cells.get("ref") == "C0002" else 4
        sheet.rows[number - 2] |= {"text": "It became law."} | cells
    else:
        number = 2
        sheet.rows[0] |= {"note": "Read."} | cells
    [one] = sheet.plan().outcomes
    assert (one.number, one.errors[0][: len(error)]) == (number, error)
    assert sheet.plan().changes == []


def test_what_rests_on_a_claim_must_stay_named_by_it(each, edited):
    sheet = edited("claim")
    sheet.rows[0] |= {"reforms": "", "laws": "", "kind": "planned"}
    [one] = sheet.plan().outcomes
    assert sorted({error.split(":")[0] for error in one.errors}) == ["kind", "laws", "reforms"]
    assert "reforms: milestone M0001 a-reform adopted rests on this claim, which has to name “a-reform”." in one.errors


def test_two_changes_of_one_claim_to_the_same_value_are_refused(each, edited):
    ParameterChange.objects.create(parameter=each["parameter"], claim=each["claim"], before="20", after="10")
    sheet = edited("parameter")
    sheet.rows[0]["after"] = "20"
    assert errors(sheet.plan()) == ["This claim tells this change already."]


def test_a_closed_claim_stays_as_it_was(each, edited, ann):
    claim = Claim.objects.get(ref="C0002")
    retract(claim, by=ann, reason="Wrong.")
    sheet = edited("claim")
    sheet.rows[1]["text"] = "Else."
    assert errors(sheet.plan()) == ["C0002 is retracted: it stays as it was, until an earlier state is brought back."]


def test_a_name_that_was_retired_is_the_one_it_leads_to(each, edited):
    make_reform("b-reform")
    RetiredSlug.objects.create(kind="reform", slug="old-reform", now="b-reform")
    sheet = edited("claim")
    sheet.rows[0]["reforms"] = "a-reform; old-reform"
    assert told(sheet.plan()) == {2: ([("reform", "", "b-reform")], [])}


def test_what_waits_is_found_for_many_as_for_one(each, ann):
    make_claim(each["source"].paragraphs.get(number=2), "law was", published=False)
    make_reform("b-reform")

    def waits():
        found = {}
        for model in (Claim, Reform, Law, Parameter):
            records = list(model.objects.all())
            many = which_wait(model, [record.pk for record in records])
            assert many == {record.pk for record in records if waits_for_another(record)}
            found[model] = len(many)
        return found

    assert waits() == {Claim: 2, Reform: 1, Law: 1, Parameter: 1}
    for claim in Claim.objects.public():
        retract(claim, by=ann, reason="Wrong.")
    assert waits() == {Claim: 0, Reform: 1, Law: 1, Parameter: 1}


# Nobody's edit is lost.


def test_what_somebody_else_changed_since_is_shown_beside_ones_own_change(each, edited):
    sheet = edited("claim")
    rewrite(each["claim"], text="It was decided twice.")
    sheet.rows[0]["note"] = "Read."
    [one] = sheet.plan().outcomes
    assert one.errors == ["Changed by somebody else since it was exported. Export it again, and make the change there."]
    assert [(d.what, d.after) for d in one.differences] == [("note", "Read.")]
    assert ("text", "Something was decided.", "It was decided twice.") in [
        (d.what, d.before, d.after) for d in one.theirs
    ]


def test_a_row_that_was_not_edited_stops_nobody(each, edited):
    sheet = edited("claim")
    rewrite(each["claim"], text="It was decided twice.")
    assert (sheet.plan().outcomes, sheet.plan().unchanged) == ([], 2)


def test_what_is_so_already_is_unchanged(each, edited):
    sheet = edited("claim")
    sheet.rows[0]["text"] = "It was decided twice."
    rewrite(each["claim"], text="It was decided twice.")
    assert (sheet.plan().outcomes, sheet.plan().unchanged) == ([], 2)


def test_a_citation_that_somebody_added_stops_an_edit_of_the_text(each, edited):
    sheet = edited("claim")
    cites = [{"at": "a-source#2", "quote": "the law.", "number": "2"}]
    rewrite(each["claim"], cites=written(each["claim"])["cites"] + cites)
    sheet.rows[0]["text"] = "It became law."
    assert len(errors(sheet.plan())) == 1


# What it costs.


def test_the_number_of_queries_does_not_grow_with_the_rows(each):
    paragraphs = make_source("Text.\n" * 40, slug="long-source").paragraphs.all()

    def cost(count):
        while Claim.objects.count() < count:
            at = Claim.objects.count()
            make_claim(paragraphs[at], reforms=[each["reform"]], laws=[each["law"]])
        sheet = Edited("claim")
        for row in sheet.rows:
            row |= {"text": "Else.", "kind": "done", "laws": "", "note": "Read."}
        rows = sheet.read()
        with CaptureQueriesContext(connection) as seen:
            assert len(plan(sheet.sheet, rows).outcomes) == count
        return len(seen)

    assert cost(4) == cost(24)
    assert cost(24) < 40


def test_rows_without_a_record_cost_one_query(db):
    sheet = SHEETS["law"]
    rows = [Row(n, {"slug": f"x{n}", "version": ""}) for n in range(400)]
    with CaptureQueriesContext(connection) as seen:
        assert len(plan(sheet, rows).wrong) == 400
    assert len(seen) == 1


def test_what_readers_see_waits_and_what_nobody_saw_does_not(each, edited):
    make_reform("b-reform"), make_law("b-law")
    for kind in ("reform", "law"):
        sheet = edited(kind)
        for row in sheet.rows:
            row["note"] = "Read."
        assert {one.name: one.waits for one in sheet.plan().outcomes} == {f"a-{kind}": True, f"b-{kind}": False}
