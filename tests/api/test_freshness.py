"""What is kept is never stale: no change, by whatever way it comes, is hidden."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from api import keeping
from api.keeping import KEPT, again, kept
from reforms.models import Discrepancy, DiscrepancyClaim, Reform, ReformTopic, Topic
from sources.revision import current
from tests.api.keeping import ONE, REFORMS, TOPICS, asked
from tests.factories import make_claim, make_discrepancy, make_reform, make_source


def titles(client, **headers):
    return [row["title"] for row in client.get(REFORMS, headers=headers).json()["results"]]


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


WAYS = {
    "a save": lambda reform: Reform(pk=reform.pk, slug=reform.slug, title="Second").save(),
    "update()": lambda reform: Reform.objects.update(title="Second"),
    "bulk_update()": lambda reform: Reform.objects.bulk_update([Reform(pk=reform.pk, title="Second")], ["title"]),
    "plain SQL": lambda reform: sql("UPDATE reforms_reform SET title = 'Second'"),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_change_is_hidden_by_what_is_kept(client, reform, way):
    first = client.get(REFORMS)
    assert (titles(client), client.get(REFORMS).headers["ETag"]) == (["First"], first.headers["ETag"])
    WAYS[way](reform)
    assert titles(client, if_none_match=first.headers["ETag"]) == ["Second"]
    assert client.get(REFORMS).headers["ETag"] != first.headers["ETag"]


def test_what_is_written_in_the_admin_is_not_hidden(admin_client, client, reform):
    tag = client.get(TOPICS).headers["ETag"]
    form = {"slug": "a-topic", "name": "A topic", "summary": "It.", "change_reason": "Read it."}
    assert admin_client.post(reverse("admin:reforms_topic_add"), form).status_code == 302
    added = client.get(TOPICS, headers={"if_none_match": tag})
    assert (added.status_code, added.json()["results"]) == (200, [])  # no reform is under it
    link = ReformTopic.objects.create(reform=reform, topic=Topic.objects.get())
    answer = client.get(TOPICS, headers={"if_none_match": added.headers["ETag"]})
    assert [row["slug"] for row in answer.json()["results"]] == ["a-topic"]
    link.delete()
    gone = reverse("admin:reforms_topic_delete", args=[Topic.objects.get().pk])
    admin_client.post(gone, {"post": "yes", "change_reason": "Read it again."})
    assert client.get(TOPICS, headers={"if_none_match": answer.headers["ETag"]}).json()["results"] == []


def test_what_is_made_linked_and_taken_away_is_not_hidden(client, reform):
    assert titles(client) == ["First"]
    topics = lambda: [row["slug"] for row in client.get(TOPICS).json()["results"]]  # noqa: E731
    assert topics() == []
    topic, other = Topic.objects.bulk_create(Topic(slug=f"{name}-topic", name=name, summary="It.") for name in "ab")
    assert (topics(), client.get(ONE).json()["topics"]) == ([], [])
    ReformTopic.objects.bulk_create(ReformTopic(reform=reform, topic=one) for one in (topic, other))
    assert topics() == ["a-topic", "b-topic"]
    assert len(client.get(ONE).json()["topics"]) == 2
    other.reform_links.all().delete()
    assert topics() == ["a-topic"]
    assert len(client.get(ONE).json()["topics"]) == 1
    ReformTopic.objects.all()._raw_delete("default")
    assert client.get(ONE).json()["topics"] == []


def test_a_claim_that_joins_or_leaves_a_discrepancy_is_not_hidden(client, db):
    source = make_source()
    claims = [make_claim(paragraph, text=paragraph.text) for paragraph in source.paragraphs.all()]
    made = make_discrepancy(*claims[:2])
    address = f"/api/v1/discrepancies/{made.ref}/"
    assert len(client.get(address).json()["claims"]) == 2
    DiscrepancyClaim.objects.create(discrepancy=made, claim=claims[2])
    assert len(client.get(address).json()["claims"]) == 3
    sql(f"DELETE FROM reforms_discrepancyclaim WHERE claim_id = {claims[2].pk}")  # noqa: S608
    assert len(client.get(address).json()["claims"]) == 2
    Discrepancy.objects.update(title="Slip")
    assert client.get(address).json()["title"] == "Slip"


@pytest.mark.django_db(transaction=True)
def test_a_load_and_a_flush_are_not_hidden(client, reform, tmp_path):
    topic = Topic.objects.create(slug="a-topic", name="First", summary="It.")
    ReformTopic.objects.create(reform=reform, topic=topic)
    names = lambda: [row["name"] for row in client.get(TOPICS).json()["results"]]  # noqa: E731
    assert names() == ["First"]
    fixture = tmp_path / "other.json"
    call_command("dumpdata", "reforms.topic", "--natural-primary", output=str(fixture), verbosity=0)
    fixture.write_text(fixture.read_text().replace("First", "Second"))
    call_command("loaddata", str(fixture), verbosity=0)
    assert names() == ["Second"]
    call_command("flush", interactive=False, verbosity=0)
    assert names() == []


def test_what_is_rolled_back_leaves_nothing_behind(client, reform):
    met = set()
    for title in ("Second", "Third"):
        with transaction.atomic():
            Reform.objects.update(title=title)
            met.add(client.get(REFORMS).headers["ETag"])
            assert titles(client) == [title]
            transaction.set_rollback(True)
        assert titles(client) == ["First"]
    assert len(met | {client.get(REFORMS).headers["ETag"]}) == 3


def changed_by_another(title):
    """Commit a change through a connection of its own."""

    def change():
        Reform.objects.update(title=title)
        connection.close()

    thread = threading.Thread(target=change)
    thread.start()
    thread.join()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a base in memory has one writer; see the next test")
def test_a_change_between_the_revision_and_the_rows_is_in_neither():
    make_reform(title="First")

    @again
    @kept
    def slow(request):
        if not KEPT.bodies and not met:
            changed_by_another("Second")
        return HttpResponse(Reform.objects.get().title)

    met = []
    met.append(slow(asked()).content)
    assert met == [b"First"]
    assert slow(asked()).content == b"Second"


@pytest.mark.django_db(transaction=True)
def test_the_tag_is_of_the_revision_that_the_snapshot_reads_not_of_one_read_before(view, monkeypatch):
    make_reform(title="First")
    read = []

    def reading():
        read.append(current())
        if len(read) == 1:
            Reform.objects.update(title="Second")  # after the first look, before the snapshot
        return read[-1]

    monkeypatch.setattr(keeping.revision, "current", reading)
    first = view(asked())
    assert (first.content, len(set(read))) == (b"Second", 2)
    assert view(asked(if_none_match=first.headers["ETag"])).status_code == 304
    assert list(KEPT.bodies) == [first.headers["ETag"].strip('"')]
