"""A law that implements or ratifies a reform is not older than the announcement of the reform."""

import pytest

from reforms.models import LawDate, LawLink
from tests.audit.finding import answers, claims, found, told
from tests.factories import make_claim, make_discrepancy, make_law, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db
RULE = "laws_follow_their_reforms"


def base(*dates, effect="implements", announced="2020-09-01"):
    """A reform announced by C0001, and a law whose dates rest on C0002, C0003 …"""
    paragraphs = make_source("It was announced.\nThe law.\nIts signature.").paragraphs.all()
    reform, law = make_reform(), make_law()
    first, *others = [make_claim(paragraph, reforms=[reform], laws=[law]) for paragraph in paragraphs]
    make_milestone(reform, first, "announced", announced)
    LawLink.objects.create(law=law, reform=reform, effect=effect, claim=others[0])
    for (kind, date), claim in zip(dates, others, strict=False):
        LawDate.objects.create(law=law, kind=kind, date=date, claim=claim)
    return first, others


def test_a_law_that_is_older_than_the_announcement_is_found():
    base(("dated", "2020-05-25"))
    assert found(RULE) == [("reforms.law a-law", "a-reform, M0001")]
    assert told(RULE) == [
        "reforms.law a-law: All its dates are before a-reform was announced on 2020-09-01 (M0001)."
    ]  # fmt: skip
    assert claims(RULE) == [["C0001", "C0002"]]


@pytest.mark.parametrize(
    "dates",
    [
        pytest.param([("dated", "2020-09-01")], id="the-same-day"),
        pytest.param([("dated", "2020")], id="perhaps-later"),
        pytest.param([("dated", "2020-05-25"), ("signed", "2020-10")], id="one-date-later"),
        pytest.param([("drafted", "2020-05-25")], id="only-drafted"),
        pytest.param([], id="no-date"),
    ],
)
def test_a_law_that_is_not_certainly_older_is_not_found(dates):
    base(*dates)
    assert found(RULE) == []


def test_a_law_that_the_reform_repeals_is_not_found():
    base(("dated", "2020-05-25"), effect="repeals")
    assert found(RULE) == []


def test_a_law_of_a_reform_announced_before_as_well_is_not_found():
    first, _ = base(("dated", "2020-05-25"))
    source = make_source("It was announced before.", slug="another-source")
    reform = first.reform_links.get().reform
    make_milestone(reform, make_claim(source.paragraphs.get(), reforms=[reform]), "announced", "2019")
    assert found(RULE) == []


def test_a_discrepancy_between_the_announcement_and_any_date_answers_it():
    first, (dated, signed) = base(("dated", "2020-05-25"), ("signed", "2020-05-26"))
    make_discrepancy(dated, signed)
    assert answers(RULE) == [""]
    make_discrepancy(first, signed)
    assert answers(RULE) == ["discrepancy"]
