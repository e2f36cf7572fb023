"""Every page asks the database the same number of questions for 2 rows and for 20, and at most 15."""

import pytest

from reforms.models import Claim, Discrepancy
from reforms.urls import urlpatterns
from tests.factories import cite, make_claim, make_source, make_world

pytestmark = pytest.mark.django_db

# Name of the address → addresses; {name} is the last part of a made slug, {ref} a claim, {dispute} a discrepancy.
PAGES = {
    "home": ["/", "/?as_of=2021-06-30"],
    "reforms": ["/reforms/", "/reforms/?as_of=2021-06-30", "/reforms/?topic=topic-{name}&package=package-{name}"],
    "reform": ["/reforms/reform-{name}/", "/reforms/reform-{name}/?as_of=2021-06-30"],
    "packages": ["/packages/"],
    "package": ["/packages/package-{name}/", "/packages/package-{name}/?as_of=2021-06-30"],
    "laws": [
        "/laws/",
        "/laws/?rank=law&effect=implements&topic=topic-{name}&package=package-{name}&source=source-{name}&sort=name",
    ],
    "law": ["/laws/law-{name}/"],
    "events": ["/events/", "/events/?kind=other&source=source-{name}"],
    "event": ["/events/event-{name}/"],
    "actors": ["/actors/", "/actors/?kind=person&part=says&source=source-{name}&q=actor"],
    "actor": ["/actors/actor-{name}/", "/actors/actor-{name}/?part=says&kind=adopted&office=Minister"],
    "topics": ["/topics/", "/topics/?as_of=2021-06-30"],
    "topic": ["/topics/topic-{name}/", "/topics/topic-{name}/?as_of=2021-06-30"],
    "parameters": ["/parameters/", "/parameters/?topic=topic-{name}&source=source-{name}&form=numbers&sort=latest"],
    "parameter": ["/parameters/parameter-{name}-a/"],
    "timeline": ["/timeline/", "/timeline/?from=2020&topic=topic-{name}&package=package-{name}&source=source-{name}"],
    "sources": ["/sources/", "/sources/?q=source"],
    "source": ["/sources/source-{name}/", "/sources/source-{name}/?claim={ref}"],
    "claims": ["/claims/", "/claims/?kind=adopted&source=source-{name}"],
    "claim": ["/claims/{ref}/"],
    "claim_history": ["/claims/{ref}/history/"],
    "discrepancies": ["/discrepancies/", "/discrepancies/?kind=contradiction&state=open&source=source-{name}"],
    "discrepancy": ["/discrepancies/{dispute}/"],
    "search": [
        "/search/",
        "/search/?q=statement",
        "/search/?q=statement&kind=claim&source=source-{name}",
        "/search/?q=sentence",
        "/search/?q=sentense+-heading",
        "/search/?q=statement+nowhere+neither+nor+notherr+-heading&source=source-{name}",
    ],
    "about": ["/about/"],
    "healthz": ["/healthz"],
}
MOST = 15
ADDRESSES = [address for addresses in PAGES.values() for address in addresses]


def costs(count_queries, sources):
    """Count the queries of each address, with the names of the last of `sources`."""
    name = sources[-1].slug.removeprefix("source-")
    ref = Claim.objects.filter(text=f"Statement {name} 0.").get().ref
    dispute = Discrepancy.objects.filter(title=f"Discrepancy {name} 0").get().ref
    return {address: count_queries(address.format(name=name, ref=ref, dispute=dispute)) for address in ADDRESSES}


def test_every_address_is_measured():
    assert urlpatterns, "swept nothing"
    assert PAGES.keys() == {pattern.name for pattern in urlpatterns}


def test_pages_cost_the_same_for_2_rows_and_for_20_and_no_more_than_they_may(count_queries):
    small = costs(count_queries, make_world(2))
    large = costs(count_queries, make_world(20))
    assert small == large
    assert {address: cost for address, cost in large.items() if cost > MOST} == {}


def test_the_reader_costs_the_same_for_a_text_of_174_paragraphs(count_queries):
    counts = []
    for slug, length in (("short", 2), ("long", 174)):
        source = make_source("\n".join(f"Sentence {number}." for number in range(length)), slug)
        claim = make_claim(source.paragraphs.first())
        for paragraph in source.paragraphs.all()[1:]:
            cite(claim, paragraph, "Sentence")
        counts.append(count_queries(f"/sources/{slug}/?claim={claim.ref}"))
    assert counts[0] == counts[1]
