"""Coverage, of each source and of all of them, is what sources say, and nothing is counted twice."""

import pytest
from jsonschema import Draft202012Validator

from tests.api.conftest import HOST
from tests.api.test_schema import strict
from tests.factories import cite, make_claim, make_source, make_world


def test_a_source_tells_what_is_cited_without_a_claim_and_open(ledger, get):
    [first, _second] = get("coverage/")["results"]
    assert first == {
        "slug": "source-a",
        "source": {
            "slug": "source-a", "title": "Source a", "url": f"{HOST}/sources/source-a/",
            "api_url": f"{HOST}/api/v1/sources/source-a/",
        },
        "paragraph_count": 4,
        "paragraphs": {"cited": 1, "no_claim": 2, "open": 1},
        "characters": {"claim_bearing": 37, "cited": 21},
        "share": 0.5676,
        "open_paragraphs": f"{HOST}/api/v1/paragraphs/?source=source-a&coverage=open",
        "api_url": f"{HOST}/api/v1/coverage/source-a/",
    }  # fmt: skip
    assert get("coverage/source-a/") == first | {"open": [4]}
    assert [row["number"] for row in get("paragraphs/?source=source-a&coverage=open")["results"]] == [4]


def test_it_is_what_the_sources_say(ledger, get):
    said = {row["slug"]: row["coverage"] for row in get("sources/")["results"]}
    told = get("coverage/")["results"]
    assert {row["slug"]: {name: row[name] for name in ("paragraphs", "characters")} for row in told} == said


def test_the_total_counts_what_several_citations_cover_once(empty, get):
    source = make_source("abcdefghij klmno\nAnother line.\n", "source-a")
    line = source.paragraphs.get(number=1)
    for quote in ("abcdef", "cd", "efghi", "mno", "abcdef"):
        make_claim(line, quote)
    claim = make_claim(make_source("A whole line.", "source-b").paragraphs.get())
    cite(claim, line, "no")
    make_claim(source.paragraphs.get(number=2), published=False)
    page = get("coverage/?total=true&page_size=1")
    assert page["total"] == {
        "paragraph_count": 3,
        "paragraphs": {"cited": 2, "no_claim": 0, "open": 1},
        "characters": {"claim_bearing": 16 + 13, "cited": 9 + 3 + 13},
        "share": 0.8621,
    }
    assert get("coverage/?total=true&source=source-b")["total"]["characters"] == {"claim_bearing": 13, "cited": 13}
    assert "total" not in get("coverage/?total=false")


def test_the_total_of_nothing_is_nothing(empty, get):
    assert get("coverage/?total=true")["total"] == {
        "paragraph_count": 0,
        "paragraphs": {"cited": 0, "no_claim": 0, "open": 0},
        "characters": {"claim_bearing": 0, "cited": 0},
        "share": None,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("source=source-b", ["source-b"]),
        ("type=press", ["source-a"]),
        ("show=cited", ["source-b"]),
        ("has_open=true", ["source-a"]),
        ("has_open=false", ["source-b"]),
    ],
)
def test_sources_are_narrowed(ledger, get, query, found):
    assert [row["slug"] for row in get(f"coverage/?{query}")["results"]] == found


@pytest.mark.parametrize("query", ["source=nothing", "has_open=1", "total=yes", "type=x", "coverage=open"])
def test_what_cannot_be_read_is_refused(ledger, client, query):
    response = client.get(f"/api/v1/coverage/?{query}")
    assert response.status_code == 400
    assert f'"{query.split("=")[0]}"' in response.text


def test_a_source_that_is_not_there_has_no_coverage(ledger, get):
    get("coverage/nothing/", 404)


def test_answers_keep_to_the_schema(ledger, get):
    described = get("schema/?format=json")
    for path, asked in (("", "coverage/?total=true"), ("{slug}/", "coverage/source-a/")):
        one = described["paths"][f"/api/v1/coverage/{path}"]["get"]["responses"]["200"]["content"]["application/json"]
        schema = {**strict(one["schema"]), "components": strict(described["components"])}
        Draft202012Validator(schema).validate(get(asked))


def test_it_costs_the_same_for_2_sources_and_20(empty, count_queries):
    make_world(2, each=1)
    few = count_queries("/api/v1/coverage/?total=true&page_size=2")
    make_world(18)
    assert count_queries("/api/v1/coverage/?total=true&page_size=20") == few <= 10
