"""Answers to findings of the audit as text: compiled, refused in the words of the model, loaded and written again."""

import json

import pytest
from django.core.exceptions import ValidationError

from reforms.curated.compiling import CuratedDataInvalid, compile_fixture
from reforms.curated.dumping import files
from reforms.curated.gathering import stored_entries
from reforms.loading import load
from reforms.models import AnsweredFinding
from tests.curated.small import curated

pytestmark = pytest.mark.django_db
ANSWER = """\
- rule: shown_subjects_have_words
  record: reforms.law a-law
  about: 20,000
  reason: "As printed: by the law."
"""


def compiled(tmp_path, answers):
    folder, texts = curated(tmp_path)
    (folder / "answers.yaml").write_text(answers, encoding="utf-8")
    return compile_fixture(folder, texts)


def refused(tmp_path, old, new):
    with pytest.raises(CuratedDataInvalid) as refused:
        compiled(tmp_path, ANSWER.replace(old, new))
    return refused.value.problems


def test_an_answer_goes_round(tmp_path):
    fixture = compiled(tmp_path, ANSWER)
    assert [item["fields"] for item in json.loads(fixture) if item["model"] == "reforms.answeredfinding"] == [
        {
            "rule": "shown_subjects_have_words",
            "record": "reforms.law a-law",
            "about": "20,000",
            "reason": "As printed: by the law.",
        }
    ]
    (tmp_path / "knowledge_base.json").write_text(fixture, encoding="utf-8")
    load(tmp_path / "knowledge_base.json")
    assert AnsweredFinding.history.count() == 1
    assert files(stored_entries())["answers.yaml"].decode() == ANSWER


@pytest.mark.parametrize("name", ["no_such_rule", "quotes_are_their_spans"])
def test_an_answer_is_refused_in_the_words_of_the_model(tmp_path, name):
    with pytest.raises(ValidationError) as clean:
        AnsweredFinding(rule=name, record="C0001", reason="It is fine.").full_clean()
    (words,) = clean.value.messages
    assert refused(tmp_path, "shown_subjects_have_words", name) == [
        f"fixtures/curated/answers.yaml:1: reforms.law a-law: rule: {words}"
    ]


def test_an_answer_needs_a_reason(tmp_path):
    assert refused(tmp_path, '  reason: "As printed: by the law."\n', "") == [
        "fixtures/curated/answers.yaml:1: reforms.law a-law: The key “reason” is missing."
    ]


def test_a_finding_is_answered_once(tmp_path):
    assert refused(tmp_path, ANSWER, ANSWER + ANSWER) == [
        "fixtures/curated/answers.yaml:5: reforms.law a-law: This finding is answered already. "
        "First: fixtures/curated/answers.yaml:1."
    ]
