"""What is kept, under which tag, in which bytes, and when a reader is told that nothing changed."""

import datetime
import gzip

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from api import keeping
from api.keeping import BESIDE, KEPT, takes_gzip
from reforms.models import Reform
from tests.api.keeping import ONE, REFORMS, asked
from tests.factories import make_claim, make_reform, make_source


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


def test_what_was_kept_before_is_not_found_and_all_that_is_kept_counts_with_what_stands_beside_it(view, reform):
    for number in range(3):
        view(asked(path=f"/{number}"))
    assert KEPT.bodies.currsize == 3 * (BESIDE + 5)
    Reform.objects.update(title="x" * 200)
    assert view(asked(path="/0")).content == b"x" * 200
    assert KEPT.bodies.currsize == 3 * (BESIDE + 5) + BESIDE + 200
    view(asked(path="/0", accept_encoding="gzip"))
    assert 0 < KEPT.bodies.currsize - 3 * (BESIDE + 5) - BESIDE - 200 < 100


def test_what_is_large_is_not_kept(view, reform, monkeypatch):
    Reform.objects.update(title="x" * 200)
    monkeypatch.setattr(keeping, "LARGEST", 100)
    assert view(asked()).content == b"x" * 200
    assert len(KEPT.bodies) == 0


def test_nothing_is_kept_where_the_revision_is_not_known(view, calls, reform, monkeypatch):
    monkeypatch.setattr(keeping.revision, "current", lambda: "")
    answers = [view(asked()) for _ in range(2)]
    assert (len(calls), len(KEPT.bodies)) == (2, 0)
    assert all("ETag" not in answer.headers for answer in answers)
