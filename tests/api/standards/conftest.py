"""Answers in other forms, and what CSL-JSON looks like."""

import pytest
from jsonschema import Draft202012Validator

from tests.api.conftest import API
from tests.factories import cite, make_claim, make_source

# What of https://github.com/citation-style-language/schema (csl-data.json) is used here, and nothing else.
PARTS = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
DATE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": PARTS},
        "circa": {"const": True},
        "literal": {"type": "string", "minLength": 1},
    },
    "oneOf": [{"required": ["date-parts"]}, {"required": ["literal"]}],
}
WORDS = {"type": "string", "minLength": 1}
NAME = {"type": "object", "additionalProperties": False, "required": ["literal"], "properties": {"literal": WORDS}}
ITEM = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "type", "title", "URL"],
    "properties": dict.fromkeys(["id", "title", "container-title", "number", "publisher", "language", "note"], WORDS)
    | {
        "type": {"enum": ["webpage", "document"]},
        "author": {"type": "array", "minItems": 1, "items": NAME},
        "issued": DATE,
        "URL": {"type": "string", "pattern": "^http://testserver/"},
    },
}
CSL = Draft202012Validator({"type": "array", "items": ITEM})


@pytest.fixture
def ask(client):
    """Give the text of a GET below /api/v1/."""

    def get(path):
        response = client.get(API + path)
        assert response.status_code == 200, (path, response.content[:300])
        return response.content.decode()

    return get


@pytest.fixture
def csl(client):
    """Give the items of an answer in CSL-JSON."""

    def get(path):
        items = client.get(API + path).json()
        CSL.validate(items)
        return items

    return get


@pytest.fixture
def claim(db):
    """C0001 on two paragraphs of a report and one of a note that denies it."""
    report = make_source("One.\nTwo.\n", "report", name="The report")
    note = make_source("No.\n", "note", name="A note")
    first, second = report.paragraphs.all()
    claim = make_claim(first, text="It was so.")
    cite(claim, second, "Two", stance="context")
    cite(claim, note.paragraphs.get(), "No", stance="disputes")
    return claim
