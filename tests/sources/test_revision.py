"""The revision is another one after every change of what readers see, by whatever way it comes, and after no other."""

# ruff: noqa: S608 the SQL is made of names of tables
import threading

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

from reforms.models import Claim, Counter, Proposal, Reform, Topic
from sources.models import ChangeSet
from sources.revision import ROWS, current, install_revision, seen_tables, triggers
from sources.triggers import installed_as
from tests.factories import make_each, make_reform, make_source

SEEN = {
    "sources": {"sources_source", "sources_paragraph"},
    "reforms": {
        "reforms_actor", "reforms_actoralias", "reforms_citation", "reforms_claim", "reforms_claimactor",
        "reforms_claimevent", "reforms_claimlaw", "reforms_claimreform", "reforms_discrepancy",
        "reforms_discrepancyclaim", "reforms_event", "reforms_law", "reforms_lawdate", "reforms_lawlink",
        "reforms_milestone", "reforms_noclaim", "reforms_package", "reforms_packageitem", "reforms_parameter",
        "reforms_parameterchange", "reforms_reform", "reforms_reformtopic", "reforms_retiredslug", "reforms_topic",
    },
}  # fmt: skip
UNSEEN = {
    "sources": {"sources_changeset"},
    "reforms": {
        "reforms_answeredfinding", "reforms_auditrun", "reforms_counter", "reforms_finding", "reforms_load",
        "reforms_proposal",
    },
}  # fmt: skip
EVERY_TABLE = sorted(SEEN["sources"] | SEEN["reforms"])


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def moves(change):
    """Whether `change`, a function, moves the revision."""
    before = current()
    change()
    assert len(current()) == 32
    return current() != before


@pytest.mark.parametrize("app", SEEN)
def test_of_every_model_it_is_decided_whether_readers_see_anything_of_it(app):
    config = apps.get_app_config(app)
    models = [one for one in config.get_models(include_auto_created=True) if not hasattr(one, "history_type")]
    assert set(seen_tables(config)) == SEEN[app]
    assert {model._meta.db_table for model in models} - SEEN[app] == UNSEEN[app]


@pytest.mark.django_db
def test_plain_sql_on_every_table_that_readers_see_moves_the_revision():
    make_each()
    sql("INSERT INTO reforms_retiredslug (kind, slug, now) VALUES ('reform', 'a-former-name', 'a-reform')")
    for table in EVERY_TABLE:
        sql(f"CREATE TEMPORARY TABLE put_aside AS SELECT * FROM {table} ORDER BY id DESC LIMIT 1")
        those = "WHERE id IN (SELECT id FROM put_aside)"
        update, delete = f"UPDATE {table} SET id = id {those}", f"DELETE FROM {table} {those}"
        met = [current()]
        for statement in (update, delete, f"INSERT INTO {table} SELECT * FROM put_aside"):
            sql(statement)
            met.append(current())
        assert len(set(met)) == 4, table
        sql("DROP TABLE put_aside")


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(6))
def test_every_way_of_the_models_moves_the_revision(number):
    reform, topic = make_reform(), Topic.objects.create(slug="a-topic", name="A", summary="B.")
    ways = [
        lambda: Reform.objects.update(title="Other"),
        lambda: Reform.objects.bulk_create([Reform(slug="b-reform", title="B")]),
        lambda: Reform.objects.bulk_update([Reform(pk=reform.pk, title="C")], ["title"]),
        lambda: Reform.objects.filter(pk=reform.pk)._raw_delete("default"),
        lambda: topic.save(),
        lambda: topic.delete(),
    ]
    assert moves(ways[number])


@pytest.mark.django_db
def test_what_readers_do_not_see_does_not_move_it():
    make_source()
    assert not moves(lambda: Counter.take("C"))
    assert not moves(lambda: ChangeSet.objects.create(reason="Nothing."))
    assert not moves(lambda: Proposal.objects.all().delete())
    assert not moves(lambda: list(Claim.objects.all()))
    assert not moves(lambda: Reform.history.all().delete())


@pytest.mark.django_db
def test_what_is_rolled_back_moves_nothing_and_its_revision_is_never_given_again():
    make_reform()
    before, met = current(), set()
    for _ in range(3):
        with transaction.atomic():
            Reform.objects.update(title="Other")
            met.add(current())
            Reform.objects.update(title="Yet another")
            met.add(current())
            transaction.set_rollback(True)
        assert current() == before
    Reform.objects.update(title="In the end")
    assert len(met | {before, current()}) == 8


@pytest.mark.django_db(transaction=True)
def test_a_committed_change_has_another_revision_than_it_had_before_the_commit_or_the_next_one():
    met = [current()]
    for title in ("First", "Second", "Third"):
        with transaction.atomic():
            Topic.objects.update_or_create(slug="a-topic", defaults={"name": title, "summary": "B."})
        met.append(current())
    assert len(set(met)) == 4


@pytest.mark.django_db(transaction=True)
def test_a_flush_moves_it_and_leaves_everything_at_work():
    make_reform()
    assert moves(lambda: call_command("flush", interactive=False, verbosity=0))
    assert moves(make_reform)


@pytest.mark.django_db(transaction=True)
def test_a_revision_that_is_lost_is_not_known_until_the_next_change():
    sql("DELETE FROM revision")
    assert current() == ""
    make_reform()
    assert len(current()) == 32
    install_revision(sender=apps.get_app_config("sources"), using="default")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM revision")
        assert cursor.fetchone() == (ROWS[connection.vendor],)


@pytest.mark.django_db
def test_a_trigger_that_is_gone_is_made_again_and_what_was_missed_counts_as_a_change():
    make_reform()
    app = apps.get_app_config("reforms")
    wanted = triggers(app, connection.vendor)
    name = next(name for name in wanted if name.startswith("revision_reforms_reform"))
    sql(f"DROP TRIGGER {name}" + (" ON reforms_reform" if connection.vendor == "postgresql" else ""))
    assert moves(lambda: install_revision(sender=app, using="default"))
    assert wanted.items() <= installed_as(connection).items()
    assert not moves(lambda: install_revision(sender=app, using="default"))


@pytest.mark.django_db(transaction=True)
def test_it_is_read_with_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        current()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="on SQLite one writes at a time")
def test_of_two_who_write_at_once_neither_waits_and_both_are_seen():
    before, met = current(), {}
    waiting, go_on = threading.Event(), threading.Event()

    def other():
        with transaction.atomic():
            make_reform("of-the-other")
            waiting.set()
            assert go_on.wait(20)
        met["other"] = current()
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert waiting.wait(20)
    assert current() == before
    sql("SET statement_timeout = '10s'")
    with transaction.atomic():
        make_reform("of-this-one")
    sql("RESET statement_timeout")
    met["this"] = current()
    go_on.set()
    thread.join()
    assert len({before, *met.values()}) == 3
    assert current() == met["other"]
