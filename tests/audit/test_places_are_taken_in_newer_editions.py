"""What stands in the place of a citation is cited from a newer edition of its source, and nobody said none does."""

import pytest

from reforms.models import Citation
from sources.models import Source
from tests.audit.editions import editions
from tests.audit.finding import found, told
from tests.factories import cite, make_source

pytestmark = pytest.mark.django_db
RULE = "places_are_taken_in_newer_editions"


@pytest.fixture
def carried():
    """C0001.3 stands in the place of C0001.1."""
    claim, newer = editions()
    return cite(claim, newer, "It is so.", carries=claim.citations.get(number=1))


def test_a_place_that_is_taken_in_a_newer_edition_is_right(carried):
    third = make_source("It is so. It is so!", slug="third", supersedes=Source.objects.get(slug="second"))
    second = Citation.objects.get(number=2)
    cite(carried.claim, third.paragraphs.get(), "It is so!", carries=second)
    assert found(RULE) == []


def test_a_place_that_is_taken_elsewhere_is_found(carried):
    Source.objects.update(supersedes=None)
    words = "C0001.3: It stands in the place of C0001.1, and its source is no newer edition of that one's."
    assert told(RULE) == [words]


def test_editions_that_lead_round_are_found_out_of(carried):
    first, second = Source.objects.order_by("slug")
    Source.objects.filter(pk=first.pk).update(supersedes=second)
    Citation.objects.filter(pk=carried.pk).update(carries=None)
    Citation.objects.filter(number=1).update(carries=carried)
    assert found(RULE) == []


def test_a_reason_why_nothing_stands_there_is_found_where_something_does(carried):
    Citation.objects.filter(number=1).update(not_carried="It is gone there.")
    assert found(RULE) == [("C0001.1", "C0001.3")]
