"""Which form an Accept header gets."""

import pytest

from tests.api.conftest import API
from tests.factories import make_claim, make_source

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ANNOTATION = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
JSON, BIBTEX, TEXT = "application/json", "application/x-bibtex; charset=utf-8", "text/plain; charset=utf-8"


@pytest.fixture
def claim(db):
    return make_claim(make_source("It was so.", "report").paragraphs.get())


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("*/*", JSON),
        ("", JSON),
        (BROWSER, JSON),
        ("application/*", JSON),
        ("application/json; charset=utf-8; indent=4", JSON),
        ("application/x-bibtex, application/json;q=0.5", BIBTEX),
        ("application/json;q=0.5, application/x-bibtex", BIBTEX),
        ("application/x-bibtex;q=0.2, */*;q=0.1", BIBTEX),
        ("*/*, application/json;q=0, application/ld+json;q=0", TEXT),
        ("text/*", TEXT),
        ("Text/Plain", TEXT),
        ("application/ld+json", "application/ld+json"),
        (ANNOTATION, ANNOTATION),
        ("application/ld+json; profile=http://www.w3.org/ns/anno.jsonld", ANNOTATION),
        (f"application/ld+json;q=0.9, {ANNOTATION};q=0.3", "application/ld+json"),
        ("application/vnd.citationstyles.csl+json", "application/vnd.citationstyles.csl+json"),
        ("application/x-research-info-systems", "application/x-research-info-systems; charset=utf-8"),
    ],
)
def test_the_form_that_is_wanted_most_is_given_and_of_equals_json(claim, client, accept, answered):
    response = client.get(f"{API}claims/C0001/", headers={"accept": accept})
    assert (response.status_code, response["Content-Type"]) == (200, answered)
    assert "Accept" in response["Vary"].split(", ")


@pytest.mark.parametrize(
    "accept",
    [
        "application/xml",
        "application/json;q=0",
        "nonsense",
        ";;;q=",
        "a;q*=bogus'x'y",
        "application/json;q=nan",
        "x" * 20_000,
        "text/html;" + "a=b;" * 5_000,
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(claim, client, accept):
    response = client.get(f"{API}laws/", headers={"accept": accept})
    assert response.status_code == 406
    assert "application/x-ndjson, application/ld+json." in response.content.decode()


def test_annotations_are_not_given_for_another_profile(claim, client):
    accept = 'application/ld+json;profile="http://example.org/other"'
    assert client.get(f"{API}citations/", headers={"accept": accept}).status_code == 406


def test_the_form_in_the_address_comes_before_the_header(claim, client):
    response = client.get(f"{API}claims/C0001/?format=bibtex", headers={"accept": "application/xml"})
    assert response["Content-Type"] == BIBTEX


@pytest.mark.parametrize(("path", "status"), [("claims/C0099/", 404), ("claims/C0001/?sauce=x", 400)])
def test_a_refusal_is_in_json_whatever_was_asked_for(claim, client, path, status):
    response = client.get(API + path, headers={"accept": "application/x-bibtex"})
    assert response.status_code == status
    assert response["Content-Type"].endswith("json")
    assert response.json()
