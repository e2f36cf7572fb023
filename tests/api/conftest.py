"""A small ledger whose every record can be told apart, and a client that speaks JSON."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from api.keeping import KEPT, again
from api.keeping import kept as kept_view
from reforms.models import (
    Actor,
    ActorAlias,
    ClaimEvent,
    LawDate,
    LawLink,
    NoClaim,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    Reform,
    ReformTopic,
    Topic,
)
from tests.factories import (
    cite,
    make_claim,
    make_discrepancy,
    make_event,
    make_law,
    make_milestone,
    make_reform,
    make_source,
)

API = "/api/v1/"
HOST = "http://testserver"
TEXT = "Heading {name}\nIn May the law {name} was adopted at last.\nAn aside.\nA line still open.\n"
# What tells the records called “a” from those called “b”.
KINDS = {
    "a": {
        "claim": "provision",
        "rank": "law",
        "status": "adopted",
        "effect": "implements",
        "event": "election",
        "actor": "person",
        "stage": "adopted",
        "date": "2020-05-25",
        "discrepancy": "misprint",
        "source": {"type": "press", "published": "2021-06~"},
        "paragraphs": {1: ("heading", 1)},
    },
    "b": {
        "claim": "figure",
        "rank": "code",
        "status": "draft",
        "effect": "drafts",
        "event": "unrest",
        "actor": "party",
        "stage": "announced",
        "date": "2021-06",
        "discrepancy": "numbering",
        "source": {"type": "analysis", "show": "cited"},
        "paragraphs": {1: ("byline", None)},
    },
}


def doubt(what, name="a"):
    """What is said of a record called “a” whose `what` is in doubt; nothing of those called “b” is."""
    return f"Its {what} changed on 2021-07-01, and the words it stands on did not." if name == "a" else ""


@pytest.fixture
def get(client):
    """Give the JSON of a GET below /api/v1/ that must be answered with `status`; of a refusal, what is particular."""

    def fetch(path, status=200):
        response = client.get(API + path)
        assert response.status_code == status, (path, response.status_code, response.content[:300])
        return particulars(response) if status >= 400 else response.json()

    return fetch


def particulars(response):
    """What a refusal says beyond what all of its status do: {parameter: sentences}, or its detail and more members."""
    document = response.json()
    common = {name: document.pop(name) for name in ("type", "title", "status", "instance")}
    assert response["Content-Type"] == "application/problem+json"
    assert common["status"] == response.status_code
    assert common["title"]
    assert common["type"].startswith(("about:blank", f"{API}problems/"))
    assert document["detail"]
    return document.get("errors", document)


@pytest.fixture
def ledger(db, ledger_of_the_module):
    """Two of everything, as made for the whole module."""


@pytest.fixture(scope="module")
def ledger_of_the_module(kept):
    """Two of everything: what is called “a” hangs together, and so does what is called “b”.

    C0001 is about a, C0002 about b. C0003 is about reform-c alone, cited from source-b, and in no discrepancy.
    """
    sources = {name: make_corner(name, kinds) for name, kinds in KINDS.items()}
    paragraph = sources["b"].paragraphs.get(number=4)
    make_claim(paragraph, text="Statement c.", kind="planned", reforms=[make_reform("reform-c")])


def make_corner(name, kinds):
    """Make all records called `name`, resting on one claim; return their source."""
    source = make_source(TEXT.format(name=name), f"source-{name}", kinds["paragraphs"], **kinds["source"])
    NoClaim.objects.create(paragraph=source.paragraphs.get(number=3), reason="rhetoric")
    reform, law = make_reform(f"reform-{name}"), make_law(f"law-{name}", rank=kinds["rank"], status=kinds["status"])
    actor = Actor.objects.create(slug=f"actor-{name}", name=f"Actor {name}", kind=kinds["actor"])
    ActorAlias.objects.create(actor=actor, name=f"Aktor {name}")
    topic = Topic.objects.create(slug=f"topic-{name}", name=f"Topic {name}", summary="A topic.")
    ReformTopic.objects.create(reform=reform, topic=topic)
    claim = make_claim(
        source.paragraphs.get(number=2), f"the law {name} was adopted", text=f"Statement {name}.",
        kind=kinds["claim"], reforms=[reform], laws=[law], actors=[actor], taint=doubt("text", name),
    )  # fmt: skip
    if name == "b":
        cite(claim, source.paragraphs.get(number=2), "May", stance="context", strength="implies")
    event = make_event(claim, f"event-{name}", kind=kinds["event"], date=kinds["date"], taint=doubt("title", name))
    ClaimEvent.objects.create(claim=claim, event=event)
    make_milestone(reform, claim, kinds["stage"], kinds["date"], law=law, event=event, taint=doubt("stage", name))
    LawDate.objects.create(law=law, kind="dated", date=kinds["date"], claim=claim, taint=doubt("date", name))
    LawLink.objects.create(law=law, reform=reform, effect=kinds["effect"], claim=claim, taint=doubt("effect", name))
    package = Package.objects.create(
        slug=f"package-{name}", name=f"Package {name}", event=event, stated_count=7, stated_count_claim=claim,
        taint=doubt("stated count", name),
    )  # fmt: skip
    PackageItem.objects.create(
        package=package, position=2, number="1", reform=reform, claim=claim, taint=doubt("number", name)
    )
    parameter = Parameter.objects.create(slug=f"parameter-{name}", name=f"Parameter {name}", reform=reform)
    ParameterChange.objects.create(
        parameter=parameter, claim=claim, before="40,000", after="20,000", unit="members", date=kinds["date"],
        taint=doubt("after", name),
    )  # fmt: skip
    make_discrepancy(
        claim, kind=kinds["discrepancy"], title=f"Slip {name}", state="open" if name == "a" else "explained"
    )
    return source


@pytest.fixture(autouse=True)
def nothing_kept():
    """What other tests asked for is forgotten."""
    KEPT.bodies.clear()


@pytest.fixture
def count_queries(client):
    """Count the queries by which a GET that must succeed is answered anew, but for those of the revision."""

    def count(url):
        KEPT.bodies.clear()
        with CaptureQueriesContext(connection) as seen:
            response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        return len(answering(seen))

    return count


def answering(seen):
    """Return the SQL of those queries that the revision and the snapshot do not take."""
    asked = [one["sql"] for one in seen.captured_queries]
    return [sql for sql in asked if "revision" not in sql and not sql.startswith(("SAVEPOINT", "RELEASE", "SET "))]


@pytest.fixture
def reform(db):
    """One reform that readers see."""
    reform = make_reform(title="First")
    make_claim(make_source().paragraphs.get(number=2), reforms=[reform])
    return reform


@pytest.fixture
def calls():
    """What a view notes down."""
    return []


@pytest.fixture
def view(calls):
    """A kept view that answers with the titles of all reforms, and counts how often it is called."""

    @again
    @kept_view
    def titles(request):
        calls.append(request.method)
        return HttpResponse(" ".join(Reform.objects.values_list("title", flat=True)))

    return titles
