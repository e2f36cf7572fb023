"""What is not published is nowhere: not in lists, not alone, not inside other records."""

import pytest

from api.urls import RESOURCES
from reforms.models import Claim, ClaimEvent, ClaimLaw, ClaimReform, Discrepancy, Event, Package, Parameter
from sources.models import Source
from tests.api.test_filters import key
from tests.factories import make_claim, make_discrepancy, make_event, make_law, make_milestone, make_reform, make_source

HIDING = ["draft", "in_review", "retracted"]
REST_ON_THE_CLAIM = {
    "packages": ["package-b"],
    "reforms": ["reform-b", "reform-c"],
    "laws": ["law-b"],
    "claims": ["C0002", "C0003"],
    "citations": ["C0002.1", "C0002.2", "C0003.1"],
    "discrepancies": ["D0002"],
    "milestones": ["M0002"],
    "parameters": ["parameter-b"],
    "events": ["event-b"],
    "actors": ["actor-b"],
}
DETAILS = {
    "packages": "package-a",
    "reforms": "reform-a",
    "laws": "law-a",
    "discrepancies": "D0001",
    "milestones": "M0001",
    "parameters": "parameter-a",
    "events": "event-a",
    "actors": "actor-a",
}


def hide(ref, state="draft"):
    reason = "Misread." if state == "retracted" else ""
    Claim.objects.filter(ref=ref).update(state=state, retraction_reason=reason)


@pytest.mark.parametrize("state", HIDING)
def test_what_rests_on_a_hidden_claim_is_hidden_with_it(ledger, get, state):
    hide("C0001", state)
    for resource, left in REST_ON_THE_CLAIM.items():
        assert [key(row) for row in get(f"{resource}/")["results"]] == left
    for resource, name in DETAILS.items():
        get(f"{resource}/{name}/", 404)


def test_a_hidden_claim_covers_no_paragraph(ledger, get):
    hide("C0001")
    paragraph = get("paragraphs/source-a/2/")
    assert (paragraph["coverage"], paragraph["citations"]) == ("open", [])
    assert get("sources/source-a/")["coverage"] == {
        "paragraphs": {"cited": 0, "no_claim": 2, "open": 2},
        "characters": {"claim_bearing": 0, "cited": 0},
    }
    hide("C0003")
    assert get("paragraphs/source-b/4/")["text"] is None


@pytest.mark.parametrize("name", ["claim=C0001", "reform=reform-a", "event=event-a", "discrepancy=D0001"])
def test_the_name_of_something_hidden_names_nothing(ledger, get, name):
    hide("C0001")
    assert list(get(f"claims/?{name}", 400)) == [name.split("=")[0]]


@pytest.mark.usefixtures("empty")
def test_a_source_that_is_not_accepted_is_not_there(db, get):
    source = Source(slug="a-source", name="A source")
    source.receive(b"A line.")
    source.save()
    source.paragraphs.create(number=1, start=0, end=7, text="A line.")
    later = Source(slug="later-source", name="Later", supersedes=make_source(slug="first-source"))
    later.receive(b"A later edition.")
    later.save()
    assert [row["slug"] for row in get("sources/")["results"]] == ["first-source"]
    assert get("sources/first-source/")["superseded_by"] is None
    assert get("paragraphs/")["results"][0]["source"] == "first-source"
    get("sources/a-source/", 404)
    get("paragraphs/a-source/1/", 404)
    assert list(get("paragraphs/?source=a-source", 400)) == ["source"]


def test_a_source_names_the_accepted_edition_that_supersedes_it(db, get):
    first = make_source("First.", "first-source")
    make_source("Second.", "second-source", supersedes=first)
    assert get("sources/first-source/")["superseded_by"] == "second-source"
    assert get("sources/second-source/")["supersedes"] == "first-source"


@pytest.fixture
def half_hidden(ledger):
    """C0001 stays public; beside it C0010, a draft, says more of the same things."""
    claim = Claim.objects.get(ref="C0001")
    draft = make_claim(claim.citations.get().paragraph, "May", ref="C0010", published=False)
    reform, law = claim.reform_links.get().reform, claim.law_links.get().law
    ClaimReform.objects.create(claim=draft, reform=reform)
    event = make_event(draft, "secret-event")
    ClaimEvent.objects.create(claim=claim, event=event)
    make_milestone(reform, draft, "implemented", "2020-06-01")
    hidden_law = make_law("secret-law")
    ClaimLaw.objects.create(claim=draft, law=hidden_law)
    make_milestone(reform, claim, "drafted", "2020-04-01", law=hidden_law, event=event)
    law.dates.create(kind="repealed", date="2020-07-01", claim=draft)
    law.reform_links.create(reform=reform, effect="repeals", claim=draft)
    Parameter.objects.get(slug="parameter-a").changes.create(claim=draft, after="7")
    Parameter.objects.create(slug="secret-parameter", name="Secret", reform=reform).changes.create(
        claim=draft, after="8"
    )
    package = Package.objects.get(slug="package-a")
    package.items.create(position=3, reform=make_reform("secret-reform"), claim=draft)
    hidden_package = Package.objects.create(slug="secret-package", name="Secret")
    hidden_package.items.create(position=1, reform=reform, claim=draft)
    Package.objects.filter(pk=package.pk).update(stated_count=9, stated_count_claim=draft, event=event, taint="Secret.")
    make_discrepancy(claim, draft, title="Secret")
    Discrepancy.objects.filter(ref="D0001").update(state="resolved", resolved_by=draft)


def test_nothing_says_a_word_of_what_is_hidden_beside_it(half_hidden, client):
    for resource in RESOURCES:
        body = client.get(f"/api/v1/{resource}/").content.decode()
        assert '"results":[{' in body
        for word in ("secret", "Secret", "C0010", "repeal"):
            assert word not in body, (resource, word)


def test_what_is_public_stays_whole_beside_what_is_hidden(half_hidden, get):
    reform = get("reforms/reform-a/")
    assert reform["stage"] == "adopted"
    assert [(row["ref"], row["law"], row["event"]) for row in reform["milestones"]] == [
        ("M0001", "law-a", "event-a"),
        ("M0004", None, None),
    ]
    assert [change["after"] for change in get("parameters/parameter-a/")["changes"]] == ["20,000"]
    package = get("packages/package-a/")
    assert (package["event"], package["stated_count"], package["stated_count_claim"]) == (None, None, None)
    assert package["taint"] == ""
    assert [item["reform"]["slug"] for item in package["items"]] == ["reform-a"]
    assert get("discrepancies/D0001/")["resolved_by"] is None
    assert get("claims/C0001/")["discrepancies"] == ["D0001"]
    assert [event["slug"] for event in get("claims/C0001/")["events"]] == ["event-a"]
    assert Event.objects.filter(slug="secret-event").exists()
