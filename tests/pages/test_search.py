"""The search page: the box, what was found, where it leads, how it is narrowed, and what is said where nothing is."""

import re

import pytest

from reforms.models import Actor, ActorAlias, Claim
from sources.models import Source
from tests.factories import make_claim, make_each, make_source

EMPTY = "/search/"


def hits(text):
    """Each found record of a page: its kind, and where it leads."""
    items = re.findall(r'<li class="hit (\w+)">(.*?)</li>', text, re.DOTALL)
    return [(kind, link[1] if (link := re.search(r'href="([^"]+)"', item)) else "") for kind, item in items]


def marks(text):
    return re.findall(r"<mark>(.*?)</mark>", text)


def facets(text):
    """Label to count of the facets that a page offers."""
    nav = re.search(r'<nav class="facets".*?</nav>', text, re.DOTALL)[0]
    return {label: int(count) for label, count in re.findall(r"<a [^>]*>([^<]*)<.*?<small>(\d+)</small>", nav)}


def test_an_empty_box_says_what_can_be_typed(db, read):
    text = read(EMPTY)
    assert "What can be typed" in text
    assert '<a href="/search/?q=%22peaceful%20assemblies%22"><code>&quot;peaceful assemblies&quot;</code></a>' in text
    assert 'role="status"' not in text


def test_what_is_found_is_marked_and_leads_to_where_it_stands(world, read):
    text = read("/search/?q=akims")
    assert hits(text) == [
        ("reform", "/reforms/election-of-akims/"),
        ("law", "/laws/law-on-akims/"),
        ("source", "/sources/report/"),
        ("paragraph", "/sources/report/#p1"),
        ("paragraph", "/sources/report/#p2"),
        ("paragraph", "/sources/report/#p3"),
    ]
    assert marks(text).count("akims") == len(hits(text)) + 1  # in the law's name and in its title as printed
    assert '<a class="cite" href="/sources/report/#p2">The report ¶2</a>' in text
    claim = read("/search/?q=halved+OR+half+fell")
    assert "Nothing found with all of these words." in claim
    assert ("claim", f"/claims/{world.halved.ref}/") in hits(read("/search/?q=%22fell+by+half%22"))


def test_a_found_word_lands_on_its_paragraph(world, read):
    address = dict(hits(read("/search/?q=voters")))["paragraph"]
    page, anchor = address.split("#")
    assert f'id="{anchor}"' in read(page)


def test_every_kind_leads_to_a_page_that_answers(empty, read):
    make_each()
    typed = ("package", "reform", "law", "actor", "event", "members", "D0001", "source", "force")
    leads = {kind: address for words in typed for kind, address in hits(read(f"/search/?q={words}"))}
    assert leads == {
        "package": "/packages/a-package/",
        "reform": "/reforms/a-reform/",
        "law": "/laws/a-law/",
        "actor": "/actors/an-actor/",
        "event": "/events/an-event/",
        "parameter": "/parameters/a-parameter/",
        "discrepancy": "/discrepancies/D0001/",
        "source": "/sources/a-source/",
        "claim": "/claims/C0002/",
        "paragraph": "/sources/a-source/#p3",
    }
    for address in leads.values():
        read(address.split("#")[0])


def test_kinds_and_sources_narrow_and_are_counted(world, read):
    text = read("/search/?q=members")
    assert facets(text) == {
        "Before and after": 1,
        "Discrepancies": 1,
        "Claims": 2,
        "Words of the sources": 2,
        "The note": 2,
        "The report": 2,
    }
    assert [kind for kind, _ in hits(read("/search/?q=members&kind=claim&kind=paragraph"))] == ["claim"] * 2 + [
        "paragraph"
    ] * 2
    narrowed = read("/search/?q=members&source=note")
    assert hits(narrowed) == [("claim", f"/claims/{world.halved.ref}/"), ("paragraph", "/sources/note/#p1")]
    assert facets(narrowed) == {"Claims": 1, "Words of the sources": 1, "The note": 2, "The report": 2}
    assert "Source: <b>The note</b>" in narrowed
    assert '<input type="hidden" name="source" value="note">' in narrowed
    assert "Nothing matches this choice." in read("/search/?q=members&kind=law")


@pytest.mark.parametrize("query", ["kind=rumour", "source=nowhere", "source=%00", "kind=%00", "kind=alias"])
def test_a_choice_that_there_is_not_is_refused(world, read, query):
    assert "There is no" in read(f"/search/?q=akims&{query}", status=400)


def test_a_source_that_waits_is_no_choice(db, read):
    waiting = Source(slug="waiting", name="Waiting")
    waiting.receive(b"Not yet.")
    waiting.save()
    read("/search/?q=yet&source=waiting", status=400)


