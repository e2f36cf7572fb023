"""A record that comes from the database is one that Django itself could have made of the row."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from sources.models import Source
from tests.factories import make_source


def test_a_record_from_the_database_is_stored_and_knows_where(db):
    make_source("One line.", "a-source", title="A title")
    source = Source.objects.get()
    assert (source.slug, source.title) == ("a-source", "A title")
    assert (source._state.adding, source._state.db) == (False, "default")
    source.note = "Seen."
    source.save()
    assert Source.objects.get().note == "Seen."


def test_what_was_not_read_of_a_row_is_asked_for_when_it_is_needed(db):
    make_source("One line.", "a-source", title="A title")
    source = Source.objects.only("slug").get()
    assert source.get_deferred_fields() >= {"title", "text", "received"}
    with CaptureQueriesContext(connection) as seen:
        assert (source.slug, len(seen)) == ("a-source", 0)
        assert (source.title, len(seen)) == ("A title", 1)
