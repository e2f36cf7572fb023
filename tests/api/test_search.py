"""The search of the API finds what the page finds, says where the words stand, and breaks on nothing."""

from urllib.parse import quote, urlencode

import pytest
from jsonschema import Draft202012Validator

from reforms.models import Actor, ActorAlias, Claim
from reforms.search.engine import ask, drawn
from sources.models import Source
from tests.api.conftest import HOST
from tests.api.test_schema import strict
from tests.factories import make_claim, make_reform, make_source, make_world

TEXT = """Elections of akims
Voters elect the akims of villages, says Tokaev: “direct” elections — 😀 akims.
Nothing of them is said here.
"""
HOSTILE = [
    '"', '""', "-", "-akims", "*", "a*", "akims*", "(akims", "akims AND", "NEAR(a b)", "title:akims", "{title}: a",
    "%", "_", "'", ";DROP TABLE x", "\\", "a\\'b", "😀", "\ud7ff", "\u202e", "a" * 500, "a " * 240, '"a b" ' * 80,
    "й" * 300, "1" * 300, ":*", "a & b", "a | !b", "<script>", "ﬁ", "ß", "İ", "\n", "\t a",
]  # fmt: skip


@pytest.fixture
def akims(db):
    """Two sources, the second of which shows cited paragraphs only, and claims about akims."""
    open_one = make_source(TEXT, "open-one", name="The open one")
    shut_one = make_source("Akims are cited here.\nAkims are not cited here.\n", "shut-one", show="cited")
    actor = Actor.objects.create(slug="tokayev", name="Tokayev", kind="person")
    ActorAlias.objects.create(actor=actor, name="Tokaev")
    reform = make_reform("election-of-akims", title="Election of akims", summary="Voters choose akims.")
    make_claim(
        open_one.paragraphs.get(number=2), "Voters elect", text="Akims are elected.", reforms=[reform], actors=[actor]
    )
    make_claim(shut_one.paragraphs.get(number=1), text="Akims are cited.", taint="Its text changed.")
    make_claim(text="A draft about akims.")


def names(page):
    return [hit["record"].get("slug") or hit["record"]["ref"] for hit in page["results"]]


def test_a_hit_says_what_it_is_and_where_the_words_stand(akims, get):
    page = get("search/?q=akims")
    assert names(page) == ["election-of-akims", "C0002", "C0001", "open-one/1", "shut-one/1", "open-one/2"]
    reform, tainted, _claim, _heading, _cited, paragraph = page["results"]
    assert reform == {
        "kind": "reform",
        "record": {
            "slug": "election-of-akims",
            "title": "Election of akims",
            "url": f"{HOST}/reforms/election-of-akims/",
            "api_url": f"{HOST}/api/v1/reforms/election-of-akims/",
        },
        "how": "title",
        "title_marks": [[12, 17]],
        "snippet": "Voters choose akims.",
        "marks": [[14, 19]],
        "source": None,
        "paragraph": None,
        "taint": "",
    }
    assert (tainted["record"]["title"], tainted["taint"]) == ("Akims are cited.", "Its text changed.")
    assert paragraph["record"] == {
        "ref": "open-one/2",
        "title": "The open one, paragraph 2",
        "url": f"{HOST}/sources/open-one/#p2",
        "api_url": f"{HOST}/api/v1/paragraphs/open-one/2/",
    }
    assert (paragraph["source"]["slug"], paragraph["paragraph"], paragraph["title_marks"]) == ("open-one", 2, [])
    assert paragraph["snippet"] == TEXT.splitlines()[1]
    assert [paragraph["snippet"][start:end] for start, end in paragraph["marks"]] == ["akims", "akims"]


def test_every_address_of_a_hit_leads_to_a_record(akims, client, get):
    hits = get("search/?q=akims")["results"] + get("search/?q=tokaev")["results"] + get("search/?q=one")["results"]
    assert {hit["kind"] for hit in hits} == {"reform", "claim", "paragraph", "actor", "source"}
    for hit in hits:
        assert client.get(hit["record"]["url"]).status_code == 200
        assert client.get(hit["record"]["api_url"]).status_code == 200


def test_other_spellings_are_looked_for_and_named(akims, get):
    page = get("search/?q=Tokayev")
    assert page["also"] == ["Tokaev"]
    assert names(page) == ["tokayev", "open-one/2"]