def test_another_spelling_is_looked_for_and_named(db, read):
    claim = make_claim(make_source("Tokayev said so, and Tokaev too.").paragraphs.get(), text="Tokayev said so.")
    actor = Actor.objects.create(slug="tokayev", name="Tokayev", kind="person")
    ActorAlias.objects.create(actor=actor, name="Tokaev")
    claim.actor_links.create(actor=actor, part="says")
    text = read("/search/?q=tokaev")
    assert "Also looked for: <b>Tokayev</b>." in text
    assert marks(text) == ["Tokayev", "Tokayev", "Tokayev", "Tokaev"]
    assert "Also looked for" not in read("/search/?q=%22tokaev%22")


SUGGESTED = {
    "akims -election": [],
    "akims -voters -law -akims": ["akims"],
    "presidnt": ["president"],
    "Akms voters": ["Akims voters"],
    '"akims elect"': ["akims elect"],
    "akims nowhere": ["akims"],
    "who saw akims": ["akims"],
    "zzzz": [],
}


@pytest.mark.parametrize("typed", SUGGESTED, ids=repr)
def test_where_nothing_is_found_it_says_what_would_find_something(world, client, typed):
    text = client.get("/search/", {"q": typed}).content.decode()
    suggested = re.findall(r"<li><a[^>]*>([^<]*)</a> <small>", text.partition('<ul class="suggested">')[2])
    if typed == "akims -election":
        assert hits(text)
    else:
        assert "Nothing found with all of these words." in text
    assert suggested[:1] == SUGGESTED[typed]


def test_no_word_of_what_is_hidden_is_suggested(db, client):
    source = make_source("Hiddenword stands here.\nCited words.", show="cited")
    make_claim(source.paragraphs.get(number=2), text="A claim.")
    make_claim(text="Hiddenwort in a draft.")
    assert "iddenwor" not in client.get("/search/", {"q": "Hiddenwoxd"}).content.decode().replace("Hiddenwoxd", "")


HOSTILE = [
    '"',
    "*",
    "-x",
    "\x00",
    "a\x00b",
    "🤔",
    "%",
    ";",
    "(",
    "NEAR(a",
    "x" * 10_000,
    "- " * 5000,
    "'; --",
    "\\",
    "\ufffe",
]


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: ascii(typed[:10]))
def test_whatever_is_typed_gets_a_page(world, client, typed):
    response = client.get("/search/", {"q": typed})
    assert response.status_code == 200
    assert 'role="status"' in response.content.decode() or "What can be typed" in response.content.decode()


def test_what_cannot_be_looked_for_is_said_plainly(db, client):
    said = lambda typed: client.get("/search/", {"q": typed}).content.decode()  # noqa: E731
    assert "Only words to leave out were typed." in said("-law")
    assert "There is no word in this" in said("%;*")
    assert "Only the first 500 characters were read." in said("law " * 200)


def test_what_is_typed_and_found_is_escaped(db, client):
    source = make_source("A <script>alert(1)</script> & <b>law</b>.", "hostile", name="<i>Name</i>")
    make_claim(source.paragraphs.get(), text="<script>alert(2)</script>")
    text = client.get("/search/", {"q": '"><script>alert(1)'}).content.decode()
    assert hits(text) == [("paragraph", "/sources/hostile/#p1")]
    assert "<script>alert" not in text
    assert "&lt;<mark>script&gt;alert(1</mark>)&lt;/script&gt; &amp; &lt;b&gt;law&lt;/b&gt;" in text
    assert "<i>Name" not in text


def test_a_long_paragraph_is_shown_around_the_found_word(db, read):
    make_source("before " * 100 + "needle " + "after " * 100, "long")
    words = re.search(r'<p class="words">(.*?)</p>', read("/search/?q=needle"), re.DOTALL)[1]
    assert "before <mark>needle</mark> after" in words
    assert len(words) < 400
    assert words.strip().startswith("… before")
    assert words.strip().endswith("after …")


def test_doubt_about_a_claim_is_shown_where_it_is_found(world, read):
    Claim.objects.filter(pk=world.told.pk).update(taint="The words were changed.")
    assert "The words were changed." in read("/search/?q=announced&kind=claim")


def test_found_records_come_twenty_at_a_time(db, read):
    make_source("\n".join(f"Sentence {number}." for number in range(21)))
    first, second = read("/search/?q=sentence"), read("/search/?q=sentence&page=2")
    assert (len(hits(first)), len(hits(second))) == (20, 1)
    assert "21 found" in first
    assert 'href="?q=sentence&amp;page=2"' in first
    read("/search/?q=sentence&page=3", status=404)
