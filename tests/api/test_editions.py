"""What the API says of a newer edition: from each citation to the one that took its place, and back."""

import pytest

from reforms.models import Citation, Claim
from tests.api.conftest import API
from tests.factories import cite, make_claim, make_source


@pytest.fixture
def editions(db):
    """C0001 cites two places of one edition; C0001.3, of the newer one, stands in the place of C0001.1."""
    first = make_source("It is so.\nIt was so.", slug="first")
    second = make_source("It is so.", slug="second", supersedes=first)
    claim = make_claim(first.paragraphs.get(number=1))
    cite(claim, first.paragraphs.get(number=2), "It was so.", not_carried="It is gone there.")
    cite(claim, second.paragraphs.get(), "It is so.", carries=claim.citations.get(number=1))


def told(rows):
    return {row["ref"]: (row["carries"], row["carried_by"], row["not_carried"]) for row in rows}


TOLD = {
    "C0001.1": (None, "C0001.3", ""),
    "C0001.2": (None, None, "It is gone there."),
    "C0001.3": ("C0001.1", None, ""),
}


def test_a_citation_names_the_one_in_whose_place_it_stands_and_the_one_in_its_own(editions, get):
    assert told(get("citations/")["results"]) == TOLD
    assert told(get(f"citations/{ref}/") for ref in TOLD) == TOLD
    assert told(get("citations/?fields=ref,carries,carried_by,not_carried")["results"]) == TOLD
    assert told(get("claims/?expand=citations")["results"][0]["citations"]) == TOLD


def test_a_table_has_the_number_of_what_is_carried_and_nothing_where_nothing_is(editions, client):
    table = client.get(f"{API}citations/?format=csv").getvalue().decode().splitlines()
    heads, *rows = (line.split(",") for line in table)
    assert [row[heads.index("carries")] for row in rows] == ["", "", "C0001.1"]
    assert [row[heads.index("carried_by")] for row in rows] == ["C0001.3", "", ""]


def test_what_nobody_looked_at_yet_can_be_asked_for(editions, get):
    Citation.objects.filter(number=2).update(not_carried="")
    query = "citations/?source=first&carried_by__isnull=true&not_carried__isnull=true"
    assert [row["ref"] for row in get(query)["results"]] == ["C0001.2"]


def test_citations_cost_the_same_however_many_are_carried(editions, count_queries):
    first = count_queries(f"{API}citations/")
    claim = Claim.objects.get()
    paragraph, before = make_source("Words and words. " * 3, slug="third").paragraphs.get(), None
    for end in range(5, 12):
        text = paragraph.text[:end]
        before = Citation(claim=claim, paragraph=paragraph, start=0, end=end, quote=text, carries=before)
        before.take_number()
        before.save()
    assert count_queries(f"{API}citations/") == first


def test_what_was_received_is_told(db, get):
    make_source("A.", format="docx")
    assert get("sources/a-source/")["received_as"] == "docx"
    get("sources/?received_as=odt", 400)
