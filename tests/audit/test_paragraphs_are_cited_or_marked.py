"""Every paragraph of an accepted source is cited by a public claim, or carries no claim by its kind or a reason."""

import pytest

from reforms.models import NoClaim
from sources.models import Paragraph, Source
from tests.audit.finding import found, told
from tests.factories import make_claim, make_source

pytestmark = pytest.mark.django_db
RULE = "paragraphs_are_cited_or_marked"


def test_an_open_paragraph_is_found():
    source = make_source("Heading\nThe law was adopted.\nThey clap.\nNobody said so.", kinds={1: ("heading", 1)})
    _, second, third, fourth = source.paragraphs.all()
    make_claim(second)
    make_claim(third, published=False)
    NoClaim.objects.create(paragraph=fourth, reason="rhetoric")
    assert found(RULE) == [("a-source#3", "")]
    assert told(RULE) == [
        "a-source#3: No public claim cites this paragraph, and nobody has said that it carries none."
    ]  # fmt: skip


def test_a_text_that_waits_to_be_accepted_is_not_found():
    source = Source(slug="new-source", name="A new source")
    source.receive(b"They clap.")
    source.save()
    Paragraph.objects.create(source=source, number=1, start=0, end=10, text="They clap.")
    assert found(RULE) == []
