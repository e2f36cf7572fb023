"""What a source tells as done is not dated after the last day on which the source can have been published."""

import pytest

from reforms.models import LawDate
from tests.audit.finding import claims, found, told
from tests.factories import make_claim, make_event, make_law, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db
RULE = "sources_do_not_foretell"


def milestone(date, stage="adopted", *, published="2020-05", **fields):
    source, reform = make_source("The law was adopted.", published=published), make_reform()
    claim = make_claim(source.paragraphs.get(), reforms=[reform], **fields)
    make_milestone(reform, claim, stage, date)
    return claim


def test_an_act_after_its_source_was_published_is_found():
    milestone("2020-06-01")
    assert found(RULE) == [("C0001", "reforms.milestone M0001, a-source")]
    assert told(RULE) == [
        "C0001: It is dated 2020-06-01 (reforms.milestone M0001), after a-source was published (2020-05)."
    ]
    assert claims(RULE) == [["C0001"]]


@pytest.mark.parametrize("date", ["2020-05-31", "2020", "[2020-05-31..]"])
def test_an_act_that_may_have_come_before_its_source_is_not_found(date):
    milestone(date)
    assert found(RULE) == []


def test_an_act_told_by_a_source_of_no_date_is_not_found():
    milestone("2020-06-01", published="")
    assert found(RULE) == []


def test_what_is_planned_is_not_found():
    milestone("2020-06-01", "announced", kind="planned")
    assert found(RULE) == []


@pytest.mark.parametrize(("stage", "finds"), [("in_force", 1), ("announced", 0)])
def test_a_provision_is_found_where_it_tells_of_being_in_force(stage, finds):
    milestone("2020-06-01", stage, kind="provision")
    assert len(found(RULE)) == finds


def test_a_date_of_a_law_and_an_event_that_are_told_too_early_are_found():
    source, law = make_source("The law was adopted.", published="2020-05"), make_law()
    claim = make_claim(source.paragraphs.get(), laws=[law])
    LawDate.objects.create(law=law, kind="signed", date="2021", claim=claim)
    make_event(claim, date="2020-06-01")
    assert found(RULE) == [
        ("C0001", "reforms.event an-event, a-source"),
        ("C0001", "reforms.lawdate a-law/signed/C0001, a-source"),
    ]


def test_a_source_that_is_cited_only_for_the_context_is_not_found():
    milestone("2020-06-01").citations.update(stance="context")
    assert found(RULE) == []
