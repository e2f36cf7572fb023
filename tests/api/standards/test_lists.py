"""What all forms of others share: pages, filters, costs, and what becomes of names."""

import re

import pytest
import rispy
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pybtex.database import parse_string

from tests.api.conftest import API
from tests.factories import cite, make_claim, make_source

pytestmark = pytest.mark.django_db


def test_a_list_comes_in_pages_with_links_in_the_header(db, client):
    source = make_source("One.\nTwo.\nThree.\n", "report")
    for paragraph in source.paragraphs.order_by("number"):
        make_claim(paragraph)
    path, found = f"{API}claims/?format=bibtex&page_size=2", []
    while path:
        response = client.get(path)
        found.append(list(parse_string(response.content.decode(), "bibtex").entries))
        path = dict(reversed(one) for one in re.findall(r'<([^>]+)>; rel="(\w+)"', response.get("Link", ""))).get(
            "next"
        )
    assert found == [["C0001", "C0002"], ["C0003"]]
    assert 'rel="prev"' in response["Link"]
    assert response["Content-Disposition"] == 'inline; filename="claims.bib"'


def test_lists_are_read_whole_by_their_readers_and_take_filters(claim, ask, csl):
    make_claim(make_source("Else.", "else").paragraphs.get(), text="Else.")
    assert [one["id"] for one in rispy.loads(ask("claims/?format=ris"))] == ["C0001", "C0002"]
    assert [one["id"] for one in csl("sources/?format=csl")] == ["else", "note", "report"]
    assert [one["id"] for one in csl("claims/?format=csl&source=else")] == ["C0002"]
    assert ask("sources/?format=text").splitlines()[0].startswith("“Else”.")
    assert (ask("laws/?format=jsonld"), ask("claims/?format=bibtex&source=else").count("@misc{")) == (
        '{"@context":"https://schema.org","@graph":[]}',
        1,
    )


@pytest.mark.parametrize("form", ["text", "bibtex", "ris", "csl", "jsonld", "annotation"])
def test_a_list_costs_the_same_for_1_row_and_3(db, client, form):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{API}claims/?format={form}").status_code == 200
        return len(asked)

    texts = ["One, two.", "Three, four.", "Five, six."]
    first, *others = (make_source(text, f"s-{'abc'[at]}") for at, text in enumerate(texts))
    cite(make_claim(first.paragraphs.get(), "One"), first.paragraphs.get(), "two")
    few = cost()
    for source, (one, two) in zip(others, [("Three", "four"), ("Five", "six")], strict=True):
        cite(make_claim(source.paragraphs.get(), one), first.paragraphs.get(), "One")
        cite(make_claim(source.paragraphs.get(), one), source.paragraphs.get(), two)
    assert cost() == few


@pytest.mark.parametrize("form", ["text", "bibtex", "ris", "csl", "jsonld", "annotation"])
def test_former_names_lead_on_in_the_same_form_and_retracted_ones_are_gone(claim, client, form):
    type(claim).objects.create(ref="C0009", text="The same.", kind="done", state="merged", merged_into=claim)
    moved = client.get(f"{API}claims/C0009/?format={form}")
    assert (moved.status_code, moved["Location"]) == (301, f"/api/v1/claims/C0001/?format={form}")
    type(claim).objects.filter(ref="C0001").update(state="retracted", retraction_reason="Misread.")
    gone = client.get(f"{API}claims/C0001/?format={form}")
    assert (gone.status_code, "Misread." in gone.content.decode()) == (410, True)
    assert gone["Content-Type"].endswith("json")


def test_a_form_that_a_resource_does_not_have_is_refused(claim, client):
    for path in ("topics/?format=ris", "citations/C0001.1/?format=bibtex", "paragraphs/?format=text"):
        response = client.get(API + path)
        assert (response.status_code, "no such form here" in response.content.decode()) == (400, True), path
    response = client.get(f"{API}topics/", headers={"accept": "application/x-bibtex"})
    assert (response.status_code, "Possible: application/json" in response.content.decode()) == (406, True)
