"""Every address answers, with the status and the words that a reader needs."""

import re

import pytest
from django.template.loader import render_to_string

from reforms.models import Claim, RetiredSlug
from reforms.urls import urlpatterns
from tests.factories import make_claim, make_source

ADDRESSES = {
    "home": "/",
    "reforms": "/reforms/",
    "reform": "/reforms/election-of-akims/",
    "packages": "/packages/",
    "package": "/packages/second-package/",
    "laws": "/laws/",
    "law": "/laws/law-on-akims/",
    "events": "/events/",
    "event": "/events/address/",
    "actors": "/actors/",
    "actor": "/actors/president/",
    "topics": "/topics/",
    "topic": "/topics/elections/",
    "parameters": "/parameters/",
    "parameter": "/parameters/members/",
    "timeline": "/timeline/",
    "sources": "/sources/",
    "source": "/sources/report/",
    "claims": "/claims/",
    "claim": "/claims/C0001/",
    "claim_history": "/claims/C0001/history/",
    "discrepancies": "/discrepancies/",
    "discrepancy": "/discrepancies/D0001/",
    "search": "/search/?q=akims",
    "about": "/about/",
    "healthz": "/healthz",
}
# A file of our own, or data that nobody runs.
ALLOWED_SCRIPT = r'<script type="(module" src="/static/js/[a-z_]+\.js"|application/ld\+json")>'
PAGES = {name: url for name, url in ADDRESSES.items() if name != "healthz"}


def test_every_address_is_visited():
    assert urlpatterns, "swept nothing"
    assert ADDRESSES.keys() == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize("url", PAGES.values(), ids=PAGES.keys())
def test_a_page_has_one_heading_a_title_a_skip_link_ids_of_its_own_and_no_style_or_inline_script(world, read, url):
    text = read(url)
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert re.search(r"<title>[^·]{3,} · Reform Ledger</title>", text)
    assert '<html lang="en-gb">' in text
    assert '<a class="skip" href="#content">' in text
    assert '<main id="content"' in text
    assert not re.search(r"<style| style=|\son\w+=", text)
    scripts = re.findall(r"<script[^>]*>", text)
    assert scripts, "swept nothing"
    assert [tag for tag in scripts if not re.fullmatch(ALLOWED_SCRIPT, tag)] == []
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("url", PAGES.values(), ids=PAGES.keys())
@pytest.mark.usefixtures("empty")
def test_an_empty_ledger_shows_lists_and_no_records(db, client, url):
    status = 200 if url.count("/") < 3 else 404
    assert client.get(url).status_code == status


@pytest.mark.parametrize("name", ["500.html", "400.html"])
def test_error_pages_can_be_drawn_without_anything_known(name):
    assert "<h1>" in render_to_string(name)


def test_an_unknown_address_is_not_found_in_plain_words(db, read):
    assert "There is nothing at this address" in read("/nothing/", status=404)


def test_healthz_says_ok(db, client):
    response = client.get("/healthz")
    assert (response.content, response["Content-Type"]) == (b"ok", "text/plain")


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("reform", "/reforms/old-name/", "/reforms/election-of-akims/"),
        ("package", "/packages/old-name/?as_of=2021-06-30", "/packages/second-package/?as_of=2021-06-30"),
        ("law", "/laws/old-name/", "/laws/law-on-akims/"),
        ("event", "/events/old-name/", "/events/address/"),
        ("actor", "/actors/old-name/?part=says", "/actors/president/?part=says"),
        ("topic", "/topics/old-name/?as_of=2021-06-30", "/topics/elections/?as_of=2021-06-30"),
        ("parameter", "/parameters/old-name/", "/parameters/members/"),
        ("source", "/sources/old-name/?claim=C0001", "/sources/report/?claim=C0001"),
    ],
)
def test_a_retired_slug_redirects_for_good_to_the_end_of_the_way(world, client, kind, old, new):
    now = new.split("/")[2]
    RetiredSlug.objects.create(kind=kind, slug="old-name", now="newer-name")
    RetiredSlug.objects.create(kind=kind, slug="newer-name", now=now)
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)


def test_retired_slugs_that_lead_round_in_a_circle_are_not_found(world, client):
    RetiredSlug.objects.create(kind="law", slug="one", now="two")
    RetiredSlug.objects.create(kind="law", slug="two", now="one")
    assert client.get("/laws/one/").status_code == 404


def test_a_merged_claim_redirects_to_the_last_it_was_merged_into(world, client):
    first = make_claim(text="First.")
    second = make_claim(text="Second.")
    Claim.objects.filter(pk=second.pk).update(state="merged", merged_into=world.told)
    Claim.objects.filter(pk=first.pk).update(state="merged", merged_into=second)
    response = client.get(f"/claims/{first.ref}/")
    assert (response.status_code, response["Location"]) == (301, f"/claims/{world.told.ref}/")


