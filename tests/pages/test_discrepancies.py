"""Where sources differ: the list, narrowed and ordered, and one with its words side by side."""

import re

import pytest

from reforms.models import Claim, Discrepancy
from tests.factories import make_claim, make_discrepancy, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def others(world):
    """Beside D0001 between two sources, a misprint D0002 within a third and a date D0003 within the report."""
    garbled = make_claim(make_source("Words.", "other").paragraphs.get())
    make_discrepancy(garbled, kind="misprint", state="explained", title="Garbled")
    make_discrepancy(world.told, world.adopted, kind="date_anomaly", title="Dates in another order")


def refs(text):
    return re.findall(r'<article class="dispute" id="(\w+)"', text)


def plain(text):
    return " ".join(re.sub("<[^>]+>", " ", text).split())


def test_both_sides_stand_under_the_names_of_their_sources_with_their_words(world, read):
    text = read("/discrepancies/")
    sides = re.search(r'<ul class="sides">(.*?)</ul>', text, re.DOTALL).group(1)
    assert re.findall(r'<p class="column"><b>([^<]+)</b></p>', sides) == ["The report", "The note"]
    assert re.findall(r"<mark>([^<]+)</mark>", sides) == ["from 40,000 to 20,000", "fell by half"]
    assert "Contradiction" in text
    assert "They do not fit." in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["D0001", "D0003", "D0002"]),
        ("sort=ref", ["D0001", "D0002", "D0003"]),
        ("sort=last", ["D0003", "D0002", "D0001"]),
        ("kind=misprint", ["D0002"]),
        ("kind=misprint&kind=date_anomaly", ["D0003", "D0002"]),
        ("state=explained", ["D0002"]),
        ("source=report", ["D0001", "D0003"]),
        ("source=other&kind=misprint", ["D0002"]),
        ("source=report&kind=misprint", []),
        ("span=between", ["D0001"]),
        ("span=within", ["D0003", "D0002"]),
        ("span=within&source=report", ["D0003"]),
        ("q=garbled", ["D0002"]),
        ("q=d0003", ["D0003"]),
    ],
)
def test_discrepancies_are_narrowed_and_ordered(others, read, query, found):
    assert refs(read(f"/discrepancies/?{query}")) == found


def test_the_order_by_weight_is_said_in_words(world, read):
    order = "contradiction, date anomaly, different scope, numbering, missing reference, misprint"
    assert f"the weightier kinds first: {order}" in plain(read("/discrepancies/"))
    assert "the weightier kinds first:" not in read("/discrepancies/?sort=ref")


def test_every_kind_has_its_weight():
    assert sorted(Discrepancy.BY_WEIGHT) == sorted(Discrepancy.Kind)


@pytest.mark.parametrize("path", ["/discrepancies/", "/discrepancies/D0001/"])
def test_the_reforms_that_it_touches_are_named_once(world, read, path):
    assert read(path).count('<a href="/reforms/election-of-akims/#differ">Election of akims</a>') == 1


def test_a_discrepancy_has_a_page_of_its_own_that_says_what_its_words_mean(world, read):
    text = plain(read("/discrepancies/D0001/"))
    for words in (
        "By how much members fell",
        "from 40,000 to 20,000",
        "fell by half",
        "Contradiction Two claims cannot both be right as they are worded.",
        "Open The sources do not settle it.",
        "Members of a party : 40,000 → 20,000 people C0004",
        "Cite as D0001 : the reference and this address never change.",
        "http://testserver/discrepancies/D0001/",
    ):
        assert words in text, words
    assert 'href="/api/v1/discrepancies/D0001/"' in read("/discrepancies/D0001/")


def test_a_claim_that_resolves_one_is_named_while_it_is_public(world, read):
    Discrepancy.objects.filter(ref="D0001").update(state="resolved", resolved_by=world.told)
    for path in ("/discrepancies/", "/discrepancies/D0001/", "/reforms/election-of-akims/"):
        assert "Resolved by C0001 The election was announced." in plain(read(path)), path
    Claim.objects.filter(pk=world.told.pk).update(state="draft")
    for path in ("/discrepancies/", "/discrepancies/D0001/", "/reforms/election-of-akims/"):
        assert "The election was announced." not in read(path), path


def test_a_discrepancy_with_an_unpublished_side_is_not_found(world, read):
    Claim.objects.filter(pk=world.halved.pk).update(state="draft")
    read("/discrepancies/D0001/", status=404)
    assert refs(read("/discrepancies/")) == []
