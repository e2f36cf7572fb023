"""What each resource says of its first record, word for word."""

import pytest

from tests.api.conftest import API, HOST, doubt
from tests.factories import cite, make_claim, make_source

DAY = {"edtf": "2020-05-25", "earliest": "2020-05-25", "latest": "2020-05-25"}


def urls(page, resource):
    """The two URLs of a record that has a page."""
    return {"url": f"{HOST}{page}", "api_url": f"{HOST}{API}{resource}/"}


def without(record, *names):
    """The record without the fields of these names."""
    return {name: value for name, value in record.items() if name not in names}


REFORM = {"slug": "reform-a", "title": "Reform a", **urls("/reforms/reform-a/", "reforms/reform-a")}
LAW = {"slug": "law-a", "title": "Law a", **urls("/laws/law-a/", "laws/law-a")}
EVENT = {"slug": "event-a", "title": "Event a", "taint": doubt("title"), **urls("/events/event-a/", "events/event-a")}
DOES = {"effect": "implements", "claim": "C0001", "taint": doubt("effect")}
MILESTONE = {
    "ref": "M0001",
    "title": "Reform a: adopted",
    "reform": "reform-a",
    "stage": "adopted",
    "date": DAY,
    "claim": "C0001",
    "law": "law-a",
    "event": "event-a",
    "taint": doubt("stage"),
    "note": "",
    **urls("/reforms/reform-a/#M0001", "milestones/M0001"),
}
CHANGE = {
    "before": "40,000",
    "after": "20,000",
    "unit": "members",
    "scope": "",
    "date": DAY,
    "claim": "C0001",
    "taint": doubt("after"),
    "note": "",
}
PARAMETER = {
    "slug": "parameter-a",
    "name": "Parameter a",
    "reform": "reform-a",
    "changes": [CHANGE],
    "note": "",
    **urls("/parameters/parameter-a/", "parameters/parameter-a"),
}
SHA256 = "b7eb20acc63df0d875315ad860173ab916ece8dcba48af95c8de3aae642f4a0d"
CITATION = {
    "ref": "C0001.1",
    "title": "Source a ¶2",
    "source": "source-a",
    "paragraph": 2,
    "start": 7,
    "end": 28,
    "quote": "the law a was adopted",
    "stance": "supports",
    "strength": "states",
    **urls("/sources/source-a/?claim=C0001#p2", "citations/C0001.1"),
}
FIRST = {
    "packages/package-a": {
        "slug": "package-a",
        "name": "Package a",
        "summary": "",
        "event": EVENT,
        "stated_count": 7,
        "stated_count_claim": "C0001",
        "taint": doubt("stated count"),
        "note": "",
        "as_of": "2020-12-31",
        "items": [
            {
                "position": 2,
                "number": "1",
                "reform": REFORM | {"stage": "adopted", "perhaps": ""},
                "claim": "C0001",
                "taint": doubt("number"),
                "note": "",
            }
        ],
        **urls("/packages/package-a/", "packages/package-a"),
    },
    "reforms/reform-a": REFORM
    | {
        "summary": "",
        "stage": "adopted",
        "perhaps": "",
        "as_of": "2020-12-31",
        "topics": [{"slug": "topic-a", "title": "Topic a", **urls("/topics/topic-a/", "topics/topic-a")}],
        "packages": [
            {
                "slug": "package-a",
                "title": "Package a",
                "position": 2,
                "number": "1",
                "claim": "C0001",
                "taint": doubt("number"),
                **urls("/packages/package-a/", "packages/package-a"),
            }
        ],
        "milestones": [without(MILESTONE, "reform")],
        "parameters": [{"title": "Parameter a"} | without(PARAMETER, "name", "reform")],
        "laws": [LAW | DOES],
        "note": "",
    },
    "laws/law-a": LAW
    | {
        "name": "Law a",
        "title": "",
        "rank": "law",
        "status": "adopted",
        "number": "",
        "dates": [{"kind": "dated", "date": DAY, "claim": "C0001", "taint": doubt("date")}],
        "reforms": [REFORM | DOES],
        "note": "",
    },
    "claims/C0001": {
        "ref": "C0001",
        "text": "Statement a.",
        "kind": "provision",
        "state": "published",
        "taint": doubt("text"),
        "note": "",
        "support": 1,
        "reforms": [REFORM],
        "laws": [LAW],
        "events": [EVENT],
        "actors": [
            {
                "slug": "actor-a",
                "title": "Actor a",
                "part": "says",
                "office": "Minister",
                **urls("/actors/actor-a/", "actors/actor-a"),
            }
        ],
        "citations": [CITATION],
        "discrepancies": ["D0001"],
        **urls("/claims/C0001/", "claims/C0001"),
    },
    "citations/C0001.1": CITATION
    | {
        "claim": "C0001",
        "prefix": "In May ",
        "suffix": " at last.",
        "carries": None,
        "carried_by": None,
        "not_carried": "",
        "note": "",
    },
    "sources/source-a": {
        "slug": "source-a",
        "name": "Source a",
        "file_name": "",
        "received_as": "text",
        "sha256": SHA256,
        "text_sha256": SHA256,
        "title": "",
        "author": "",
        "publisher": "",
        "language": "",
        "published": {"edtf": "2021-06~", "earliest": "2021-06-01", "latest": "2021-06-30"},
        "published_note": "",
        "type": "press",
        "interested_party": "",
        "rights": "",
        "show": "full",
        "supersedes": None,
        "superseded_by": None,
        "note": "",
        "paragraph_count": 4,
        "coverage": {
            "paragraphs": {"cited": 1, "no_claim": 2, "open": 1},
            "characters": {"claim_bearing": 37, "cited": 21},
        },
        **urls("/sources/source-a/", "sources/source-a"),
    },
    "paragraphs/source-a/2": {
        "source": "source-a",
        "number": 2,
        "kind": "paragraph",
        "level": None,
        "text": "In May the law a was adopted at last.",
        "start": 10,
        "end": 47,
        "section": 1,
        "coverage": "cited",
        "no_claim_reason": "",
        "citations": ["C0001.1"],
        **urls("/sources/source-a/#p2", "paragraphs/source-a/2"),
    },
    "discrepancies/D0001": {
        "ref": "D0001",
        "title": "Slip a",
        "kind": "misprint",
        "state": "open",
        "explanation": "They do not fit.",
        "claims": ["C0001"],
        "resolved_by": None,
        **urls("/discrepancies/D0001/", "discrepancies/D0001"),
    },
    "milestones/M0001": MILESTONE,
    "parameters/parameter-a": PARAMETER,
    "events/event-a": EVENT | {"kind": "election", "date": DAY, "claim": "C0001", "note": ""},
    "actors/actor-a": {
        "slug": "actor-a",
        "name": "Actor a",
        "kind": "person",
        "aliases": ["Aktor a"],
        "note": "",
        **urls("/actors/actor-a/", "actors/actor-a"),
    },
    "topics/topic-a": {
        "slug": "topic-a",
        "name": "Topic a",
        "summary": "A topic.",
        **urls("/topics/topic-a/", "topics/topic-a"),
    },
}
DATED = ("packages", "reforms")


