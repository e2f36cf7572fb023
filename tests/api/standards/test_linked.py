"""JSON-LD: the same things as on the pages, in a form of their own."""

import json
import re

import pytest

from tests.api.conftest import API
from tests.factories import make_claim, make_each, make_source

pytestmark = pytest.mark.django_db


def of_page(client, path):
    """The things that a page holds for machines, but for the way to it."""
    page = client.get(path).content.decode()
    (held,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return [one for one in json.loads(held)["@graph"] if one["@type"] != "BreadcrumbList"]


@pytest.mark.parametrize(
    ("api", "page", "kind"),
    [("claims/C0001/", "/claims/C0001/", "Claim"), ("laws/a-law/", "/laws/a-law/", "Legislation")],
)
def test_a_claim_and_a_law_are_the_things_that_their_pages_hold(db, client, api, page, kind):
    make_each()
    response = client.get(f"{API}{api}?format=jsonld")
    assert response["Content-Type"] == "application/ld+json"
    found = response.json()
    assert (found.pop("@context"), found["@type"]) == ("https://schema.org", kind)
    assert [found] == of_page(client, page)


def test_a_source_is_a_creative_work(db, client):
    make_source("Text.", "report", title="A report", published="2020-05-25")
    assert client.get(f"{API}sources/report/?format=jsonld").json() == {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": "http://testserver/sources/report/",
        "url": "http://testserver/sources/report/",
        "name": "A report",
        "datePublished": "2020-05-25",
    }


def test_a_list_is_a_graph(db, client):
    source = make_source("One.\nTwo.", "report")
    for paragraph in source.paragraphs.all():
        make_claim(paragraph)
    response = client.get(f"{API}claims/?format=jsonld&page_size=1")
    assert [one["identifier"] for one in response.json()["@graph"]] == ["C0001"]
    assert 'rel="next"' in response["Link"]
