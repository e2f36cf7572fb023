"""Two public changes of one parameter that may be of the same time and scope tell the same values, or are two steps."""

import pytest

from reforms.models import Parameter, ParameterChange
from tests.audit.finding import answers, claims, found, told
from tests.factories import make_claim, make_discrepancy, make_reform, make_source

pytestmark = pytest.mark.django_db
RULE = "values_agree"
FIRST = {
    "before": "40,000",
    "after": "20,000",
    "unit": "members",
    "scope": "registration of parties",
    "date": "2020-05",
}


def changes(*changed, published=True):
    """FIRST, and beside it FIRST with each of `changed`, on C0001, C0002 … Return the claims."""
    reform = make_reform()
    parameter = Parameter.objects.create(slug="members", name="Members", reform=reform)
    source = make_source("\n".join(f"Sentence {at}." for at in range(1 + len(changed))))
    made = [make_claim(one, reforms=[reform], published=published) for one in source.paragraphs.all()]
    for claim, values in zip(made, [{}, *changed], strict=True):
        ParameterChange.objects.create(parameter=parameter, claim=claim, **FIRST | values)
    return made


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"after": "5,000"}, id="after"),
        pytest.param({"before": "50,000"}, id="before"),
        pytest.param({"after": "5,000", "date": ""}, id="no-date"),
        pytest.param({"after": "5,000", "date": "2020"}, id="date-overlaps"),
        pytest.param({"after": "5,000", "unit": ""}, id="no-unit"),
        pytest.param({"after": "5,000", "unit": "party members"}, id="unit-in-other-words"),
        pytest.param({"after": "5,000", "scope": "a party"}, id="scope-in-other-words"),
        pytest.param({"after": "notification"}, id="words"),
    ],
)
def test_two_values_for_what_may_be_the_same_are_found(changed):
    changes(changed)
    assert found(RULE) == [("reforms.parameter members", "C0001 C0002")]
    assert claims(RULE) == [["C0001", "C0002"]]


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"before": "", "after": "20 000"}, id="before-not-stated"),
        pytest.param({"before": "forty thousand", "after": "20\u00a0000"}, id="in-another-form"),
        pytest.param({"before": "20,000", "after": "5,000"}, id="the-next-step"),
        pytest.param({"before": "50,000", "after": "40,000"}, id="the-step-before"),
        pytest.param({"after": "5,000", "date": "2021"}, id="another-time"),
        pytest.param({"after": "5,000", "unit": "signatures"}, id="another-unit"),
        pytest.param({"after": "5,000", "scope": "to enter the Mazhilis"}, id="another-scope"),
    ],
)
def test_values_that_agree_or_are_of_something_else_are_not_found(changed):
    changes(changed)
    assert found(RULE) == []


def test_values_that_readers_do_not_see_are_not_found():
    changes({"after": "5,000"}, published=False)
    assert found(RULE) == []


def test_each_two_that_differ_are_found_and_a_discrepancy_answers_those_that_it_holds():
    first, second, _ = changes({"after": "5,000"}, {"after": "6,000"})
    make_discrepancy(first, second)
    assert told(RULE)[0] == (
        "reforms.parameter members: 40,000 → 20,000 (C0001), and 40,000 → 5,000 (C0002)."
    )  # fmt: skip
    assert [about for _, about in found(RULE)] == ["C0001 C0002", "C0001 C0003", "C0002 C0003"]
    assert answers(RULE) == ["discrepancy", "", ""]
