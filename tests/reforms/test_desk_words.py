"""How the curator's desk puts differences: changes that belong together are read together, and no word is lost."""

import pytest

from reforms.differences import word_runs
from reforms.templatetags.desk import plainly, readable, uncoded

CASES = {
    "another text": ("It needs no permission.", "The law of 2020 replaced it."),
    "two words": ("A law was adopted.", "The act was adopted."),
    "words added": ("The law is in force.", "The new law is now in full force."),
    "words removed": ("The new law is now in full force.", "The law is in force."),
    "nothing before": ("", "The law."),
    "nothing after": ("The law.", ""),
    "the same": ("The law.", "The law."),
    "line ends": ("One.\n\nTwo.", "Three.\n\nFour."),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_both_texts_stand_in_what_is_shown(before, after):
    runs = readable(word_runs(before, after))
    assert "".join(text for act, text in runs if act != "added") == before
    assert "".join(text for act, text in runs if act != "removed") == after
    assert {act for act, _ in runs} <= {"same", "removed", "added"}


def test_words_that_are_replaced_side_by_side_are_shown_as_one_change():
    runs = readable(word_runs("A law was adopted.", "The act was adopted."))
    assert runs == [("removed", "A law"), ("added", "The act"), ("same", " was adopted.")]


def test_words_are_only_joined_where_something_went_and_something_came():
    runs = readable(word_runs("is in force", "is now in full force"))
    assert [(act, text.strip()) for act, text in runs if act != "same"] == [("added", "now"), ("added", "full")]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("text", "text"),
        ("taint", "doubt"),
        ("milestone M0001: taint", "milestone M0001: doubt"),
        ("citation 1: at", "citation 1: paragraph"),
    ],
)
def test_what_differs_is_named_in_the_words_of_the_pages(what, words):
    assert plainly(what) == words


def test_a_value_chosen_from_a_list_is_written_as_words_and_a_quote_as_it_stands():
    assert uncoded("in_review", "state") == "in review"
    assert uncoded("in_force", "milestone M0001: stage") == "in force"
    assert uncoded("snake_case", "citation 1: quote") == "snake_case"
