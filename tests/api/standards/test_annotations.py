"""Citations as Web Annotations: true to the W3C model, and each leads back to its words."""

import pytest
from jsonschema import Draft202012Validator

from reforms.models import RetiredSlug
from sources.models import Source
from tests.api.conftest import API, HOST
from tests.factories import cite, make_claim, make_source

pytestmark = pytest.mark.django_db

# Of https://www.w3.org/TR/annotation-model/ what is used here, and nothing else.
PROFILED = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
IRI = {"type": "string", "pattern": "^http://testserver/"}
CONTEXT = {"const": "http://www.w3.org/ns/anno.jsonld"}


def thing(type_, required, **optional):
    """The schema of an object with this type and no other properties."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["type", *required],
        "properties": {"type": {"const": type_}, **required, **optional},
    }


WORDS = {"type": "string", "minLength": 1}
TEXTUAL = thing(
    "TextualBody",
    {"value": WORDS, "purpose": {"enum": ["describing", "tagging", "commenting"]}},
    format={"const": "text/plain"},
)
LINK = thing("SpecificResource", {"source": IRI, "purpose": {"const": "linking"}})
QUOTE = thing("TextQuoteSelector", {"exact": WORDS}, prefix=WORDS, suffix=WORDS)
OFFSET = {"type": "integer", "minimum": 0}
POSITION = thing("TextPositionSelector", {"start": OFFSET, "end": OFFSET})
TARGET = thing(
    "SpecificResource",
    {
        "source": thing("Text", {"id": IRI, "format": {"const": "text/plain"}}),
        "scope": IRI,
        "selector": {"type": "array", "prefixItems": [QUOTE, POSITION], "items": False, "minItems": 2},
    },
)
BODY = {"type": "array", "items": {"oneOf": [TEXTUAL, LINK]}, "minItems": 4}
PARTS = {"id": IRI, "motivation": {"const": "linking"}, "body": BODY, "target": TARGET}
ITEMS = {"type": "array", "items": thing("Annotation", PARTS)}
ANNOTATION = thing("Annotation", {"@context": CONTEXT, **PARTS})
PAGE = thing(
    "AnnotationPage",
    {"@context": CONTEXT, "id": IRI, "partOf": thing("AnnotationCollection", {"id": IRI}), "items": ITEMS},
    next=IRI,
    prev=IRI,
)
FIRST = thing("AnnotationPage", {"id": IRI, "partOf": IRI, "startIndex": {"const": 0}, "items": ITEMS})
COLLECTION = thing(
    "AnnotationCollection",
    {"@context": CONTEXT, "id": IRI, "label": WORDS, "total": OFFSET, "first": FIRST, "last": IRI},
)
# The same words at both ends and again between; a letter of two code units before them; a no-break space; a blank end.
LINE = "Law \U0001d49c is law, the law 😀 of\u00a0law; law"
QUOTES = [
    ("Law \U0001d49c", "", ""),
    ("law", "is ", ""),
    ("law", "the ", ""),
    ("😀", "", ""),
    ("law", "\u00a0", ""),
    ("law", "; ", ""),
    (LINE, "", ""),
]


@pytest.fixture
def ask(client):
    """Give the answer below /api/v1/ as an annotation, kept to a schema."""

    def get(path, schema):
        response = client.get(API + path, headers={"accept": PROFILED})
        assert response.status_code == 200, (path, response.content[:300])
        found = response.json()
        Draft202012Validator(schema).validate(found)
        return found

    return get


@pytest.fixture
def claim(db):
    source = make_source(f"😀 Law before.\r\n\n  {LINE} \nlaw", "report", name="The report")
    second = source.paragraphs.get(number=2)
    claim = make_claim(source.paragraphs.get(number=3), "law", text="There is a law.")
    for quote, prefix, suffix in QUOTES:
        cite(claim, second, quote, prefix=prefix, suffix=suffix)
    return claim


def test_a_citation_is_an_annotation_of_the_words_with_the_claim(claim, ask):
    source = make_source("They deny that it is.", "note")
    cite(claim, source.paragraphs.get(), "deny", stance="disputes", strength="implies", note="Read so.")
    assert ask("citations/C0001.9/", ANNOTATION) == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{HOST}/api/v1/citations/C0001.9/",
        "type": "Annotation",
        "motivation": "linking",
        "body": [
            {"type": "TextualBody", "value": "There is a law.", "format": "text/plain", "purpose": "describing"},
            {"type": "SpecificResource", "source": f"{HOST}/claims/C0001/", "purpose": "linking"},
            {"type": "TextualBody", "value": "disputes", "purpose": "tagging"},
            {"type": "TextualBody", "value": "implies", "purpose": "tagging"},
            {"type": "TextualBody", "value": "Read so.", "format": "text/plain", "purpose": "commenting"},
        ],
        "target": {
            "type": "SpecificResource",
            "source": {
                "id": f"{HOST}/api/v1/paragraphs/note/1/?format=text",
                "type": "Text",
                "format": "text/plain",
            },
            "scope": f"{HOST}/sources/note/?claim=C0001#p1",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "deny", "prefix": "They ", "suffix": " that it is."},
                {"type": "TextPositionSelector", "start": 5, "end": 9},
            ],
        },
    }


def test_both_selectors_find_the_quote_of_every_citation_in_the_text_that_the_target_names(claim, ask, client):
    annotations = ask("citations/", PAGE)["items"]
    whole = Source.objects.get(slug="report").text
    found = []
    for one, citation in zip(annotations, claim.citations.order_by("number"), strict=True):
        target = client.get(one["target"]["source"]["id"].removeprefix(HOST))
        assert target["Content-Type"] == "text/plain; charset=utf-8"
        text, (quote, position) = target.content.decode(), one["target"]["selector"]
        around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
        assert text.count(around) == 1
        start = text.index(around) + len(quote.get("prefix", ""))
        assert (start, start + len(quote["exact"])) == (position["start"], position["end"])
        assert text[position["start"] : position["end"]] == quote["exact"] == citation.quote
        begin = citation.paragraph.start + position["start"]
        assert whole[begin : begin + len(citation.quote)] == citation.quote
        found.append(quote["exact"])
    assert found == ["law", *(quote for quote, _prefix, _suffix in QUOTES)]


def test_a_claim_is_the_collection_of_its_citations_which_the_list_gives_too(claim, ask):
    found = ask("claims/C0001/", COLLECTION)
    assert (found["total"], found["label"]) == (8, "There is a law.")
    first = ask(found["first"]["id"].removeprefix(HOST + API), PAGE)
    assert (first["id"], first["items"]) == (found["first"]["id"], found["first"]["items"])
    assert found["last"] == found["first"]["id"]
    assert ask("claims/", PAGE)["items"] == first["items"]


def test_pages_of_annotations_lead_on_and_back(claim, ask):
    first = ask("citations/?page_size=5&stance=supports", PAGE)
    second = ask(first["next"].removeprefix(HOST + API), PAGE)
    assert [len(page["items"]) for page in (first, second)] == [5, 3]
    assert ("next" in second, "prev" in first) == (False, False)
    assert ask(second["prev"].removeprefix(HOST + API), PAGE)["items"] == first["items"]
    assert first["partOf"] == second["partOf"]
    assert ask("citations/?stance=disputes", PAGE)["items"] == []


def test_a_text_that_may_not_be_shown_is_not_given_and_no_words_of_it_stand_around_a_quote(db, ask, client):
    source = make_source("Secret before.\nCited words.\nSecret after.", "report", show="cited")
    make_claim(source.paragraphs.get(number=2), "words")
    assert client.get(f"{API}paragraphs/report/2/?format=text").content == b"Cited words."
    refused = client.get(f"{API}paragraphs/report/1/?format=text")
    assert refused.status_code == 404
    assert "may not be shown" in refused.content.decode()
    assert "Secret" not in str(ask("citations/C0001.1/", ANNOTATION)) + refused.content.decode()


def test_the_text_of_a_paragraph_follows_its_source_to_a_new_name(claim, client):
    RetiredSlug.objects.create(kind="source", slug="an-old-name", now="report")
    response = client.get(f"{API}paragraphs/an-old-name/3/?format=text", follow=True)
    assert response.redirect_chain == [("/api/v1/paragraphs/report/3/?format=text", 301)]
    assert response.content == b"law"
