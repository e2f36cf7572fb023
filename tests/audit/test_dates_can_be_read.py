"""A date in numbers that no day is called, or that may be two, is cited by a claim with a note or a discrepancy."""

import pytest

from tests.audit.finding import answers, claims, found, told
from tests.factories import make_claim, make_discrepancy, make_source

pytestmark = pytest.mark.django_db
RULE = "dates_can_be_read"
TEXT = "The laws of 2.06.2020, 13.05.2020 and 8.03.20201."


def source():
    return make_source(TEXT).paragraphs.get()


def test_dates_that_may_be_two_days_or_are_none_are_found():
    source()
    assert told(RULE) == [
        "a-source#1: 2.06.2020 may be any of 2 days, and no claim that cites it has a note on how it is read.",
        "a-source#1: 8.03.20201 is no day, and no claim that cites it has a note on how it is read.",
    ]
    assert claims(RULE) == [[], []]


def test_a_date_that_a_claim_without_a_note_cites_is_found_and_a_discrepancy_answers_it():
    claim = make_claim(source(), "laws of 2.06.2020")
    assert (found(RULE)[0], claims(RULE), answers(RULE)) == (
        ("a-source#1", "2.06.2020"), [["C0001"], []], ["", ""]
    )  # fmt: skip
    make_discrepancy(claim, kind="date_anomaly")
    assert answers(RULE) == ["discrepancy", ""]


def test_a_date_that_a_claim_with_a_note_cites_is_not_found():
    make_claim(source(), TEXT, note="The report prints the day first.")
    assert found(RULE) == []


def test_a_date_beside_the_quote_of_a_claim_with_a_note_is_found():
    make_claim(source(), "2.06.2020, 13.05.2020 and", note="The report prints the day first.")
    assert found(RULE) == [("a-source#1", "8.03.20201")]


def test_a_date_that_stands_twice_is_found_once_with_the_claims_that_leave_it_unread():
    paragraph = make_source("It is dated 2.06.2020, that from 2.06.2020.").paragraphs.get()
    make_claim(paragraph, "It is dated 2.06.2020", note="The report prints the day first.")
    make_claim(paragraph, "that from 2.06.2020")
    assert (found(RULE), claims(RULE)) == ([("a-source#1", "2.06.2020")], [["C0002"]])


def test_a_date_that_can_only_be_one_day_is_not_found():
    make_source("On 13.05.2020, 05/25/2020, 5.05.2020 and 2 June 2020.")
    assert found(RULE) == []
