"""What is hidden in the shipped knowledge is found again as often as docs/search.md says, or more often."""

import re
from pathlib import Path

import pytest

from benchmarks.candidates import QUESTIONS, cases, measure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("knowledge")]
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "search.md"
SAMPLE = 30  # of each question, always the same: all of them take minutes
LEAST = {
    "A, paragraph": 100,
    "A, words": 100,
    "B, paragraph": 63,
    "B, words": 60,
    "C, paragraph": 33,
    "C, words": 50,
    "D, words": 76,
}


def test_candidates_are_found_no_less_often_than_they_were():
    found = {question: five for question, (_, _, five) in measure(SAMPLE).items()}
    assert {question: five for question, five in found.items() if five < LEAST[question]} == {}


def test_the_document_tells_of_as_many_cases_as_there_are():
    rows = re.findall(r"^\| ([A-D]) \| (.+?) \| ([\d,]+) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(one[0], QUESTIONS[one], f"{len(own):,}") for one, own in cases().items()]
