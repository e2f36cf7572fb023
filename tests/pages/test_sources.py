"""The list of sources: what is stated of each, and how it is narrowed."""

import re

import pytest

from tests.factories import make_source

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["early", "late", "undated"]),
        ("type=press", ["late"]),
        ("publisher=Kazinform", ["early", "late"]),
        ("language=Kazakh&publisher=Kazinform", ["early"]),
        ("q=second", ["late"]),
        ("q=kazinform+press", []),
    ],
)
def test_sources_are_narrowed_by_what_is_stated_of_them_and_stand_by_date(db, read, query, slugs):
    make_source("Undated.", "undated")
    make_source("Late.", "late", published="2021", publisher="Kazinform", type="press", title="A second look")
    make_source("Early.", "early", published="2020", publisher="Kazinform", language="Kazakh")
    page = read(f"/sources/?{query}")
    assert re.findall(r'<h2><a href="/sources/([^"]+)/"', page) == slugs
    assert ("No source matches this choice." in page) == (not slugs)


@pytest.mark.parametrize("query", ["type=rumour", "publisher=nobody", "language=%00"])
def test_a_choice_of_sources_that_there_is_not_is_refused_in_words(world, read, query):
    assert f"There is no {query.partition('=')[0]} called" in read(f"/sources/?{query}", status=400)


def test_a_source_in_the_list_says_what_is_not_stated_of_it_and_how_much_is_cited(world, read):
    card = read("/sources/").partition('href="/sources/note/">')[2].partition("</article>")[0]
    text = " ".join(re.sub("<[^>]+>", " ", card).split())
    assert "author not stated publisher not stated date not stated type not stated 1 paragraph 1 cited" in text