def test_a_retracted_claim_is_gone_and_says_why(world, read):
    Claim.objects.filter(pk=world.fewer.pk).update(state="retracted", retraction_reason="The number was misread.")
    text = read(f"/claims/{world.fewer.ref}/", status=410)
    assert "The number was misread." in text
    assert "Members fell to 20,000." not in text


@pytest.mark.parametrize("state", ["draft", "in_review"])
def test_a_claim_that_is_not_published_is_not_found(world, read, state):
    Claim.objects.filter(pk=world.fewer.pk).update(state=state)
    read(f"/claims/{world.fewer.ref}/", status=404)


def test_a_source_that_is_not_accepted_is_not_found(world, read):
    from sources.models import Source

    waiting = Source(slug="waiting", name="Waiting")
    waiting.receive(b"Not yet.")
    waiting.save()
    read("/sources/waiting/", status=404)
    assert "Waiting" not in read("/sources/") + read("/") + read("/claims/")
    read("/claims/?source=waiting", status=400)


BAD_QUESTIONS = {
    "/?as_of=yesterday": "“yesterday” is not a day",
    "/?as_of=2021-02-30": "“2021-02-30” is not a day",
    "/reforms/?as_of=2021": "“2021” is not a day",
    "/reforms/election-of-akims/?as_of=%00": "is not a day",
    "/packages/?as_of=x": "is not a day",
    "/packages/second-package/?as_of=x": "is not a day",
    "/reforms/?stage=finished": "There is no stage called “finished” here.",
    "/reforms/?topic=%00": "There is no topic called",
    "/reforms/?package=third-package": "There is no package called “third-package” here.",
    "/events/?kind=party": "There is no kind called “party” here.",
    "/events/?source=%00": "There is no source called",
    "/actors/?part=sings": "There is no part called “sings” here.",
    "/actors/president/?office=Minister%00": "There is no office called",
    "/topics/?as_of=soon": "“soon” is not a day",
    "/topics/elections/?as_of=soon": "“soon” is not a day",
    "/parameters/?form=pictures": "There is no form called “pictures” here.",
    "/parameters/?sort=size": "This list has no order called “size”.",
    "/timeline/?kind=rumour": "There is no kind called “rumour” here.",
    "/timeline/?topic=nothing": "There is no topic called “nothing” here.",
    "/timeline/?reform=%00": "There is no reform called",
    "/timeline/?from=soon": "“soon” is no year, month or day.",
    "/timeline/?to=2021-13": "“2021-13” is no year, month or day.",
    "/timeline/?from=%00": "is no year, month or day.",
    "/timeline/?from=2022&to=2021": "The timeline cannot end before it begins.",
    "/timeline/?date=whenever": "“whenever” is not a date.",
    "/timeline/?date=%00": "is not a date.",
    "/claims/?kind=rumour": "There is no kind called “rumour” here.",
    "/claims/?source=nowhere": "There is no source called “nowhere” here.",
}


@pytest.mark.parametrize("url", BAD_QUESTIONS)
def test_what_cannot_be_understood_is_refused_in_words(world, read, url):
    assert BAD_QUESTIONS[url] in read(url, status=400)


def test_a_message_about_a_bad_question_is_escaped(world, read):
    assert "<script>" not in read("/reforms/?topic=<script>alert(1)</script>", status=400)


@pytest.mark.parametrize("number", ["0", "99", "x", "9" * 30])
def test_a_page_number_that_does_not_exist_is_not_found(world, read, number):
    read(f"/claims/?page={number}", status=404)


def test_claims_come_fifty_at_a_time_and_keep_their_filter(db, read):
    source = make_source("\n".join(f"Sentence {number}." for number in range(51)))
    for paragraph in source.paragraphs.all():
        make_claim(paragraph, text=f"Claim on {paragraph.number}.", kind="done")
    first, second = read("/claims/?kind=done"), read("/claims/?kind=done&page=2")
    assert first.count('<article class="claim">') == 50
    assert second.count('<article class="claim">') == 1
    assert 'href="?kind=done&amp;page=2"' in first


def test_a_claim_merged_into_one_that_is_not_public_is_not_found(world, client):
    draft = make_claim(text="A draft.")
    merged = make_claim(text="Merged.")
    Claim.objects.filter(pk=merged.pk).update(state="merged", merged_into=draft)
    assert client.get(f"/claims/{merged.ref}/").status_code == 404
