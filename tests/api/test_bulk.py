"""Whole lists as CSV and JSON Lines: every row of the filter, in order, sent while it is read."""

import csv
import io
import json
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api import bulk
from api.cells import cell
from api.urls import RESOURCES
from reforms.models import Claim, ReformTopic, Topic
from tests.api.conftest import API, HOST, answering

NO_PAGES = "A list in this form is whole: it has no pages."


@pytest.fixture
def fetch(client):
    """Give the answer and the text of a GET below /api/v1/ that must succeed."""

    def fetched(path, **headers):
        response = client.get(API + path, headers=headers)
        assert response.status_code == 200, (path, response.content[:300])
        return response, response.getvalue().decode()

    return fetched


def table(text):
    """The lines of a CSV: the header, and each other one as a dictionary."""
    lines = list(csv.reader(io.StringIO(text, newline="")))
    return lines[0], [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_json_lines_hold_what_the_list_in_pages_holds(ledger, get, fetch):
    for resource in RESOURCES:
        _, text = fetch(f"{resource}/?format=jsonl")
        rows = [json.loads(line) for line in text.splitlines()]
        assert rows, "swept nothing"
        assert rows == get(f"{resource}/")["results"]
        assert text.endswith("}\n")


def test_csv_has_a_line_for_each_row_in_the_same_order_and_with_what_a_cell_can_hold(ledger, get, fetch):
    for resource in RESOURCES:
        _, text = fetch(f"{resource}/?format=csv")
        names, rows = table(text)
        shown = get(f"{resource}/")["results"]
        assert [name for name in names if not name.endswith(("_earliest", "_latest"))] == list(shown[0])
        assert [row["api_url"] for row in rows] == [one["api_url"] for one in shown]


def test_a_csv_of_claims_is_this_to_the_letter(ledger, fetch):
    response, text = fetch("claims/?kind=provision&format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert response["Content-Disposition"] == 'attachment; filename="claims.csv"'
    assert text == (
        "ref,text,kind,state,taint,note,support,reforms,laws,events,actors,citations,discrepancies,url,api_url\r\n"
        'C0001,Statement a.,provision,published,"Its text changed on 2021-07-01, and the words it stands on did not."'
        ',,1,"[""reform-a""]","[""law-a""]","[""event-a""]","[""actor-a""]","[""C0001.1""]","[""D0001""]",'
        f"{HOST}/claims/C0001/,{HOST}{API}claims/C0001/\r\n"
    )


def test_a_date_takes_three_columns_and_what_is_not_stated_is_empty(ledger, fetch):
    names, (a, b) = table(fetch("sources/?format=csv")[1])
    assert names[names.index("published") :][:3] == ["published", "published_earliest", "published_latest"]
    assert [a[name] for name in names if name.startswith("published")] == ["2021-06~", "2021-06-01", "2021-06-30", ""]
    assert [b[name] for name in names if name.startswith("published")] == ["", "", "", ""]
    assert (a["supersedes"], a["rights"], a["paragraph_count"]) == ("", "", "4")


def test_lists_and_what_has_no_name_are_json(ledger, fetch):
    [actor, _] = table(fetch("actors/?format=csv")[1])[1]
    [parameter, _] = table(fetch("parameters/?format=csv")[1])[1]
    assert json.loads(actor["aliases"]) == ["Aktor a"]
    assert [change["after"] for change in json.loads(parameter["changes"])] == ["20,000"]
    assert parameter["reform"] == "reform-a"


def test_a_list_without_rows_has_its_header_all_the_same(empty, fetch):
    assert fetch("topics/?format=csv")[1] == "slug,name,summary,url,api_url\r\n"
    assert fetch("topics/?format=jsonl")[1] == ""


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("text/csv", "text/csv; charset=utf-8; header=present"),
        ("application/jsonl", "application/jsonl"),
        ("application/x-ndjson", "application/x-ndjson"),
    ],
)
def test_the_accept_header_chooses_too(ledger, fetch, accept, given):
    response, text = fetch("topics/", accept=accept)
    assert (response["Content-Type"], text.count("/topics/topic-a/")) == (given, 2)
    assert "Accept" in response["Vary"].split(", ")
    assert response["Content-Disposition"].startswith('attachment; filename="topics.')


