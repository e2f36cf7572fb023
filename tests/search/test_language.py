"""What was typed is understood: words, "a phrase", -minus, prefix*; and nothing that is typed is an error."""

import pytest

from reforms.search.compiling import exact, fts5, tsquery
from reforms.search.language import AllOf, AnyOf, Phrase, forms, parse

CASES = {
    "": [],
    "akims": ["akims"],
    "  Akims \t ELECTED ": ["akims", "elected"],
    '"direct election"': ['"direct election"'],
    "“direct election”": ['"direct election"'],
    '"direct election': ['"direct election"'],
    'law "direct election" -draft': ["law", '"direct election"', "-draft"],
    '-"direct election"': ['-"direct election"'],
    "elect*": ["elect*"],
    "-elect*": ["-elect*"],
    "e*": ["e"],
    "*": [],
    '""': [],
    "- law": ["law"],
    "--law": ["-law"],
    "Kassym-Jomart": ['"kassym jomart"'],
    "40,000": ['"40 000"'],
    "akims'": ["akims"],
    "Tokayev’s": ['"tokayev s"'],
    "Café ÄRZTE": ["cafe", "arzte"],
    "Қазақстан Ё": ["қазақстан", "ё"],
    "NOT law AND NEAR(a b, 3) OR title:x": ["not", "law", "and", '"near a"', "b", "3", "or", '"title x"'],
    "law\x00suit": ["law", "suit"],
    "% ; -- ' \\ 🤔": [],
    'a"b c"d': ["a", '"b c"', "d"],
}


def shown(one):
    """A typed thing in the form that the table has."""
    words = " ".join(one.phrase.words)
    quoted = f'"{words}"' if len(one.phrase.words) > 1 or not (one.plain or one.phrase.prefix) else words
    return f"{'-' * one.minus}{quoted}{'*' * one.phrase.prefix}"


@pytest.mark.parametrize("text", CASES, ids=repr)
def test_what_is_typed_is_read_like_this(text):
    assert [shown(one) for one in parse(text).typed] == CASES[text]


def test_a_question_without_end_is_read_to_its_limit():
    question = parse("word " * 2000)
    assert len(question.text) < 501
    assert len(question.typed) == 20


FORMS = {
    "election": ["election", "elections"],
    "elections": ["elections", "election"],
    "party": ["party", "parties"],
    "parties": ["parties", "party"],
    "vote": ["vote", "votes", "voted", "voting"],
    "voting": ["voting", "vote", "votes", "voted"],
    "planned": ["planned", "plan", "plans"],
    "churches": ["churches", "church"],
}


@pytest.mark.parametrize("word", FORMS)
def test_a_word_is_found_in_its_english_endings(word):
    assert set(FORMS[word]) <= set(forms(word))


@pytest.mark.parametrize("word", ["law", "2020", "токаев", "c0142"])
def test_a_short_word_a_number_and_another_language_stand_as_they_are(word):
    assert forms(word) == (word,)


@pytest.mark.parametrize("word", ["process", "status", "this"])
def test_an_s_that_is_no_ending_stays(word):
    assert word[:-1] not in forms(word)


TREE = AllOf((Phrase(("direct", "election")), AnyOf((Phrase(("akim",)), Phrase(("mayo",), prefix=True)))))


def test_a_tree_is_the_same_to_both_databases():
    assert fts5(TREE) == '("direct election" AND ("akim" OR "mayo"*))'
    assert tsquery(TREE) == "((direct & election) & ((akim) | (mayo:*)))"
    assert exact(TREE, "words") == (
        "(words LIKE %s AND (words LIKE %s OR words LIKE %s))",
        ["% direct election %", "% akim %", "% mayo%"],
    )
