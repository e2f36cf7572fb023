"""What pages say to machines in the words of schema.org: only what is stated, in words that schema.org has."""

import json
import re

import pytest

from reforms import jsonld
from reforms.models import Actor, ClaimActor, LawDate
from sources.models import Source
from tests.factories import cite, make_claim, make_law, make_source

pytestmark = pytest.mark.django_db

# Kept by hand from https://schema.org: the properties used here that each type has, its parents' included.
THING = {"@type", "@id", "name", "alternateName", "url", "identifier", "description"}
WORK = THING | {"text", "author", "isBasedOn", "inLanguage", "datePublished", "creativeWorkStatus"}
SCHEMA_ORG = {
    "Claim": WORK | {"appearance", "firstAppearance", "claimInterpreter"},
    "CreativeWork": WORK,
    "Legislation": WORK
    | {"legislationType", "legislationIdentifier", "legislationDate", "legislationDateOfApplicability"},
    "Dataset": WORK | {"distribution", "license"},
    "DataDownload": WORK | {"contentUrl", "encodingFormat"},
    "BreadcrumbList": THING | {"itemListElement"},
    "ListItem": THING | {"item", "position"},
    "Person": THING,
    "Organization": THING,
}
HOSTILE = "</script><script>alert('&amp;')</script> ]]> \u2028 “q\""


def address(path):
    return f"https://ledger.example{path}"