def test_filters_hold_and_pages_are_refused_by_name(ledger, client, fetch):
    assert [json.loads(line)["ref"] for line in fetch("claims/?source=source-b&format=jsonl")[1].splitlines()] == [
        "C0002",
        "C0003",
    ]
    for form in ("csv", "jsonl"):
        response = client.get(f"{API}claims/?format={form}&page_size=2&cursor=x")
        assert response.status_code == 400
        assert "json" in response["Content-Type"]
        assert all(name in response.content.decode() for name in ("cursor", "page_size", NO_PAGES))
        assert client.get(f"{API}claims/?format={form}&sauce=x").status_code == 400


def test_head_says_what_get_would_and_reads_no_rows(ledger, client):
    with CaptureQueriesContext(connection) as seen:
        response = client.head(f"{API}paragraphs/?format=csv")
        assert response.getvalue() == b""
    assert response["Content-Disposition"] == 'attachment; filename="paragraphs.csv"'
    assert answering(seen) == []


def test_single_records_are_not_given_as_a_list(ledger, client):
    assert client.get(f"{API}claims/C0001/?format=csv").status_code == 400


# What a cell holds.


def test_cells_of_every_kind():
    values = [None, True, 7, -7, "-x", {"slug": "a", "name": "=1"}, ["=1"], {"position": 1}, []]
    assert [cell(value) for value in values] == ["", "true", "7", "-7", "'-x", "a", '["=1"]', '{"position":1}', "[]"]


def test_formulas_among_the_rows_are_defused_in_csv_alone(ledger, fetch):
    Claim.objects.filter(ref="C0001").update(text="=HYPERLINK(1)", note="-5")
    [row] = table(fetch("claims/?kind=provision&format=csv")[1])[1]
    assert (row["text"], row["note"]) == ("'=HYPERLINK(1)", "-5")
    assert json.loads(fetch("claims/?kind=provision&format=jsonl")[1])["text"] == "=HYPERLINK(1)"


# How it is sent.


@pytest.fixture
def many(reform):
    def make(rows):
        letters = str.maketrans("0123456789", "abcdefghij")
        Topic.objects.bulk_create(
            Topic(slug=f"topic-{str(number).translate(letters)}", name=f"Topic {number}", summary="Said " * 40)
            for number in range(Topic.objects.count(), rows)
        )
        unused = Topic.objects.filter(reform_links=None)
        ReformTopic.objects.bulk_create(ReformTopic(reform=reform, topic=topic) for topic in unused)

    return make


def peak(client, form):
    """The most memory that a whole list takes while it is sent, and how many bytes are sent. Units: bytes."""
    response = client.get(f"{API}topics/?format={form}")
    tracemalloc.start()
    sent = sum(map(len, response.streaming_content))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most, sent


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_memory_does_not_grow_with_the_rows(many, client, form):
    many(1_500)
    peak(client, form)  # what is loaded once
    few, small = peak(client, form)
    many(6_000)
    most, large = peak(client, form)
    assert large > 3.9 * small
    assert most < 1.2 * few


def test_rows_are_read_only_as_they_are_sent(many, client, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 10)
    many(100)
    with CaptureQueriesContext(connection) as seen:
        response = client.get(f"{API}topics/?format=csv")
        assert answering(seen) == []
        content = iter(response.streaming_content)
        assert next(content) == b"slug,name,summary,url,api_url\r\n"
        assert next(content).count(b"\r\n") == 10
        response.close()


def test_a_fault_on_the_way_breaks_off_and_never_ends_the_file(many, client, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 10)
    many(30)
    written = []

    def fail_at_the_second(lines):
        written.append(lines)
        if len(written) == 3:
            raise RuntimeError("the disk is gone")
        return as_csv(lines)

    as_csv = bulk.as_csv
    monkeypatch.setattr(bulk, "as_csv", fail_at_the_second)
    content = iter(client.get(f"{API}topics/?format=csv").streaming_content)
    next(content), next(content)
    with pytest.raises(RuntimeError, match="the disk is gone"):
        next(content)


def test_the_queries_are_those_of_one_page_for_every_500_rows(ledger, client):
    with CaptureQueriesContext(connection) as page:
        client.get(f"{API}claims/?page_size=500")
    with CaptureQueriesContext(connection) as whole:
        client.get(f"{API}claims/?format=jsonl").getvalue()
    outside = ("SAVEPOINT", "RELEASE", "DECLARE", "FETCH", "CLOSE")
    asked = [one for one in whole.captured_queries if not one["sql"].startswith(outside)]
    assert len(asked) <= len(page.captured_queries)
