"""`manage.py audit`: what it prints, what it keeps, and its exit code."""

import pytest
from django.core.management import CommandError, call_command

from reforms.audit import RULES
from reforms.models import AnsweredFinding, Finding
from tests.audit.finding import base
from tests.factories import make_reform

pytestmark = pytest.mark.django_db
UNNAMED = "unfinished: reforms.reform another-reform: No claim names this reform. (shown_subjects_have_words)"
UNSUPPORTED = (
    "broken: C0001: A published claim needs at least one supporting citation. (published_claims_are_supported)"
)
NO_WORDS = "shown_subjects_have_words"


@pytest.fixture
def audit(capsys):
    """What the command prints; where it fails, its last line is why."""

    def run(**options):
        failed = []
        try:
            call_command("audit", **options)
        except CommandError as error:
            failed = [f"failed: {error}"]
        return capsys.readouterr().out.splitlines() + failed

    return run


def acknowledge(**fields):
    fields = {"rule": NO_WORDS, "record": "reforms.reform another-reform", "reason": "To be read next."} | fields
    return AnsweredFinding.objects.create(**fields)


def test_it_goes_through_where_nothing_is_found(audit):
    base()
    assert audit() == [f"Nothing is unanswered: {len(RULES)} rules, 1 quotes."]


def test_it_fails_where_anything_is_unanswered_however_bad(audit):
    base()
    make_reform("another-reform")
    assert audit() == [UNNAMED, "Unfinished: 1 unanswered.", f"failed: Unanswered: 1, by {len(RULES)} rules."]


def test_it_counts_by_severity(audit):
    base().citations.update(stance="context")
    make_reform("another-reform")
    assert audit() == [
        UNSUPPORTED,
        UNNAMED,
        "Broken: 1 unanswered.",
        "Unfinished: 1 unanswered.",
        f"failed: Unanswered: 2, by {len(RULES)} rules.",
    ]


def test_it_goes_through_where_all_is_answered_and_names_that_only_when_asked(audit):
    base()
    make_reform("another-reform")
    acknowledge()
    done = ["Unfinished: 1 acknowledged.", f"Nothing is unanswered: {len(RULES)} rules, 1 quotes."]
    assert audit() == done
    assert audit(all=True) == [f"{UNNAMED} [acknowledged: To be read next.]", *done]


def test_it_runs_one_rule_and_keeps_the_result_of_the_last_run(audit):
    base().citations.update(stance="context")
    make_reform("another-reform")
    audit()
    assert audit(rule=NO_WORDS) == [
        UNNAMED, "Unfinished: 1 unanswered.", f"failed: Unanswered: 1, by rule {NO_WORDS}."
    ]  # fmt: skip
    assert Finding.objects.count() == 2


def test_it_knows_by_one_rule_alone_which_answers_answer_nothing(audit):
    make_reform("another-reform")
    acknowledge()
    acknowledge(record="reforms.reform no-reform")
    assert audit(rule="answers_answer_something") == [
        "unfinished: reforms.reform no-reform: This was answered and is not found any more by "
        "shown_subjects_have_words. (answers_answer_something about “shown_subjects_have_words”)",
        "Unfinished: 1 unanswered.",
        "failed: Unanswered: 1, by rule answers_answer_something.",
    ]


def test_it_names_the_rules_where_none_is_called_so(audit):
    (failed,) = audit(rule="no_such_rule")
    assert failed.startswith("failed: No rule is called “no_such_rule”. Rules: received_bytes_have_their_sum, ")
