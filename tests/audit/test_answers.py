"""What answers a finding: a discrepancy that holds its claims, or a person with a reason."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from reforms.audit.answers import Answers
from reforms.audit.holding import by_all, by_any, by_first_and_another
from reforms.audit.rule import Rule
from reforms.models import AnsweredFinding, Finding, Severity
from tests.factories import make_claim, make_discrepancy, make_source

pytestmark = pytest.mark.django_db
ACKNOWLEDGED = "It is printed so."
HELD = "D0001 They differ"


def rule(by_discrepancy=None, answerable=True):
    return Rule("a_rule", "A sentence.", "A reason.", Severity.DOUBTFUL, list, by_discrepancy, answerable)


def claims(count):
    """Published claims C0001, C0002 …"""
    source = make_source("\n".join(f"Sentence {number}." for number in range(count)))
    return [make_claim(paragraph) for paragraph in source.paragraphs.all()]


def acknowledge(**fields):
    fields = {"rule": "a_rule", "record": "C0001", "about": "40,000", "reason": ACKNOWLEDGED} | fields
    return AnsweredFinding.objects.create(**fields)


def answer(rule, *refs):
    finding = Finding(rule=rule.name, record="C0001", about="40,000", claims=list(refs))
    Answers().answer(finding, rule)
    return finding.answer, finding.reason


def test_an_acknowledged_finding_is_answered_with_its_reason():
    acknowledge()
    assert answer(rule()) == ("acknowledged", ACKNOWLEDGED)


@pytest.mark.parametrize("other", [{"rule": "b_rule"}, {"record": "C0002"}, {"about": "20,000"}, {"about": ""}])
def test_a_finding_that_differs_in_anything_is_not_answered(other):
    acknowledge(**other)
    assert answer(rule()) == ("", "")


def test_what_is_broken_is_not_answered_even_where_an_answer_is_stored():
    acknowledge()
    assert answer(rule(answerable=False)) == ("", "")


@pytest.mark.parametrize(
    ("how", "refs", "answered"),
    [
        pytest.param(by_all, ["C0001", "C0002"], True, id="all-held"),
        pytest.param(by_all, ["C0001", "C0003"], False, id="one-not-held"),
        pytest.param(by_any, ["C0001", "C0003"], True, id="any-held"),
        pytest.param(by_any, ["C0003"], False, id="none-held"),
        pytest.param(by_all, [], False, id="no-claims-for-all"),
        pytest.param(by_any, [], False, id="no-claims-for-any"),
        pytest.param(by_first_and_another, ["C0001", "C0003", "C0002"], True, id="first-and-another-held"),
        pytest.param(by_first_and_another, ["C0003", "C0001", "C0002"], False, id="first-not-held"),
        pytest.param(by_first_and_another, ["C0001", "C0003"], False, id="no-other-held"),
        pytest.param(by_first_and_another, ["C0001"], True, id="only-one-there"),
        pytest.param(None, ["C0001", "C0002"], False, id="not-by-discrepancy"),
    ],
)
def test_a_discrepancy_answers_what_its_claims_are_about(how, refs, answered):
    first, second, _ = claims(3)
    make_discrepancy(first, second)
    assert answer(rule(how), *refs) == (("discrepancy", HELD) if answered else ("", ""))


def test_two_discrepancies_that_hold_one_claim_each_answer_nothing_about_both():
    first, second = claims(2)
    make_discrepancy(first, kind="misprint")
    make_discrepancy(second, kind="misprint")
    assert answer(rule(by_all), "C0001", "C0002") == ("", "")


def test_a_discrepancy_that_readers_do_not_see_answers_nothing():
    (first,) = claims(1)
    make_discrepancy(first, make_claim(published=False))
    assert answer(rule(by_any), "C0001") == ("", "")


def test_a_reason_of_a_person_stands_before_a_discrepancy():
    make_discrepancy(*claims(2))
    acknowledge()
    assert answer(rule(by_all), "C0001", "C0002") == ("acknowledged", ACKNOWLEDGED)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("no_such_rule", "“no_such_rule” is no rule of the audit.", id="unknown"),
        pytest.param(
            "quotes_are_their_spans", "What “quotes_are_their_spans” finds is mended, never answered.", id="broken"
        ),
        pytest.param(
            "answers_answer_something",
            "What “answers_answer_something” finds is mended, never answered.",
            id="an-answer",
        ),
    ],
)
def test_an_answer_to_no_rule_or_to_what_is_broken_is_refused(name, message):
    with pytest.raises(ValidationError) as refused:
        AnsweredFinding(rule=name, record="C0001", reason="It is fine.").full_clean()
    assert refused.value.message_dict == {"rule": [message]}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"rule": ""}, "Rule must not be empty."),
        ({"record": ""}, "Record must not be empty."),
        ({"reason": ""}, "Reason must not be empty."),
        ({"record": "C0001"}, "This finding is answered already."),
    ],
)
def test_an_answer_is_refused_by_the_model_and_by_the_database(fields, message):
    acknowledge(rule="shown_subjects_have_words")
    whole = {"rule": "shown_subjects_have_words", "record": "C0002", "about": "40,000", "reason": "It is fine."}
    wrong = AnsweredFinding(**whole | fields)
    with pytest.raises(ValidationError) as refused:
        wrong.validate_constraints()
    assert refused.value.messages == [message]
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()
