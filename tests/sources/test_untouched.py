"""The source is never touched: by model, by queryset, by plain SQL."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from sources.acceptance import accept, reconsider
from sources.models import UNTOUCHED, Paragraph, Source
from sources.triggers import SOURCES_TRIGGERS, install, installed
from tests.factories import make_source

pytestmark = pytest.mark.django_db


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_accepted_source_keeps_its_bytes_and_their_sums():
    source = make_source("Бір\n\nekі\u00a0\n")
    source.refresh_from_db()
    assert bytes(source.received).decode() == source.text == "Бір\n\nekі\u00a0\n"
    assert source.sha256 == source.text_sha256 == "28d0341dc06626995bb016f4ff6f21a500c2074d944f1e3df3b52551dc1f0822"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sources_source SET text = 'Other.'",
        "UPDATE sources_source SET sha256 = 'aa'",
        "UPDATE sources_source SET received = CAST('x' AS {bytes})",
        "UPDATE sources_source SET accepted = {false}",
        "UPDATE sources_paragraph SET number = number + 100",
        "UPDATE sources_paragraph SET text = 'Fiyst paragraph.' WHERE number = 2",
    ],
)
def test_plain_sql_cannot_touch_an_accepted_source(sql):
    make_source()
    postgresql = connection.vendor == "postgresql"
    words = {"bytes": "bytea" if postgresql else "blob", "false": "false" if postgresql else "0"}
    with pytest.raises(IntegrityError, match=r"never touched|not what its source holds"):
        run(sql.format(**words))


def test_plain_sql_cannot_store_a_paragraph_that_its_source_does_not_hold():
    source = make_source()
    with pytest.raises(IntegrityError, match="not what its source holds"), transaction.atomic():
        Paragraph.objects.create(source=source, number=9, start=0, end=7, text="Another")


def test_the_model_refuses_in_the_same_words():
    source = make_source()
    source.text = "Other."
    with pytest.raises(ValidationError) as refused:
        source.full_clean()
    assert UNTOUCHED in refused.value.messages


def test_what_is_not_text_may_be_corrected():
    source = make_source(published="2021")
    source.published, source.rights = "2022", "All rights reserved."
    source.full_clean()
    source.save()
    assert Source.objects.get().rights == "All rights reserved."


@pytest.mark.parametrize(
    ("received", "message"),
    [
        (b"caf\xe9", "not UTF-8: byte 3"),
        (b"a\x00b", "NUL"),
        (b" \n\xc2\xa0\n", "no paragraph"),
    ],
)
def test_what_cannot_be_kept_is_refused(received, message):
    with pytest.raises(ValidationError, match=message):
        Source(slug="a-source", name="A").receive(received)


def test_the_same_document_twice_is_refused_with_the_name_of_the_first():
    make_source(slug="first-source")
    with pytest.raises(ValidationError, match=r"here already: First source \(first-source\)"):
        make_source(slug="second-source")


def test_a_source_is_accepted_once():
    source = make_source()
    with pytest.raises(ValidationError, match="accepted before"):
        accept(source)


def test_an_acceptance_that_fails_stores_nothing():
    source = Source(slug="a-source", name="A")
    source.receive(b"One.\nTwo.")
    with pytest.raises(ValidationError):
        accept(source, kinds={2: ("heading", 9)})
    assert not Source.objects.exists()
    assert not Paragraph.objects.exists()


def test_reconsidering_a_kind_moves_the_sections_that_follow():
    source = make_source("A\nB\nC", kinds={1: ("heading", 1)})
    reconsider(source, {2: ("heading", 2)})
    rows = source.paragraphs.values_list("number", "kind", "level", "section__number")
    assert list(rows) == [(1, "heading", 1, None), (2, "heading", 2, 1), (3, "paragraph", None, 2)]


def test_the_triggers_are_there_and_come_back():
    names = {name for trigger in SOURCES_TRIGGERS for name in trigger.names(connection.vendor)}
    assert names <= installed(connection)
    install(connection, SOURCES_TRIGGERS)
    assert names <= installed(connection)