def test_a_typed_name_comes_first_and_says_so(akims, get):
    assert [(hit["how"], hit["record"]["ref"]) for hit in get("search/?q=C0002")["results"]] == [("exact", "C0002")]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=claim", ["C0002", "C0001"]),
        ("kind__in=claim,reform", ["election-of-akims", "C0002", "C0001"]),
        ("source=shut-one", ["C0002", "shut-one/1"]),
        ("source=open-one&kind=paragraph", ["open-one/1", "open-one/2"]),
        ("source=open-one&kind=reform", []),
    ],
)
def test_hits_are_narrowed_by_kind_and_source_and_counted_alike(akims, get, query, found):
    page = get(f"search/?q=akims&count=true&{query}")
    assert names(page) == found
    assert (page["count"], page["more"]) == (len(found), False)


def test_facets_count_by_kind_and_source_only_where_they_are_asked_for(akims, get):
    assert get("search/?q=akims").keys() == {"results", "next", "previous", "also"}
    assert get("search/?q=akims&facets=true")["facets"] == {
        "kind": {"reform": 1, "claim": 2, "paragraph": 3},
        "source": {"open-one": 3, "shut-one": 2},
    }
    assert get("search/?q=akims&facets=true&kind=paragraph")["facets"]["source"] == {"open-one": 2, "shut-one": 1}


@pytest.mark.parametrize("size", [1, 2, 4, 5, 6, 500])
def test_pages_walked_both_ways_give_what_the_engine_finds_in_its_order(akims, get, size):
    def follow(path, link):
        while path:
            page = get(path)
            yield path, names(page)
            path = page[link] and page[link].split("/api/v1/")[1]

    answer = drawn(ask("akims").hits)
    whole = [f"{one.name}/{one.number}" if one.number else one.name for one in answer]
    forwards = [*follow(f"search/?q=akims&page_size={size}", "next")]
    assert [name for _, page in forwards for name in page] == whole
    backwards = [*follow(forwards[-1][0], "previous")]
    assert [name for _, page in backwards[::-1] for name in page] == whole


def test_what_is_not_public_is_not_found_from_the_next_question_on(akims, get):
    Claim.objects.filter(ref="C0002").update(state="draft")
    assert names(get("search/?q=cited")) == []
    Source.objects.filter(slug="shut-one").update(show="full")
    assert names(get("search/?q=cited")) == ["shut-one/1", "shut-one/2"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("", "q"), ("q=", "q"), ("q=%20", "q"), ("q=%00", "q"), ("q=" + "a" * 501, "q"), ("q=a&q=b", "q"),
        ("q=a&kind=rumour", "kind"), ("q=a&kind__in=claim,,", "kind__in"), ("q=a&source=nowhere", "source"),
        ("q=a&count=yes", "count"), ("q=a&page_size=501", "page_size"), ("q=a&cursor=x", "cursor"),
        ("q=a&sort=date", "sort"), ("q=%22", "q"), ("q=-akims", "q"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_by_name(akims, client, query, parameter):
    response = client.get(f"/api/v1/search/?{query}")
    assert response.status_code == 400
    assert f'"{parameter}"' in response.text


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_answered(akims, client, typed):
    for more in ("", "&count=true&facets=true", "&source=open-one"):
        response = client.get(f"/api/v1/search/?q={quote(typed)}{more}")
        assert response.status_code in (200, 400), typed


def test_half_a_letter_is_answered(akims, client):
    assert client.get("/api/v1/search/?q=%ED%A0%80%FF").status_code in (200, 400)


def test_answers_keep_to_the_schema(akims, get):
    described = get("schema/?format=json")
    components = strict(described["components"])
    schema = described["paths"]["/api/v1/search/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = Draft202012Validator({**strict(schema), "components": components})
    for query in ("akims", "one", "Tokayev", "nothing-at-all"):
        whole.validate(get(f"search/?{urlencode({'q': query, 'count': 'true', 'facets': 'true'})}"))


def test_a_page_costs_the_same_for_2_hits_and_20(db, count_queries):
    make_world(2, each=1)
    few = count_queries("/api/v1/search/?q=statement&page_size=2")
    make_world(18)
    assert count_queries("/api/v1/search/?q=statement&page_size=20") == few <= 5