def things(value):
    """Every typed thing in `value`, however deep."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from things(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from things(inner)


def data_of(text):
    """What the JSON-LD of a page holds, by type."""
    (held,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    graph = json.loads(held)
    assert graph.keys() == {"@context", "@graph"}
    assert graph["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in graph["@graph"]}


@pytest.fixture
def told():
    """A claim of an allegation on two sources, said by a person about a body."""
    early = make_source("He said so.\n", "early", name="Early", title="What he said", published="2020-05-25")
    late = make_source("It was said again.\n", "late", name="Late", language="en", published="2021-06~")
    said = Actor.objects.create(slug="a-person", name="A. Person", kind="person")
    body = Actor.objects.create(slug="a-body", name="A body", kind="body")
    claim = make_claim(early.paragraphs.get(), "said so", text="He said so.", actors=[said], ref="C0001")
    ClaimActor.objects.create(claim=claim, actor=body, part="concerns")
    cite(claim, late.paragraphs.get(), "said again")
    return claim


def claim_of(claim):
    return jsonld.claim(claim, list(claim.actor_links.order_by("actor__slug")), address)


def test_a_claim_names_its_words_who_says_it_and_the_works_it_stands_in(told):
    early = {
        "@type": "CreativeWork",
        "@id": "https://ledger.example/sources/early/",
        "url": "https://ledger.example/sources/early/",
        "name": "What he said",
        "datePublished": "2020-05-25",
    }
    late = {
        "@type": "CreativeWork",
        "@id": "https://ledger.example/sources/late/",
        "url": "https://ledger.example/sources/late/",
        "name": "Late",
        "inLanguage": "en",
    }
    assert claim_of(told) == {
        "@type": "Claim",
        "@id": "https://ledger.example/claims/C0001/",
        "url": "https://ledger.example/claims/C0001/",
        "identifier": "C0001",
        "text": "He said so.",
        "author": [{"@type": "Person", "name": "A. Person"}],
        "appearance": [early, late],
        "firstAppearance": early,
        "isBasedOn": [
            "https://ledger.example/sources/early/?claim=C0001#p1",
            "https://ledger.example/sources/late/?claim=C0001#p1",
        ],
    }


def test_a_claim_that_nobody_is_named_to_say_has_no_author(told):
    told.actor_links.filter(part="says").delete()
    assert "author" not in claim_of(told)


def test_a_source_that_disputes_a_claim_is_no_appearance_of_it(told):
    told.citations.filter(number=2).update(stance="disputes")
    found = claim_of(told)
    assert [work["name"] for work in found["appearance"]] == ["What he said"]
    assert found["isBasedOn"] == ["https://ledger.example/sources/early/?claim=C0001#p1"]


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["2020-05-25", "2021"], "a"),
        (["2021", "2020-05-25"], "b"),
        (["2021-06-30", "2021"], None),
        (["2020", ""], None),
        (["2020"], "a"),
        ([""], "a"),
        ([], None),
    ],
)
def test_the_first_appearance_is_named_only_where_the_dates_tell(dates, first):
    sources = [make_source(f"Text {slug}.\n", slug, published=date) for slug, date in zip("ab", dates, strict=False)]
    found = jsonld.first_of(sources)
    assert (found and found.slug) == first


def test_a_date_that_was_inferred_is_not_given():
    source = Source(slug="s", name="S", published="2020", published_note="From its address.")
    assert "datePublished" not in jsonld.work(source, address)


@pytest.mark.parametrize(
    ("edtf", "plain"),
    [
        ("2020-05-25", "2020-05-25"),
        ("2020-05", "2020-05"),
        ("2020", "2020"),
        ("2021-06~", ""),
        ("2021-41", ""),
        ("2020/2021", ""),
        ("[2020-02-06,2020-06-02]", ""),
        ("", ""),
    ],
)
def test_only_a_date_that_iso_can_say_is_given(edtf, plain):
    assert jsonld.plain_date(edtf) == plain


def test_a_law_gives_what_is_stated_of_it():
    law = make_law("an-act", name="The act", title="On acts", number="333-VI", rank="code")
    claim = make_claim(laws=[law])
    for kind, date in (("signed", "2020-05-25"), ("adopted", "2020-05-25"), ("in_force", "2020-06-06")):
        LawDate.objects.create(law=law, kind=kind, date=date, claim=claim)
    assert jsonld.legislation(law, list(law.dates.all()), address) == {
        "@type": "Legislation",
        "@id": "https://ledger.example/laws/an-act/",
        "url": "https://ledger.example/laws/an-act/",
        "name": "On acts",
        "alternateName": "The act",
        "legislationType": "code",
        "legislationIdentifier": "333-VI",
        "legislationDate": "2020-05-25",
        "legislationDateOfApplicability": "2020-06-06",
        "creativeWorkStatus": "adopted",
    }


@pytest.mark.parametrize("other", ["2020-05-26", "2020-05", "2020-05-25~"])
def test_of_two_dates_of_a_law_none_is_chosen(other):
    law = make_law("an-act")
    claim = make_claim(laws=[law])
    LawDate.objects.create(law=law, kind="signed", date="2020-05-25", claim=claim)
    LawDate.objects.create(law=law, kind="dated", date=other, claim=claim)
    assert "legislationDate" not in jsonld.legislation(law, list(law.dates.all()), address)


def test_every_word_is_one_of_schema_org_and_none_grades(told):
    law = make_law("an-act", number="1")
    LawDate.objects.create(law=law, kind="in_force", date="2020", claim=told)
    made = [
        claim_of(told),
        jsonld.legislation(law, list(law.dates.all()), address),
        jsonld.dataset(address),
        jsonld.breadcrumbs([("Claims", "/claims/"), ("C0001", "/claims/C0001/")], address),
    ]
    found = list(things(made))
    assert {thing["@type"] for thing in found} == SCHEMA_ORG.keys() - {"Organization"}
    assert {(thing["@type"], *(thing.keys() - SCHEMA_ORG[thing["@type"]])) for thing in found} == {
        (kind,) for kind in SCHEMA_ORG.keys() - {"Organization"}
    }
    assert not re.search("rating|review", json.dumps(made), re.IGNORECASE)


def test_hostile_words_stay_words(client, told):
    told.text = HOSTILE
    told.save()
    text = client.get("/claims/C0001/").content.decode()
    assert data_of(text)["Claim"]["text"] == HOSTILE
    assert text.count("<script>") == 0
    assert not re.search(r'ld\+json">[^<]*[<>&][^<]*</script', text)


@pytest.mark.parametrize(
    ("page", "types"),
    [
        ("/", {"Dataset"}),
        ("/about/", {"Dataset"}),
        ("/claims/C0001/", {"Claim", "BreadcrumbList"}),
        ("/laws/an-act/", {"Legislation", "BreadcrumbList"}),
    ],
)
def test_pages_hold_what_they_are_about(client, told, page, types):
    law = make_law("an-act", title=HOSTILE)
    make_claim(Source.objects.get(slug="early").paragraphs.get(), "He", laws=[law])
    found = data_of(client.get(page).content.decode())
    assert found.keys() == types
    assert all(thing["@id"].startswith("http://testserver/") for thing in found.values() if "@id" in thing)
