"""What readers see of editions: one document, however often it was printed, and where its words stand in each."""

import re
from html import unescape

import pytest

from reforms.editions import carry_over
from reforms.models import Citation
from tests.factories import cite, make_claim, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(db):
    """Stands on ¶1 of two editions, and on words of the first that the second lacks."""
    first = make_source("The law was adopted.\nIt is in force.", "first-edition")
    claim = make_claim(first.paragraphs.get(number=1))
    cite(claim, first.paragraphs.get(number=2), "It is in force.")
    make_source("It rains.", "another")
    carry_over(make_source("Well.\nThe law was adopted. So it is.", "second-edition", supersedes=first))
    return claim


def words(client, address):
    shown = client.get(address).content.decode()
    return " ".join(unescape(re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", shown, flags=re.DOTALL)).split())


def test_a_claim_on_two_editions_is_supported_by_one_source_of_as_many_as_there_are_documents(client, claim):
    shown = words(client, claim.get_absolute_url())
    assert "Supported by 1 of 2 sources: Second edition (also in its earlier edition First edition )" in shown
    assert "Supported by 1 of 2 sources" in words(client, "/claims/")


def test_the_page_of_a_claim_leads_from_the_words_of_one_edition_to_those_of_the_other(client, claim):
    shown = client.get(claim.get_absolute_url()).content.decode()
    assert 'also in the newer edition: <a href="#c3">Second edition ¶2</a>' in shown
    assert 'in the earlier edition: <a href="#c1">First edition ¶1</a>' in shown
    assert shown.count("newer edition") == 1  # of C0001.2 nothing is known yet
    Citation.objects.filter(number=2).update(not_carried="It was <struck> out.")
    shown = client.get(claim.get_absolute_url()).content.decode()
    assert "not in the newer edition: It was &lt;struck&gt; out." in shown


def test_the_reader_of_an_older_edition_names_the_newer_one_and_where_the_words_stand_there(client, claim):
    address = "/sources/first-edition/"
    shown = client.get(address).content.decode()
    assert 'There is a newer edition of this text: <a href="/sources/second-edition/">Second edition</a>' in shown
    assert '<a href="/sources/second-edition/?claim=C0001#p2">newer edition ¶2</a>' in shown
    assert shown.count("not found in the newer edition yet") == 1
    Citation.objects.filter(number=2).update(not_carried="It was struck out.")
    shown = words(client, address)
    assert "not in the newer edition: It was struck out." in shown
    assert "not found in the newer edition yet" not in shown


def test_the_reader_of_a_newer_edition_names_the_older_one(client, claim):
    shown = client.get("/sources/second-edition/").content.decode()
    assert 'It takes the place of an earlier edition: <a href="/sources/first-edition/">First edition</a>.' in shown
    assert '<a href="/sources/first-edition/?claim=C0001#p1">earlier edition ¶1</a>' in shown
    assert "newer edition" not in shown


def test_the_reader_of_a_text_without_editions_says_nothing_of_them(client):
    make_claim(make_source("It rains.", "another").paragraphs.get())
    assert "edition" not in words(client, "/sources/another/")


def test_a_chain_of_editions_is_one_source(client, claim):
    second = claim.citations.get(number=3).paragraph.source
    carry_over(make_source("The law was adopted. Yes.", "third-edition", supersedes=second))
    shown = words(client, claim.get_absolute_url())
    assert (
        "Supported by 1 of 2 sources: Third edition (also in its earlier edition First edition ) "
        "(also in its earlier edition Second edition )" in shown
    )
