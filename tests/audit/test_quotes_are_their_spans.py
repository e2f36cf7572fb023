"""Every stored quote equals the text of its span."""

import pytest

from tests.audit.finding import base, drop_triggers, told

pytestmark = pytest.mark.django_db
RULE = "quotes_are_their_spans"


def test_a_quote_that_is_not_its_span_is_found_without_the_trigger():
    claim = base()
    drop_triggers()
    claim.citations.update(quote="The lay was adopted")
    assert told(RULE) == ["C0001.1: The quote is not the text of its span, character for character."]


def test_a_quote_that_is_its_span_is_not_found():
    base()
    assert told(RULE) == []
