"""Every paragraph of a text is stored, with its number, span and words, and no other is."""

import pytest

from sources.models import Paragraph, Source
from tests.audit.finding import base, drop_triggers, told
from tests.factories import make_source

pytestmark = pytest.mark.django_db
RULE = "paragraphs_are_the_lines_of_their_text"
FOUND = "The stored paragraphs are not the lines of the text."


def test_a_lost_paragraph_is_found():
    make_source("The law was adopted.\nNobody said so.")
    make_source(slug="another-source")
    Paragraph.objects.filter(source__slug="a-source", number=2).delete()
    assert told(RULE) == [f"a-source: {FOUND}"]


def test_a_source_whose_paragraphs_are_all_lost_is_found():
    make_source("They clap.")
    make_source("They clap again.", slug="another-source")
    Paragraph.objects.filter(source__slug="a-source").delete()
    assert told(RULE) == [f"a-source: {FOUND}"]


def test_another_text_is_found_without_the_trigger():
    base()
    drop_triggers()
    Source.objects.update(text="The law was adopted.\nSomebody said so.")
    assert told(RULE) == [f"a-source: {FOUND}"]


def test_a_text_that_waits_to_be_accepted_is_not_found():
    base()
    source = Source(slug="new-source", name="A new source")
    source.receive(b"They clap.")
    source.save()
    assert told(RULE) == []