@pytest.mark.parametrize("name", FIRST)
def test_a_record_says_all_of_this(ledger, get, name):
    query = "?as_of=2020-12-31" if name.startswith(DATED) else ""
    assert get(f"{name}/{query}") == FIRST[name]


def test_what_is_not_in_doubt_is_said_to_be_in_no_way(ledger, client, get):
    assert get("claims/C0002/")["taint"] == ""
    for name in ("packages/package-b", "reforms/reform-b", "laws/law-b", "claims/C0002", "milestones/M0002"):
        body = client.get(f"{API}{name}/").content.decode()
        assert '"taint":""' in body
        assert "changed on" not in body


def test_a_list_says_the_same_as_the_record_alone(ledger, get):
    for name, record in FIRST.items():
        query = "?as_of=2020-12-31" if name.startswith(DATED) else ""
        page = get(f"{name.split('/')[0]}/{query}")
        assert list(page) == ["results", "next", "previous"]
        assert record in page["results"]


def test_the_address_that_a_record_gives_leads_to_it(ledger, get):
    for record in FIRST.values():
        assert get(record["api_url"].removeprefix(HOST + API))["api_url"] == record["api_url"]


def test_a_paragraph_that_may_not_be_shown_has_no_text_unless_it_is_cited(ledger, get):
    shown = {row["number"]: row["text"] for row in get("paragraphs/?source=source-b")["results"]}
    assert shown == {
        1: None,
        2: "In May the law b was adopted at last.",
        3: None,
        4: "A line still open.",
    }


@pytest.mark.usefixtures("empty")
def test_offsets_count_code_points_beyond_the_basic_plane(db, get):
    source = make_source("😀 Қазақ сөзі\n", "a-source")
    make_claim(source.paragraphs.get(), "Қазақ")
    citation = get("citations/C0001.1/")
    assert (citation["start"], citation["end"], citation["quote"]) == (2, 7, "Қазақ")


@pytest.mark.usefixtures("empty")
def test_a_date_that_is_open_has_no_latest_day_and_one_not_stated_is_null(db, get):
    make_source("One line.", "source-a", published="[2022-06-05..]")
    make_source("Another line.", "source-b")
    assert get("sources/source-a/")["published"] == {
        "edtf": "[2022-06-05..]",
        "earliest": "2022-06-05",
        "latest": None,
    }
    assert get("sources/source-b/")["published"] is None


@pytest.mark.usefixtures("empty")
def test_support_counts_sources_not_citations(db, get):
    first, second = make_source("One. Two.", "source-a"), make_source("Three.", "source-b")
    claim = make_claim(first.paragraphs.get(), "One.")
    cite(claim, first.paragraphs.get(), "Two.")
    assert get("claims/C0001/")["support"] == 1
    cite(claim, second.paragraphs.get(), "Three.", stance="context")
    assert get("claims/C0001/")["support"] == 1
    cite(claim, second.paragraphs.get(), "Three", stance="supports")
    assert get("claims/C0001/")["support"] == 2
    assert get("claims/?source=source-a")["results"][0]["support"] == 2
