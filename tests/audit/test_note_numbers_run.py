"""The numbers in square brackets that refer to notes run on through a text."""

import pytest

from tests.audit.finding import answers, claims, found, told
from tests.factories import make_claim, make_discrepancy, make_source

pytestmark = pytest.mark.django_db
RULE = "note_numbers_run"


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        pytest.param("A [1], b [2].\nC [2].", [("a-source#2", "[2]")], id="repeats"),
        pytest.param("A [1], b [3].\nC [2].", [("a-source#2", "[2]")], id="comes-late"),
        pytest.param("A [1].\nB [3].", [("a-source#2", "[2]")], id="is-left-out"),
        pytest.param("A [1].\nB [5].", [("a-source#2", "[2]–[4]")], id="several-are-left-out"),
        pytest.param("A [2], b [3].", [("a-source#1", "[1]")], id="begins-late"),
        pytest.param("A [1-2].\nB [2, 3].", [("a-source#2", "[2]")], id="several-in-one-bracket"),
    ],
)
def test_note_numbers_that_do_not_run_on_are_found(text, findings):
    make_source(text)
    assert found(RULE) == findings


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("A [1], b [2].\nC [3–5], d [6].", id="run-on"),
        pytest.param("Said [in 2020] and [sic].", id="no-notes"),
        pytest.param("The year [2020] and [2019].", id="years"),
        pytest.param("One bracket [7] alone.", id="one-alone"),
        pytest.param("Nothing.", id="nothing"),
    ],
)
def test_note_numbers_that_run_on_are_not_found(text):
    make_source(text)
    assert found(RULE) == []


def test_each_source_has_its_own_numbers_and_they_are_not_found():
    make_source("A [1], b [2].")
    make_source("C [1], d [2].", slug="another-source")
    assert found(RULE) == []


def test_a_discrepancy_of_a_claim_on_the_paragraph_answers_it():
    first, second = make_source("A [1], b [2].\nC [2].").paragraphs.all()
    make_claim(first)
    claim = make_claim(second, "C [2]", text="C happened.")
    assert told(RULE) == ["a-source#2: The note number [2] stands in paragraph 1 already."]
    assert (claims(RULE), answers(RULE)) == ([["C0002"]], [""])
    make_discrepancy(claim, kind="numbering")
    assert answers(RULE) == ["discrepancy"]
