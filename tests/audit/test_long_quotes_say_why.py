"""A quote of more than 300 characters has a note that says why it needs them all."""

import pytest

from tests.audit.finding import base, found, told
from tests.factories import make_claim, make_source

pytestmark = pytest.mark.django_db
RULE = "long_quotes_say_why"


def quoted(length):
    return make_claim(make_source("x" * length).paragraphs.get()).citations.get()


def test_a_quote_of_301_characters_is_found():
    quoted(301)
    assert found(RULE) == [("C0001.1", "301 characters")]
    assert told(RULE) == ["C0001.1: The quote has 301 characters, and no note on the citation says why."]


def test_a_quote_of_300_characters_is_not_found():
    quoted(300)
    assert found(RULE) == []


def test_a_long_quote_with_a_note_is_not_found():
    citation = quoted(301)
    citation.note = "The list is one sentence."
    citation.save()
    assert found(RULE) == []


def test_a_short_quote_is_not_found():
    base()
    assert found(RULE) == []
