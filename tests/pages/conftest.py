"""One small world, told in literals, that the page tests share."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model

from reforms.models import (
    Actor,
    ActorAlias,
    LawDate,
    LawLink,
    Package,
    PackageItem,
    Parameter,
    ParameterChange,
    ReformTopic,
    Topic,
)
from tests.factories import make_claim, make_discrepancy, make_event, make_law, make_milestone, make_reform, make_source

TOLD_TWICE = "Members fell from 40,000 to 20,000.\nIt was said again later.\nA third line.\n"
TEXT = """How akims came to be elected
On 1 September 2020 the President announced the election of akims.
The law of 25 May 2021 lets voters elect akims of villages. It entered into force later.
The number of members fell from 40,000 to 20,000.
A third paragraph that nobody has read yet.
"""


def paragraph(source, number):
    return source.paragraphs.get(number=number)


@pytest.fixture
def world(db, world_of_the_module):
    """The world of the module as it is stored: a report of five paragraphs and a note, a reform, and what it needs."""
    kept = vars(world_of_the_module)
    fresh = {name: record._meta.model.objects.get(pk=record.pk) for name, record in kept.items()}
    return SimpleNamespace(**fresh)


@pytest.fixture(scope="module")
def world_of_the_module(kept):
    """A report of five paragraphs, dated about June 2021, and a note; one reform with a law, a package and a change."""
    report = make_source(
        TEXT,
        "report",
        {1: ("heading", 1)},
        name="The report",
        title="How akims came to be elected",
        published="2021-06~",
    )
    note = make_source("The members fell by half.\n", "note", name="The note")
    reform = make_reform("election-of-akims", title="Election of akims")
    law = make_law("law-on-akims", title="On the election of akims", name="Law on akims")
    about = {"reforms": [reform], "laws": [law]}
    actor = Actor.objects.create(slug="president", name="The President", kind="person")
    ActorAlias.objects.create(actor=actor, name="Head of State")
    told = make_claim(
        paragraph(report, 2), "On 1 September 2020", text="The election was announced.", actors=[actor], **about
    )
    event = make_event(told, "address", title="Address of the President", date="2020-09-01")
    adopted = make_claim(paragraph(report, 3), "The law of 25 May 2021", text="A law was adopted.", **about)
    force = make_claim(paragraph(report, 3), "It entered into force later.", text="The law is in force.", **about)
    fewer = make_claim(
        paragraph(report, 4), "from 40,000 to 20,000", text="Members fell to 20,000.", kind="figure", **about
    )
    halved = make_claim(paragraph(note, 1), "fell by half", text="Members fell by half.", kind="figure", **about)
    make_milestone(reform, told, "announced", "2020-09-01", event=event)
    make_milestone(reform, adopted, "adopted", "2021-05-25", law=law)
    make_milestone(reform, force, "in_force")
    LawDate.objects.create(law=law, kind="dated", date="2021-05-25", claim=adopted)
    LawLink.objects.create(law=law, reform=reform, effect="implements", claim=adopted)
    members = Parameter.objects.create(slug="members", name="Members of a party", reform=reform)
    ParameterChange.objects.create(
        parameter=members, claim=fewer, before="40,000", after="20,000", unit="people", date="2021-05-25"
    )
    package = Package.objects.create(
        slug="second-package", name="Second package", event=event, stated_count=7, stated_count_claim=told
    )
    PackageItem.objects.create(package=package, position=1, number="3", reform=reform, claim=told, note="As read.")
    topic = Topic.objects.create(slug="elections", name="Elections", summary="Who is elected.")
    ReformTopic.objects.create(reform=reform, topic=topic)
    discrepancy = make_discrepancy(fewer, halved, title="By how much members fell")
    return SimpleNamespace(**{name: value for name, value in locals().items() if name not in ("kept", "about")})


@pytest.fixture
def read(client):
    """Get a page that must answer with `status`; return its text."""

    def get(url, status=200):
        response = client.get(url)
        assert response.status_code == status, (url, response.status_code)
        return response.content.decode()

    return get


@pytest.fixture
def aigerim(db):
    return get_user_model().objects.create(username="aigerim", first_name="Aigerim", last_name="Seitkali")


@pytest.fixture
def source(db):
    return make_source(TOLD_TWICE, "report", name="The report")


@pytest.fixture
def claim(source):
    """C0001, just published, on the words of the first paragraph."""
    return make_claim(source.paragraphs.get(number=1), "from 40,000 to 20,000", ref="C0001", text="Members fell.")
