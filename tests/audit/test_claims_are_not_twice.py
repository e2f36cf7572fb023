"""No two public claims say the same."""

import pytest

from tests.audit.finding import answers, claims, found
from tests.factories import cite, make_claim, make_discrepancy, make_source

pytestmark = pytest.mark.django_db
RULE = "claims_are_not_twice"
TEXT = "The law reduced the number of members from 40,000 to 20,000."
FIRST = "It reduces the number from 40,000 to 20,000"
SECOND = "The number of members is 20,000 now, after 40,000"


def two(text, other, **fields):
    """Two claims on two paragraphs that print the same figures."""
    source = make_source(f"{FIRST}.\n{SECOND}.")
    first, second = source.paragraphs.all()
    return make_claim(first, FIRST, text=text), make_claim(second, SECOND, text=other, **fields)


def test_two_texts_that_differ_in_little_are_found():
    two(TEXT, "The law reduced the number of members to 20,000 from 40,000 in all.")
    assert found(RULE) == [("C0001", "C0001 C0002")]
    assert claims(RULE) == [["C0001", "C0002"]]


def test_two_texts_with_different_figures_are_not_found():
    two(TEXT, "The law reduced the number of members from 40,000 to 5,000.")
    assert found(RULE) == []


def test_two_texts_of_different_kinds_are_not_found():
    two(TEXT, TEXT, kind="proposed")
    assert found(RULE) == []


def test_a_draft_of_what_is_public_is_not_found():
    two(TEXT, TEXT, published=False)
    assert found(RULE) == []


def test_two_claims_on_the_same_words_are_found_once():
    paragraph = make_source(f"{FIRST}.").paragraphs.get()
    make_claim(paragraph, FIRST, text=TEXT)
    make_claim(paragraph, FIRST.removeprefix("It "), text="From 40,000 down to 20,000: that many are needed.")
    assert found(RULE) == [("C0001", "C0001 C0002")]


def test_two_claims_that_share_one_of_their_quotes_are_not_found():
    paragraph = make_source("The laws are: one on parties, one on courts.").paragraphs.get()
    for text, quote in (("A law on parties came.", "one on parties"), ("Courts have a law.", "one on courts")):
        cite(make_claim(paragraph, "The laws are", text=text), paragraph, quote)
    assert found(RULE) == []


def test_two_claims_of_which_one_quotes_a_part_of_what_the_other_does_are_not_found():
    paragraph = make_source("The law was adopted by all parties in the end.").paragraphs.get()
    make_claim(paragraph, "The law was adopted", text="It became law.")
    make_claim(paragraph, "The law was adopted by all parties in the end", text="All parties agreed.")
    assert found(RULE) == []


def test_a_discrepancy_that_holds_both_answers_it():
    make_discrepancy(*two(TEXT, TEXT))
    assert answers(RULE) == ["discrepancy"]
