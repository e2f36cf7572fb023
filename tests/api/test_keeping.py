"""What is kept is never stale: no change by any way, no other day, build, address or form is answered from it."""

import datetime
import gzip
import threading
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from api import keeping
from api.keeping import KEPT, kept, takes_gzip
from reforms.models import Discrepancy, DiscrepancyClaim, Reform, ReformTopic, Topic
from sources.revision import current
from tests.factories import make_claim, make_discrepancy, make_reform, make_source

REFORMS = "/api/v1/reforms/"
ONE = "/api/v1/reforms/a-reform/"
TOPICS = "/api/v1/topics/"


@pytest.fixture(autouse=True)
def nothing_kept():
    KEPT.bodies.clear()


@pytest.fixture
def reform(db):
    reform = make_reform(title="First")
    make_claim(make_source().paragraphs.get(number=2), reforms=[reform])
    return reform


@pytest.fixture
def calls():
    return []


@pytest.fixture
def view(calls):
    """A kept view that answers with the titles of all reforms, and counts how often it is called."""

    @kept
    def titles(request):
        calls.append(request.method)
        return HttpResponse(" ".join(Reform.objects.values_list("title", flat=True)))

    return titles


def asked(method="get", path=REFORMS, **headers):
    return getattr(RequestFactory(), method)(path, headers=headers)


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


def test_what_is_written_in_the_admin_is_not_hidden(admin_client, client, db):
    tag = client.get(TOPICS).headers["ETag"]
    form = {"slug": "a-topic", "name": "A topic", "summary": "It.", "change_reason": "Read it."}
    assert admin_client.post(reverse("admin:reforms_topic_add"), form).status_code == 302
    answer = client.get(TOPICS, headers={"if_none_match": tag})
    assert [row["slug"] for row in answer.json()["results"]] == ["a-topic"]
    gone = reverse("admin:reforms_topic_delete", args=[Topic.objects.get().pk])
    admin_client.post(gone, {"post": "yes", "change_reason": "Read it again."})
    assert client.get(TOPICS, headers={"if_none_match": answer.headers["ETag"]}).json()["results"] == []


def test_what_is_made_linked_and_taken_away_is_not_hidden(client, reform):
    assert titles(client) == ["First"]
    topics = lambda: [row["slug"] for row in client.get(TOPICS).json()["results"]]  # noqa: E731
    assert topics() == []
    topic, other = Topic.objects.bulk_create(Topic(slug=f"{name}-topic", name=name, summary="It.") for name in "ab")
    assert topics() == ["a-topic", "b-topic"]
    other.delete()
    assert topics() == ["a-topic"]
    assert client.get(ONE).json()["topics"] == []
    ReformTopic.objects.create(reform=reform, topic=topic)
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
def test_a_load_and_a_flush_are_not_hidden(client, tmp_path):
    Topic.objects.create(slug="a-topic", name="First", summary="It.")
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
    again = view(asked(if_none_match=first.headers["ETag"]))
    assert again.status_code == 304
    assert list(KEPT.bodies) == [first.headers["ETag"].strip('"')]


@pytest.mark.django_db(transaction=True)
def test_the_view_answers_inside_one_snapshot_that_ends_with_it(calls):
    @kept
    def look(request):
        calls.append(connection.in_atomic_block)
        return HttpResponse("x" * 300)

    look(asked())
    assert (calls, connection.in_atomic_block) == ([True], False)


@pytest.mark.django_db(transaction=True)
def test_304_and_what_is_kept_cost_one_query(client):
    make_reform()
    tag = client.get(REFORMS).headers["ETag"]
    for headers, status in (({"if_none_match": tag}, 304), ({}, 200)):
        with CaptureQueriesContext(connection) as seen:
            assert client.get(REFORMS, headers=headers).status_code == status
        assert len(seen) == 1, seen.captured_queries


