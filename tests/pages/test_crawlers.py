"""sitemap.xml names every public page and nothing else; robots.txt names the sitemap."""

import re
from xml.etree import ElementTree

import pytest
from django.contrib.auth import get_user_model

from reforms import sitemaps
from reforms.models import Claim
from reforms.urls import urlpatterns
from sources.changes import change_set
from sources.models import Source
from tests.factories import make_claim, make_law, make_reform

HOST = "http://testserver"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
LASTMOD = "{http://www.sitemaps.org/schemas/sitemap/0.9}lastmod"


def texts(response, tag):
    """The texts of all elements with `tag` in an XML answer, in their order."""
    return [element.text for element in ElementTree.fromstring(response.content).iter(tag)]  # noqa: S314 (our own)


@pytest.fixture
def locations(client):
    """Give the addresses that a sitemap names, in its order."""

    def get(url):
        response = client.get(url)
        assert (response.status_code, response["Content-Type"]) == (200, "application/xml"), url
        return [text.removeprefix(HOST) for text in texts(response, LOC)]

    return get


def test_the_index_leads_to_every_public_page_of_the_world_and_to_nothing_else(world, locations):
    draft = make_claim(text="A draft.", published=False, reforms=[make_reform("hidden")], laws=[make_law("hidden-law")])
    retracted = make_claim(world.report.paragraphs.get(number=2), text="Wrong.")
    Claim.objects.filter(pk=retracted.pk).update(state="retracted", retraction_reason="Misread.")
    Source(slug="waiting", name="Waiting").receive(b"It waits.\n")
    found = {page for section in locations("/sitemap.xml") for page in locations(section)}
    assert draft.state == "draft"
    own = {
        "/", "/reforms/", "/packages/", "/laws/", "/sources/", "/claims/", "/discrepancies/", "/about/",
        "/events/", "/actors/", "/topics/", "/parameters/", "/timeline/",
        "/reforms/election-of-akims/", "/packages/second-package/", "/laws/law-on-akims/",
        "/sources/report/", "/sources/note/", "/discrepancies/D0001/",
        "/events/address/", "/actors/president/", "/topics/elections/", "/parameters/members/",
        *(f"/claims/C000{number}/" for number in range(1, 6)),
    }  # fmt: skip
    assert found == own


def test_every_kind_of_page_has_its_section():
    named = {pattern.name for pattern in urlpatterns if pattern.pattern.converters} - {"claim_history"}  # no record
    assert named, "swept nothing"
    assert named == sitemaps.SITEMAPS.keys() - {"lists"}


def test_every_address_that_a_sitemap_names_answers(world, client, locations):
    pages = [page for section in locations("/sitemap.xml") for page in locations(section)]
    assert {page: status for page in pages if (status := client.get(page).status_code) != 200} == {}


def test_a_record_says_when_it_was_changed_last(world, client):
    by = get_user_model().objects.create(username="aigerim")
    with change_set(by=by, reason="Spelling."):
        world.told.text = "The election was announced then."
        world.told.save()
    changed = world.told.history.latest("history_id").history_date
    assert texts(client.get("/sitemap-claim.xml"), LASTMOD)[0] == changed.date().isoformat()


def test_a_long_section_is_cut_into_pages_that_the_index_names(world, locations, monkeypatch):
    monkeypatch.setattr(sitemaps.Records, "limit", 2)
    named = [page for page in locations("/sitemap.xml") if page.startswith("/sitemap-claim.xml")]
    assert named == ["/sitemap-claim.xml", "/sitemap-claim.xml?p=2", "/sitemap-claim.xml?p=3"]
    assert [locations(page) for page in named] == [
        ["/claims/C0001/", "/claims/C0002/"],
        ["/claims/C0003/", "/claims/C0004/"],
        ["/claims/C0005/"],
    ]


@pytest.mark.parametrize("url", ["/sitemap-secrets.xml", "/sitemap-claim.xml?p=9", "/sitemap-claim.xml?p=x%00"])
def test_a_section_that_is_not_there_is_not_found(world, client, url):
    assert client.get(url).status_code == 404


def test_a_sitemap_costs_the_same_for_5_claims_and_for_25(world, count_queries):
    pages = ["/sitemap.xml", "/sitemap-claim.xml"]
    costs = [count_queries(page) for page in pages]
    for _ in range(20):
        make_claim(world.report.paragraphs.get(number=5), text="One more.")
    assert [count_queries(page) for page in pages] == costs


def test_robots_are_told_what_is_of_no_use_to_them_and_where_the_rest_is(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    assert response.content.decode() == (
        "User-agent: *\nDisallow: /admin/\nDisallow: /search/\nDisallow: /*?\nAllow: /*?p=\n"
        "Sitemap: http://testserver/sitemap.xml\n"
    )


def test_what_robots_may_not_read_is_in_no_sitemap(world, client, locations):
    barred = re.findall(r"^Disallow: (\S+)$", client.get("/robots.txt").content.decode(), re.MULTILINE)
    pages = [page for section in locations("/sitemap.xml") for page in locations(section)]
    assert barred, "swept nothing"
    assert [page for page in pages if any(page.startswith(path) or "?" in page for path in barred)] == []
