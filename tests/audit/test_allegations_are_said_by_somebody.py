"""Every published allegation names who says it."""

import pytest

from reforms.models import Actor, Claim, ClaimActor
from tests.audit.finding import base, told

pytestmark = pytest.mark.django_db
RULE = "allegations_are_said_by_somebody"


def alleged(part):
    claim = base()
    Claim.objects.update(kind="allegation")
    actor = Actor.objects.create(slug="a-minister", name="A Minister", kind="person")
    ClaimActor.objects.create(claim=claim, actor=actor, part=part)


def test_an_allegation_that_only_concerns_somebody_is_found():
    alleged("concerns")
    assert told(RULE) == ["C0001: An allegation needs an actor who says it."]


def test_an_allegation_that_somebody_says_is_not_found():
    alleged("says")
    assert told(RULE) == []
