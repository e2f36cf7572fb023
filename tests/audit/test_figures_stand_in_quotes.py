"""Every figure of a claim's text stands in one of its quotes, or a note says how it was derived."""

import pytest

from tests.audit.finding import claims, found, told
from tests.factories import cite, make_claim, make_source

pytestmark = pytest.mark.django_db
RULE = "figures_stand_in_quotes"
QUOTE = "reduces the number from 40,000 to 20,000 people"


def claim(text, **fields):
    source = make_source(f"The Law dated May 25, 2020 {QUOTE}.")
    return make_claim(source.paragraphs.get(), QUOTE, text=text, **fields)


def test_a_figure_and_a_date_that_no_quote_prints_are_found():
    claim("The law dated 25 May 2020 reduced the number from 40,000 to 21,000.")
    assert found(RULE) == [("C0001", "25 May 2020"), ("C0001", "21,000")]
    assert told(RULE)[1] == "C0001: “21,000” stands in none of its quotes, and no note says how it was derived."
    assert claims(RULE) == [["C0001"], ["C0001"]]


def test_a_figure_that_a_quote_prints_is_not_found_whatever_the_quote_is_for():
    one = claim("The law dated 25 May 2020 reduced the number from 40,000 to 20,000.")
    cite(one, one.citations.get().paragraph, "dated May 25, 2020", stance="context")
    assert found(RULE) == []


def test_a_figure_of_which_a_note_says_how_it_was_derived_is_not_found():
    claim("The law halved the number.", note="40,000 to 20,000 is half.")
    assert found(RULE) == []


def test_a_figure_of_a_draft_is_not_found():
    claim("The law halved the number.", published=False)
    assert found(RULE) == []


def test_figures_are_looked_for_in_the_quotes_of_their_own_claim():
    claim("The number was 40,000.")
    source = make_source("It was adopted.", slug="another-source")
    make_claim(source.paragraphs.get(), text="It was adopted by 40,000 people.")
    assert found(RULE) == [("C0002", "40,000")]
