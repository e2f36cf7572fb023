"""Every citation of a source with a newer edition has its place taken there, or somebody said why none has."""

import pytest

from reforms.models import Citation
from sources.models import Source
from tests.audit.editions import editions
from tests.audit.finding import found, told
from tests.factories import cite

pytestmark = pytest.mark.django_db
RULE = "newer_editions_are_followed"


def test_a_citation_of_an_older_edition_is_found_until_somebody_looked():
    claim, newer = editions()
    assert found(RULE) == [("C0001.1", "second"), ("C0001.2", "second")]
    assert told(RULE)[0] == "C0001.1: Nobody has said what became of these words in the newer edition second."
    cite(claim, newer, "It is so.", carries=claim.citations.get(number=1))
    assert found(RULE) == [("C0001.2", "second")]
    Citation.objects.filter(number=2).update(not_carried="It is gone there.")
    assert found(RULE) == []


def test_where_the_newer_edition_waits_nothing_waits_for_it():
    editions()
    third = Source(slug="third", name="Third", supersedes=Source.objects.get(slug="second"))
    third.receive(b"It will be so.")
    third.save()
    Citation.objects.update(not_carried="Looked at.")
    assert found(RULE) == []
