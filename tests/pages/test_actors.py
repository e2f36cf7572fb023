"""People and bodies: found by any spelling, and one with what it says, does, and what is said of it."""

import re

import pytest

from reforms.models import Actor, ActorAlias, Claim, ClaimActor
from tests.factories import make_claim, word

pytestmark = pytest.mark.django_db

ACTOR = "/actors/president/"


def names(text):
    return re.findall(r'<a class="name" href="/actors/([a-z-]+)/">', text)


@pytest.fixture
def several(world):
    """A party that does one thing, a draft that names a body, and the President in three parts."""
    for claim, part, office in ((world.adopted, "does", ""), (world.fewer, "concerns", "Head of State")):
        ClaimActor.objects.create(claim=claim, actor=world.actor, part=part, office=office)
    party = Actor.objects.create(slug="party", name="A party", kind="party")
    ClaimActor.objects.create(claim=world.halved, actor=party, part="does")
    hidden = Actor.objects.create(slug="hidden", name="Hidden body", kind="body")
    make_claim(text="A draft.", actors=[hidden, world.actor])
    return world


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ["party", "president"]),
        ("?kind=party", ["party"]),
        ("?part=says", ["president"]),
        ("?part=does", ["party", "president"]),
        ("?source=note", ["party"]),
        ("?q=head+state", ["president"]),
        ("?q=PARTY", ["party"]),
        ("?q=nobody", []),
    ],
)
def test_actors_are_narrowed_by_kind_part_source_and_any_spelling(several, read, query, left):
    assert names(read(f"/actors/{query}")) == left


def test_an_actor_stands_once_in_the_list_with_its_spellings_and_the_number_of_its_claims(several, read):
    ActorAlias.objects.create(actor=several.actor, name="Head of the State")
    ClaimActor.objects.create(claim=several.adopted, actor=several.actor, part="says")
    text = read("/actors/?q=head")
    assert names(text) == ["president"]
    row = re.sub(r"\s+", " ", re.search(r'<ul class="subject-rows.*?</ul>', text, re.DOTALL).group())
    assert "Head of State · Head of the State" in row
    assert "3 claims" in row


def test_an_actor_tells_spellings_offices_as_printed_and_claims_by_part(several, read):
    text = read(ACTOR)
    assert '<dd class="printed">Head of State</dd>' in text
    offices = text.partition('<ul class="offices">')[2].partition("</dl>")[0]
    assert re.findall(r'<span class="printed">([^<]+)</span>', offices) == ["Head of State", "Minister"]
    assert 'href="?office=Head+of+State"' in offices
    assert 'href="/sources/report/?claim=C0001#p2"' in offices
    parts = re.split(r"<h2>(What [^<]+)</h2>", text)
    told = {heading: re.findall(r'<p class="said"><a href="/claims/(C\d+)/">', body.partition("</section>")[0])
            for heading, body in zip(parts[1::2], parts[2::2], strict=True)}  # fmt: skip
    said = {heading: sorted(set(refs)) for heading, refs in told.items()}
    assert said == {"What they said": ["C0001"], "What they did": ["C0002"], "What is said about them": ["C0004"]}
    assert "A draft." not in text
    assert '<a href="/reforms/election-of-akims/">Election of akims</a>' in text


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("?part=does", ["C0002"]),
        ("?kind=figure", ["C0004"]),
        ("?office=Minister", ["C0001"]),
        ("?q=members", ["C0004"]),
        ("?source=report&kind=adopted", ["C0001", "C0002"]),
    ],
)
def test_the_claims_of_an_actor_are_narrowed(several, read, query, refs):
    text = read(f"{ACTOR}{query}").partition('<div class="narrowed">')[2]
    assert re.findall(r'<article class="claim">\s*<p class="said"><a href="/claims/(C\d+)/">', text) == refs


def test_an_actor_named_in_no_public_claim_is_not_found(several, read):
    read("/actors/hidden/", status=404)
    Claim.objects.filter(pk=several.halved.pk).update(state="in_review")
    read("/actors/party/", status=404)
    assert names(read("/actors/")) == ["president"]


def test_an_actor_with_nothing_beside_a_claim_says_so(several, read):
    text = read("/actors/party/")
    assert "<h2>What they did</h2>" in text
    assert text.count("not stated in the sources") == 2


def test_a_long_list_of_actors_has_letters_that_lead_to_the_page_where_they_begin(world, read):
    claim = world.halved
    for first, slug, many in (("A", "a", 60), ("b", "b", 41), ("Ә", "c", 2)):
        for number in range(many):
            actor = Actor.objects.create(slug=f"{slug}-{word(number)}", name=f"{first} {number:02}", kind="body")
            ClaimActor.objects.create(claim=claim, actor=actor, part="does")
    text = read("/actors/?kind=body&page=2")
    letters = re.search(r'<nav class="letters".*?</nav>', text, re.DOTALL).group()
    assert re.findall(r'href="([^"]+)">(.)</a>', letters) == [
        ("?kind=body&amp;page=1#from-A", "A"),
        ("?kind=body&amp;page=1#from-B", "B"),
        ("?kind=body&amp;page=2#from-%D3%98", "Ә"),
    ]
    assert 'id="from-Ә"' in text
    assert 'class="letters"' not in read("/actors/?kind=person")
