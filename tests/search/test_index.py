"""The index follows every change, by whatever way it comes, and is made again where it is not whole."""

import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from config import rows
from reforms.models import Actor, ActorAlias, Claim, Event, Law, Package, Parameter, Reform
from reforms.search.index import install_search, is_whole, trigger_names
from reforms.search.kinds import BY_NAME, INDEXED
from sources.models import Paragraph, Source
from sources.triggers import installed
from tests.factories import make_claim, make_each, make_law, make_reform, make_source

NUMBER = {"sqlite": "rowid", "postgresql": "id"}


def indexed(kind, word):
    """The keys of the records of a kind in whose words `word` stands."""
    first = next(one for one in INDEXED if one.name == kind).first
    match = "search_words MATCH %s" if connection.vendor == "sqlite" else "vector @@ %s::tsquery"
    number = NUMBER[connection.vendor]
    own = f"{match} AND {number} BETWEEN {first} AND {first + 2**40}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {number} - {first} FROM search_words WHERE {own}", [word])  # noqa: S608
        return [key for (key,) in cursor.fetchall()]


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_every_kind_is_indexed_when_it_is_made():
    made = make_each()
    for kind in INDEXED:
        (record,) = [one for one in kind.model.objects.order_by("pk")[:1]]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM search_words WHERE {NUMBER[connection.vendor]} = {kind.first + record.pk}"  # noqa: S608
            )
            assert cursor.fetchone() == (1,), kind.name
    assert indexed("reform", "reform") == [made["reform"].pk]


@pytest.mark.django_db
def test_every_way_of_changing_a_record_changes_its_words():
    reform = make_reform(title="First", summary="Begun")
    assert indexed("reform", "begun") == [reform.pk]
    reform.title = "Second"
    reform.save()
    assert (indexed("reform", "first"), indexed("reform", "second")) == ([], [reform.pk])
    Reform.objects.update(title="Third")
    assert (indexed("reform", "second"), indexed("reform", "third")) == ([], [reform.pk])
    sql("UPDATE reforms_reform SET summary = 'Ended'")
    assert (indexed("reform", "begun"), indexed("reform", "ended")) == ([], [reform.pk])
    more = Reform.objects.bulk_create([Reform(slug=f"bulk-{name}", title="Bulky") for name in "ab"])
    assert indexed("reform", "bulky") == [one.pk for one in more]
    Reform.objects.bulk_update([Reform(pk=more[0].pk, slug="bulk-a", title="Slim")], ["title"])
    assert (indexed("reform", "bulky"), indexed("reform", "slim")) == ([more[1].pk], [more[0].pk])
    Reform.objects.filter(pk=more[0].pk).delete()
    Reform.objects.filter(pk=more[1].pk)._raw_delete("default")
    assert indexed("reform", "bulky") == indexed("reform", "slim") == []


@pytest.mark.django_db
def test_a_change_that_is_rolled_back_changes_no_words():
    reform = make_reform(title="First")
    with transaction.atomic():
        Reform.objects.update(title="Second")
        transaction.set_rollback(True)
    assert (indexed("reform", "first"), indexed("reform", "second")) == ([reform.pk], [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "kind", "fields"),
    [
        (Package, "package", ["slug", "name", "summary"]),
        (Law, "law", ["slug", "name", "title", "number"]),
        (Actor, "actor", ["slug", "name"]),
        (ActorAlias, "alias", ["name"]),
        (Event, "event", ["slug", "title"]),
        (Parameter, "parameter", ["slug", "name"]),
        (Claim, "claim", ["ref", "text"]),
        (Source, "source", ["slug", "name", "title", "author", "publisher"]),
    ],
)
def test_every_searched_field_is_followed(model, kind, fields):
    make_each()
    record = model.objects.order_by("pk").first()
    for field in fields:
        model.objects.filter(pk=record.pk).update(**{field: f"met{field}"})
        assert indexed(kind, f"0met{field}" if field == "slug" else f"met{field}") == [record.pk], field


@pytest.mark.django_db(transaction=True)
def test_a_flush_and_a_restore_leave_the_index_right():
    source = make_source("Words of a source.")
    make_claim(source.paragraphs.get(), text="A claim.")
    kept = io.StringIO()
    rows.write(kept)
    call_command("flush", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_words")
        assert cursor.fetchone() == (0,)
    make_source("Other words.", "other")
    kept.seek(0)
    with transaction.atomic():
        rows.replace(kept)
    assert indexed("paragraph", "words") == [Paragraph.objects.get().pk]
    assert indexed("claim", "claim") == [Claim.objects.get().pk]
    assert indexed("source", "other") == []


def test_the_index_is_no_part_of_what_is_kept():
    assert "search" not in {label for model in rows.stored_models() for label in model._meta.label_lower.split(".")}


@pytest.mark.django_db
def test_the_triggers_are_there_for_every_kind():
    names = trigger_names(connection.vendor)
    assert len(names) == len(INDEXED) * (3 if connection.vendor == "sqlite" else 4)
    assert names <= installed(connection)
    assert is_whole(connection)


@pytest.mark.django_db
def test_what_was_changed_while_a_trigger_was_gone_is_indexed_by_the_next_migrate():
    law = make_law(name="First")
    on = " ON reforms_law" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER search_law_update{on}")
    Law.objects.update(name="Second")
    assert not is_whole(connection)
    assert indexed("law", "second") == []
    install_search(using="default", sender=apps.get_app_config("reforms"))
    assert is_whole(connection)
    assert (indexed("law", "first"), indexed("law", "second")) == ([], [law.pk])
    Law.objects.update(name="Third")
    assert indexed("law", "third") == [law.pk]


@pytest.mark.django_db
def test_an_index_of_an_earlier_version_is_made_again(monkeypatch):
    law = make_law(name="First")
    monkeypatch.setattr("reforms.search.index.LONGEST_TEXT", 99_999)
    assert not is_whole(connection)
    install_search(using="default")
    assert is_whole(connection)
    assert indexed("law", "first") == [law.pk]
    assert BY_NAME["law"].last > law.pk
