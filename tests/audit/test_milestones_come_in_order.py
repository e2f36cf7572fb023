"""No reform reaches a later stage before an earlier one."""

import pytest

from tests.audit.finding import answers, claims, found, told
from tests.factories import make_claim, make_discrepancy, make_milestone, make_reform, make_source

pytestmark = pytest.mark.django_db
RULE = "milestones_come_in_order"


def base(*milestones):
    """One reform with these milestones, M0001 on C0001 and so on. Return the claims."""
    source, reform = make_source("\n".join(f"Sentence {at}." for at in range(len(milestones)))), make_reform()
    made = [make_claim(paragraph, reforms=[reform]) for paragraph in source.paragraphs.all()]
    for claim, (stage, date) in zip(made, milestones, strict=True):
        make_milestone(reform, claim, stage, date)
    return made


def test_an_adoption_before_the_announcement_is_found():
    made = base(("adopted", "2020-05-25"), ("announced", "2020-09-01"))
    assert found(RULE) == [("reforms.reform a-reform", "adopted M0001, announced M0002")]
    assert told(RULE) == [
        "reforms.reform a-reform: It is adopted on 2020-05-25 (M0001), before it is announced on 2020-09-01."
    ]
    assert (claims(RULE), answers(RULE)) == ([["C0001", "C0002"]], [""])
    make_discrepancy(*made)
    assert answers(RULE) == ["discrepancy"]


@pytest.mark.parametrize(
    "milestones",
    [
        pytest.param([("announced", "2020-05-25"), ("adopted", "2020-05-25")], id="the-same-day"),
        pytest.param([("adopted", "2020"), ("announced", "2020-09-01")], id="perhaps-in-order"),
        pytest.param([("adopted", "2020-05-25"), ("announced", "")], id="undated"),
        pytest.param([("announced", "2019"), ("adopted", "2020-05"), ("announced", "2021")], id="announced-again"),
        pytest.param([("withdrawn", "2019"), ("announced", "2020")], id="a-stop"),
    ],
)
def test_milestones_that_may_be_in_order_are_not_found(milestones):
    base(*milestones)
    assert found(RULE) == []


def test_milestones_of_two_reforms_are_not_compared_and_not_found():
    base(("adopted", "2020-05-25"))
    other = make_reform("another-reform")
    source = make_source("It was announced.", slug="another-source")
    make_milestone(other, make_claim(source.paragraphs.get(), reforms=[other]), "announced", "2021")
    assert found(RULE) == []
