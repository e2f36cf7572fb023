"""The page of what the audit found: grouped, filtered, answered with a reason and taken back, run anew."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reforms.audit import RULES
from reforms.audit.answering import answer
from reforms.audit.running import run
from reforms.models import AnsweredFinding, Finding, Reform
from reforms.undoing import undo
from tests.admin_forms import in_words
from tests.factories import make_reform, make_source, word

pytestmark = pytest.mark.django_db
PAGE = "/admin/reforms/finding/"
UNNAMED = "shown_subjects_have_words"


def unfinished(count=1):
    """So many reforms that no claim names, found."""
    for at in range(count):
        make_reform(f"reform-{word(at)}")
    run()


def shown(page):
    return [(rule.name, [row["finding"].record for row in rows]) for rule, rows in page.context["groups"]]


def post(client, act, finding=None, reason="It is being read.", query=""):
    data = {"act": act, "reason": reason} | ({"finding": finding.pk} if finding else {})
    return client.post(PAGE + query, data, follow=True)


def test_before_the_first_run_the_page_says_so_and_offers_one(ann_browses):
    make_reform()
    page = ann_browses.get(PAGE)
    assert "The audit has not run here yet." in in_words(page)
    assert "Nothing found." in in_words(page)
    page = post(ann_browses, "run")
    assert "The audit ran. 1 finding unanswered." in in_words(page)
    assert re.search(r"The audit ran on \d+ \w+ \d{4}, \d\d:\d\d UTC and took \d+\.\d seconds\.", in_words(page))
    assert shown(page) == [(UNNAMED, ["reforms.reform a-reform"])]


def test_findings_stand_under_their_rule_with_its_reason_the_worst_first(ann_browses):
    source = make_source("The law of 2.06.2020.\nAnd that of 1.02.2021.")
    make_reform()
    Reform.objects.update(slug="reform-of-2020")
    run()
    page = ann_browses.get(PAGE)
    assert shown(page) == [
        ("records_are_clean", ["reforms.reform reform-of-2020"]),
        ("dates_can_be_read", [f"{source.slug}#1", f"{source.slug}#2"]),
        ("paragraphs_are_cited_or_marked", [f"{source.slug}#1", f"{source.slug}#2"]),
        (UNNAMED, ["reforms.reform reform-of-2020"]),
    ]
    for rule, rows in page.context["groups"]:
        assert rule.sentence in in_words(page)
        assert rule.reason in in_words(page)
        assert all(row["finding"].message in in_words(page) for row in rows)
    assert page.context["counts"] == [("broken", 1, 0, 0), ("doubtful", 2, 0, 0), ("unfinished", 3, 0, 0)]


def test_findings_are_chosen_by_severity_rule_and_answer(ann, ann_browses):
    make_source("The law of 2.06.2020.")
    unfinished()
    answer(Finding.objects.get(rule=UNNAMED), by=ann, reason="It is being read.")
    rules = {
        "": ["dates_can_be_read", "paragraphs_are_cited_or_marked"],
        "?answered=all": ["dates_can_be_read", "paragraphs_are_cited_or_marked", UNNAMED],
        "?answered=acknowledged": [UNNAMED],
        "?answered=discrepancy": [],
        "?severity=doubtful": ["dates_can_be_read"],
        "?severity=unfinished&answered=all": ["paragraphs_are_cited_or_marked", UNNAMED],
        f"?rule={UNNAMED}": [],
        f"?rule={UNNAMED}&answered=all": [UNNAMED],
        "?severity=nonsense": ["dates_can_be_read", "paragraphs_are_cited_or_marked"],
    }
    assert {query: [rule for rule, _ in shown(ann_browses.get(PAGE + query))] for query in rules} == rules
    assert ann_browses.get(PAGE).context["counts"][2] == ("unfinished", 1, 0, 1)


def test_a_finding_is_answered_with_a_reason_and_the_answer_taken_back(ann, ann_browses):
    unfinished()
    (finding,) = Finding.objects.all()
    page = post(ann_browses, "answer", finding)
    assert "Answered: reforms.reform reform-a: No claim names this reform." in in_words(page)
    (given,) = AnsweredFinding.objects.all()
    assert (given.rule, given.record, given.about, given.reason) == (
        UNNAMED, "reforms.reform reform-a", "", "It is being read."
    )  # fmt: skip
    made = given.history.get().change_set
    assert (made.by, made.reason) == (ann, "It is being read.")
    page = ann_browses.get(PAGE + "?answered=all")
    assert "Acknowledged: It is being read." in in_words(page)
    run()
    assert Finding.objects.get().answer == "acknowledged"
    post(ann_browses, "take_back", Finding.objects.get())
    assert (AnsweredFinding.objects.count(), Finding.objects.get().answer) == (0, "")
    gone = AnsweredFinding.history.first()
    assert (gone.history_type, gone.change_set.by) == ("-", ann)
    assert gone.change_set.reason == "Took back an answer: It is being read."


def test_an_answer_is_undone_like_any_other_change(ann):
    unfinished()
    answer(Finding.objects.get(), by=ann, reason="It is being read.")
    undo(AnsweredFinding.history.get().change_set, by=ann, reason="Too early.")
    assert not AnsweredFinding.objects.exists()
    run()
    assert Finding.objects.get().answer == ""


def test_an_answer_without_a_reason_is_refused_and_the_form_stays_open(ann_browses):
    unfinished()
    page = post(ann_browses, "answer", Finding.objects.get(), reason=" ")
    assert "A finding is answered with a reason." in in_words(page)
    assert "<details open>" in page.content.decode()
    assert not AnsweredFinding.objects.exists()


def test_a_finding_that_somebody_answered_meanwhile_is_refused_with_what_was_typed(ann, ann_browses):
    unfinished()
    finding = Finding.objects.get()
    AnsweredFinding.objects.create(rule=finding.rule, record=finding.record, reason="To be read next.")
    page = post(ann_browses, "answer", finding, reason="Mine & others.")
    assert "This finding is answered already." in in_words(page)
    assert "Mine &amp; others.</textarea>" in page.content.decode()


@pytest.mark.parametrize("key", ["0", "none", "9" * 30])
def test_a_finding_of_an_earlier_run_is_not_answered(ann_browses, key):
    unfinished()
    page = ann_browses.post(PAGE, {"act": "answer", "finding": key, "reason": "It is fine."})
    assert "The audit ran again since you looked. Look at it again." in in_words(page)
    assert not AnsweredFinding.objects.exists()


def test_an_answer_that_is_not_there_is_not_taken_back(ann_browses):
    unfinished()
    assert "There is no answer to take back." in in_words(post(ann_browses, "take_back", Finding.objects.get()))


def test_what_is_broken_is_offered_no_answer_and_takes_none(ann_browses):
    make_reform()
    Reform.objects.update(slug="reform-of-2020")
    run()
    page = ann_browses.get(PAGE + "?severity=broken")
    assert 'value="answer"' not in page.content.decode()
    page = post(ann_browses, "answer", Finding.objects.get(severity="broken"))
    assert "What “records_are_clean” finds is mended, never answered." in in_words(page)


def test_an_answer_that_answers_nothing_is_taken_back_where_it_is_found(ann_browses):
    AnsweredFinding.objects.create(rule=UNNAMED, record="reforms.reform no-reform", about="it all", reason="Once.")
    run()
    page = ann_browses.get(PAGE)
    assert shown(page) == [("answers_answer_something", ["reforms.reform no-reform"])]
    assert 'value="take_back"' in page.content.decode()
    assert 'value="answer"' not in page.content.decode()
    post(ann_browses, "take_back", Finding.objects.get())
    assert not AnsweredFinding.objects.exists()
    assert not Finding.objects.exists()


def test_a_nonsense_act_is_refused(ann_browses):
    assert ann_browses.post(PAGE, {"act": "nonsense"}).status_code == 403


def test_the_page_shows_fifty_at_a_time_and_keeps_the_choice(ann_browses):
    unfinished(60)
    first = ann_browses.get(PAGE + "?severity=unfinished")
    assert len(shown(first)[0][1]) == 50
    assert 'href="?severity=unfinished&amp;page=2"' in first.content.decode()
    second = ann_browses.get(PAGE + "?severity=unfinished&page=2")
    assert len(shown(second)[0][1]) == 10
    assert "Page 2 of 2, 60 findings" in in_words(second)
    assert ann_browses.get(PAGE + "?page=nonsense").context["page"].number == 1


def test_the_page_costs_the_same_for_2_findings_and_50(ann_browses):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert ann_browses.get(PAGE).status_code == 200
        return len(seen)

    unfinished(2)
    few = queries()
    Reform.objects.all().delete()
    unfinished(60)
    assert queries() == few


def test_the_first_page_counts_what_is_unanswered(ann, ann_browses):
    unfinished(2)
    assert "2 unfinished findings of the audit" in in_words(ann_browses.get("/admin/"))
    answer(Finding.objects.first(), by=ann, reason="It is being read.")
    page = ann_browses.get("/admin/")
    assert "1 unfinished finding of the audit" in in_words(page)
    assert f'href="{PAGE}?answered=no&amp;severity=unfinished"' in page.content.decode()


def test_every_rule_can_be_chosen(ann_browses):
    page = ann_browses.get(PAGE).content.decode()
    assert [rule.name for rule in RULES if f'<option value="{rule.name}">' not in page] == []
