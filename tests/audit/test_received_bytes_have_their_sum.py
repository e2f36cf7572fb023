"""What was received, and the text, still have the SHA-256 that was taken when they came."""

import pytest

from sources.models import Source
from tests.audit.finding import base, drop_triggers, told

pytestmark = pytest.mark.django_db
RULE = "received_bytes_have_their_sum"


def test_a_touched_text_is_found_without_the_trigger():
    base()
    drop_triggers()
    Source.objects.update(text="The law was adopted.\nSomebody said so.")
    assert told(RULE) == ["a-source: The stored text does not have its SHA-256 any more."]


def test_an_untouched_source_is_not_found():
    base()
    assert told(RULE) == []
