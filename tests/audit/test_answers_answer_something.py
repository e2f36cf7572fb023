"""Every answer to a finding answers one that is still found."""

import pytest

from reforms.audit.running import findings
from reforms.models import AnsweredFinding, ClaimReform
from tests.audit.finding import base, found, told
from tests.factories import make_reform

pytestmark = pytest.mark.django_db
RULE = "answers_answer_something"


def answer(**fields):
    fields = {"rule": "shown_subjects_have_words", "record": "reforms.reform another-reform", "about": ""} | fields
    return AnsweredFinding.objects.create(reason="Its claims are being written.", **fields)


def test_an_answer_to_what_is_mended_is_found():
    claim, reform = base(), make_reform("another-reform")
    answer()
    assert told(RULE) == []
    ClaimReform.objects.create(claim=claim, reform=reform)
    assert told(RULE) == [
        "reforms.reform another-reform: This was answered and is not found any more by shown_subjects_have_words.",
    ]


def test_an_answer_about_something_else_is_found_and_names_it():
    make_reform("another-reform")
    answer(about="40,000")
    assert found(RULE) == [("reforms.reform another-reform", "shown_subjects_have_words 40,000")]


def test_an_answer_to_what_is_still_found_is_not_found():
    make_reform("another-reform")
    answer()
    assert found(RULE) == []
    assert [finding.rule for finding in findings()] == ["shown_subjects_have_words"]
