"""People and bodies: found by any spelling, and one with what it says, does, and what is said of it."""

import re

import pytest

from reforms.models import Actor, ActorAlias, Claim, ClaimActor
from tests.factories import make_claim

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
    assert "The President · Head of State" in text
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