def test_a_304_carries_what_it_must_and_no_body(client, reform):
    whole = client.get(REFORMS)
    same = client.get(REFORMS, headers={"if_none_match": whole.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert same.headers[name] == whole.headers[name], name
    assert whole.headers["Cache-Control"] == "public, no-cache"
    assert whole.headers["Vary"] == "Accept, Accept-Encoding"
    assert {"Content-Type", "Content-Length", "Last-Modified"} & set(same.headers) == set()
    assert "Last-Modified" not in whole.headers
    assert whole.headers["Content-Length"] == str(len(whole.content))


HOSTILE = ["", ",", '"', "W/", '"a', "*, *", '"*"', "\x00", "é", '"' * 5000, ", ".join(['"a"'] * 2000), "W/*", "\ud800"]


@pytest.mark.parametrize("given", HOSTILE, ids=range(len(HOSTILE)))
def test_other_tags_however_they_are_written_give_the_whole_answer(client, reform, given):
    client.get(REFORMS)
    answer = client.get(REFORMS, HTTP_IF_NONE_MATCH=given)
    assert answer.status_code == 200
    assert answer.json()["results"][0]["title"] == "First"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"a", {}', 'W/"b",W/{} , "c"', "*", " * "])
def test_a_tag_is_compared_weakly_and_found_in_a_list_and_a_star_means_any(client, reform, form):
    strong = client.get(REFORMS).headers["ETag"]
    assert client.get(REFORMS, headers={"if_none_match": form.format(strong)}).status_code == 304
    KEPT.bodies.clear()
    assert client.get(REFORMS, headers={"if_none_match": form.format(strong)}).status_code == 304


def test_a_star_matches_nothing_where_nothing_is(client, db):
    star = {"if_none_match": "*"}
    assert client.get(ONE, headers=star).status_code == 404
    assert client.get(REFORMS + "?as_off=1", headers=star).status_code == 400


def test_an_error_is_not_kept_nor_tagged_and_what_comes_later_is_there(client, db):
    missing = client.get(ONE)
    assert (missing.status_code, missing.headers["Cache-Control"]) == (404, "no-store")
    assert "ETag" not in missing.headers
    assert not KEPT.bodies
    refused = client.post(REFORMS)
    assert (refused.status_code, refused.headers["Cache-Control"]) == (405, "no-store")
    make_claim(make_source().paragraphs.get(number=2), reforms=[make_reform()])
    assert client.get(ONE).status_code == 200


def test_head_gives_the_headers_of_get(client, reform):
    heads, gets = zip(*[(client.head(REFORMS), client.get(REFORMS)) for _ in range(2)], strict=True)
    assert all(head.headers == get.headers for head, get in zip(heads, gets, strict=True))
    assert {head.content for head in heads} == {b""}
    assert client.head(REFORMS, headers={"if_none_match": gets[0].headers["ETag"]}).status_code == 304


def test_another_day_another_build_another_form_another_address_is_another_answer(view, calls, db, monkeypatch):
    tags = [view(asked()).headers["ETag"]]
    monkeypatch.setattr(keeping.timezone, "localdate", lambda: datetime.date(2031, 1, 1))
    tags.append(view(asked()).headers["ETag"])
    monkeypatch.setattr(keeping, "build", lambda: "another")
    tags.append(view(asked()).headers["ETag"])
    tags.append(view(asked(accept="text/csv")).headers["ETag"])
    tags.append(view(asked(path=REFORMS + "?page_size=2")).headers["ETag"])
    tags.append(view(asked(path="/api/v1/laws/")).headers["ETag"])
    tags.append(view(RequestFactory().get(REFORMS, secure=True)).headers["ETag"])
    tags.append(view(RequestFactory().get(REFORMS, headers={"host": "localhost"})).headers["ETag"])
    assert (len(set(tags)), len(calls)) == (8, 8)
    assert view(RequestFactory().get(REFORMS, headers={"host": "localhost"})).headers["ETag"] == tags[-1]
    assert len(calls) == 8


def test_stages_of_today_are_not_those_of_yesterday(client, reform, monkeypatch):
    tag = client.get(ONE).headers["ETag"]
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: tomorrow)
    assert client.get(ONE, headers={"if_none_match": tag}).status_code == 200


def test_the_build_is_of_the_code_and_of_the_key(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "requirements.txt").write_text("django")
    (tmp_path / "api").mkdir()
    build = keeping.build.__wrapped__
    met = [build()]
    for name in ("api/views.py", "requirements.txt"):
        (tmp_path / name).write_text("another")
        met.append(build())
    (tmp_path / "api" / "views.pyc").write_text("compiled")
    assert build() == met[-1]
    settings.SECRET_KEY = "another"  # by which cursors are signed
    assert len({*met, build()}) == 4


def test_what_is_packed_has_a_weak_tag_and_the_same_bytes_each_time(client, reform):
    plain, packed = (client.get(REFORMS, headers={"accept_encoding": how}) for how in ("", "br, gzip"))
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    again = client.get(REFORMS, headers={"accept_encoding": "gzip"})
    assert (again.content, again.headers) == (packed.content, packed.headers)
    same = client.get(REFORMS, headers={"accept_encoding": "gzip", "if_none_match": plain.headers["ETag"]})
    assert (same.status_code, same.headers["ETag"]) == (304, packed.headers["ETag"])


@pytest.mark.parametrize("how", ["gzip;q=0", "gzip ; q=0.000, *", "identity"])
def test_who_refuses_gzip_gets_none(client, reform, how):
    answer = client.get(REFORMS, headers={"accept_encoding": how})
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["ETag"].startswith('"')
    assert takes_gzip("GZIP;q=0.5")


def test_what_is_small_is_not_packed(client, db):
    answer = client.get(REFORMS, headers={"accept_encoding": "gzip"})
    assert answer.json() == {"results": [], "next": None, "previous": None}
    assert "Content-Encoding" not in answer.headers


def test_what_is_kept_goes_when_the_revision_moves_and_never_grows_beyond_its_bytes(view, reform, monkeypatch):
    for number in range(3):
        view(asked(path=f"/{number}"))
    assert len(KEPT.bodies) == 3
    Reform.objects.update(title="x" * 200)
    view(asked())
    assert len(KEPT.bodies) == 1
    assert KEPT.bodies.currsize == 200
    view(asked(accept_encoding="gzip"))
    assert 200 < KEPT.bodies.currsize < 300
    monkeypatch.setattr(keeping, "LARGEST", 100)
    view(asked(path="/large"))
    assert len(KEPT.bodies) == 1


def test_nothing_is_kept_where_the_revision_is_not_known(view, calls, reform, monkeypatch):
    monkeypatch.setattr(keeping.revision, "current", lambda: "")
    answers = [view(asked()) for _ in range(2)]
    assert (len(calls), len(KEPT.bodies)) == (2, 0)
    assert all("ETag" not in answer.headers for answer in answers)


@pytest.fixture
def stream(calls):
    """A kept view that streams three lines, and says when it was read and closed."""

    def lines():
        try:
            for number in range(3):
                calls.append(connection.in_atomic_block)
                yield f"{number} {Reform.objects.get().title}\n" * 100
        finally:
            calls.append("closed")

    return kept(lambda request: StreamingHttpResponse(lines(), content_type="text/csv"))


@pytest.mark.django_db(transaction=True)
def test_a_stream_holds_its_snapshot_until_it_is_closed_and_is_not_kept(stream, calls):
    make_reform(title="First")
    answer = stream(asked())
    assert b"".join(answer.streaming_content).startswith(b"0 First\n")
    assert connection.in_atomic_block
    answer.close()
    assert (calls, connection.in_atomic_block, len(KEPT.bodies)) == ([True] * 3 + ["closed"], False, 0)
    same = stream(asked(if_none_match=answer.headers["ETag"]))
    assert (same.status_code, same.headers["Vary"], len(calls)) == (304, "Accept, Accept-Encoding", 4)
    assert stream(asked(if_none_match="*")).status_code == 304
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("read", [0, 1])
def test_a_stream_that_nobody_reads_to_its_end_lets_go_of_its_snapshot(stream, calls, read):
    make_reform()
    with closing(stream(asked())) as answer:
        parts = iter(answer.streaming_content)
        for _ in range(read):
            next(parts)
        assert connection.in_atomic_block
    assert not connection.in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_head_of_a_stream_reads_nothing_and_holds_nothing(stream, calls):
    make_reform()
    head = stream(asked("head"))
    assert (list(head.streaming_content), calls, connection.in_atomic_block) == ([], [], False)
    assert head.headers["ETag"].startswith('"')


@pytest.mark.django_db(transaction=True)
def test_an_exception_in_a_view_ends_the_snapshot():
    @kept
    def broken(request):
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        broken(asked())
    assert not connection.in_atomic_block
