"""What is in doubt is marked wherever it is shown, in words, and nothing else is."""

import pytest

from reforms.models import Claim, Event, LawDate, LawLink, Milestone, Package, PackageItem, ParameterChange
from tests.pages.test_answers import PAGES

pytestmark = pytest.mark.django_db

SENTENCE = "Its <b>number</b> changed on 2026-01-02, and the words it stands on did not."
MARK = (
    '<span class="taint"><a href="/about/#doubt">In doubt</a> '
    "Its &lt;b&gt;number&lt;/b&gt; changed on 2026-01-02, and the words it stands on did not.</span>"
)
QUIET = '<a class="taint-of-claim" href="/claims/{ref}/">its claim is in doubt</a>'
REFORM, LAW, PACKAGE = PAGES["reform"], PAGES["law"], PAGES["package"]
EVENT, ACTOR, TOPIC = PAGES["event"], PAGES["actor"], PAGES["topic"]
TOLD, ADOPTED, FEWER = "/claims/C0001/", "/claims/C0002/", "/claims/C0004/"
URLS = [*(url for name, url in PAGES.items() if name != "claim"), TOLD, ADOPTED, FEWER, "/sources/report/?claim=C0004"]

# What is in doubt, how it is found, and how often each page marks it.
MARKED = {
    "claim": (
        lambda: Claim.objects.filter(ref="C0004"),
        {
            "/": 1, REFORM: 2, LAW: 2, "/sources/report/": 1, "/sources/report/?claim=C0004": 2, "/claims/": 1,
            "/discrepancies/": 1, "/discrepancies/D0001/": 1, "/parameters/members/": 2, FEWER: 1,
        },
    ),
    "milestone": (lambda: Milestone.objects.filter(stage="adopted"), {REFORM: 2, LAW: 1, ADOPTED: 1, "/timeline/": 1}),
    "date of a law": (LawDate.objects.all, {"/laws/": 1, LAW: 1, REFORM: 1, ADOPTED: 1, "/timeline/": 1}),
    "link of a law": (LawLink.objects.all, {"/laws/": 1, LAW: 1, REFORM: 1, ADOPTED: 1}),
    "item of a package": (PackageItem.objects.all, {PACKAGE: 1, REFORM: 1, "/reforms/": 1, TOLD: 1}),
    "stated count": (Package.objects.all, {"/": 1, "/packages/": 1, PACKAGE: 1, TOLD: 1}),
    "change of value": (
        ParameterChange.objects.all,
        {
            "/": 1, REFORM: 1, TOPIC: 1, FEWER: 1, "/discrepancies/D0001/": 1, "/timeline/": 1,
            "/parameters/": 1, "/parameters/members/": 1,
        },
    ),
    "event": (
        Event.objects.all,
        {
            "/": 1, "/packages/": 1, PACKAGE: 1, REFORM: 2, TOLD: 2, "/events/": 1, EVENT: 1, ACTOR: 1, TOPIC: 1,
            "/timeline/": 1,
        },
    ),
}  # fmt: skip


def marks(read, mark):
    """Address → how often its page has the mark, for those that have it."""
    found = {url: read(url).count(mark) for url in URLS}
    return {url: number for url, number in found.items() if number}


@pytest.fixture
def world(world):
    """With the event named by its claim, so that the reform's page and the claim's show it."""
    world.told.event_links.create(event=world.event)
    return world


@pytest.mark.parametrize("name", MARKED)
def test_what_is_in_doubt_is_marked_wherever_it_is_shown_and_nowhere_else(world, read, name):
    records, pages = MARKED[name]
    assert marks(read, "In doubt</a>") == {}
    assert records().update(taint=SENTENCE) == 1
    assert marks(read, MARK) == pages
    assert marks(read, "In doubt</a>") == pages


def test_what_rests_on_a_claim_in_doubt_says_so_and_leads_to_the_claim(world, read):
    quiet = QUIET.format(ref="C0002")
    assert marks(read, "its claim is in doubt") == {}
    Claim.objects.filter(ref="C0002").update(taint=SENTENCE)
    # on the reform's page the stage, its milestone and the law's link; on the law's page its date, link, milestone;
    # on the timeline the milestone and the date
    assert marks(read, quiet) == {REFORM: 3, LAW: 3, "/timeline/": 2}
    Claim.objects.filter(ref="C0001").update(taint=SENTENCE)
    assert read(PACKAGE).count(QUIET.format(ref="C0001")) == 3  # the event, the stated count, the item


def test_a_bar_of_a_package_says_that_its_item_is_in_doubt(world, read):
    assert "in-doubt" not in read("/packages/")
    PackageItem.objects.update(taint=SENTENCE)
    for url in ("/", "/packages/", PACKAGE):
        assert 'class="step in_force in-doubt"' in read(url)
        assert '<span class="visually-hidden">Election of akims: in force, in doubt</span>' in read(url)


def test_a_count_that_is_not_shown_is_not_in_doubt(world, read):
    PackageItem.objects.update(claim=world.adopted)
    Package.objects.update(taint=SENTENCE)
    Claim.objects.filter(pk=world.told.pk).update(state="draft")
    for url in ("/", "/packages/", PACKAGE):
        assert "In doubt</a>" not in read(url)


def test_marks_cost_no_query(world, count_queries):
    before = {url: count_queries(url) for url in URLS}
    for records, _ in MARKED.values():
        records().update(taint=SENTENCE)
    Claim.objects.update(taint=SENTENCE)
    assert {url: count_queries(url) for url in URLS} == before


def test_the_mark_leads_to_what_it_means(world, read):
    assert '<h2 id="doubt">In doubt</h2>' in read("/about/")
