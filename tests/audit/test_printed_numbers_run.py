"""The numbers that a source prints before the items of a package run on: none repeats, none is left out."""

import pytest

from tests.audit.finding import answers, claims, found, told
from tests.audit.packages import package
from tests.factories import make_discrepancy

pytestmark = pytest.mark.django_db
RULE = "printed_numbers_run"


@pytest.mark.parametrize(
    ("numbers", "abouts", "whose"),
    [
        pytest.param("1 2 2 3", ["2, 2"], [["C0003", "C0004"]], id="repeats"),
        pytest.param("1 1 1 2", ["1, 1"], [["C0002", "C0003", "C0004"]], id="repeats-twice"),
        pytest.param("1 2 4", ["2, 4"], [["C0003", "C0004"]], id="is-left-out"),
        pytest.param("1 3 2", ["1, 3", "3, 2"], [["C0002", "C0003"], ["C0003", "C0004"]], id="goes-back"),
        pytest.param("1 2 3 3 5", ["3, 3, 5"], [["C0004", "C0005"]], id="repeats-and-is-made-good"),
        pytest.param("1 1 2 4", ["1, 1", "2, 4"], [["C0002", "C0003"], ["C0004", "C0005"]], id="both-apart"),
        pytest.param("2 3", ["2 comes first"], [["C0002"]], id="begins-late"),
        pytest.param("1. 2) 4.", ["2, 4"], [["C0003", "C0004"]], id="with-signs"),
    ],
)
def test_numbers_that_do_not_run_on_are_found(numbers, abouts, whose):
    package(*numbers.split())
    assert found(RULE) == [("reforms.package a-package", about) for about in abouts]
    assert claims(RULE) == whose


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param(["1", "2", "3"], id="run-on"),
        pytest.param(["", "", ""], id="none-printed"),
        pytest.param(["1", "", "2"], id="one-not-printed"),
        pytest.param(["a", "b"], id="no-numbers"),
        pytest.param([], id="no-items"),
    ],
)
def test_numbers_that_run_on_are_not_found(numbers):
    package(*numbers)
    assert found(RULE) == []


def test_a_discrepancy_of_the_items_answers_it():
    *_, third, fourth, _ = package("1", "2", "3", "3", "5")
    assert told(RULE) == ["reforms.package a-package: The printed numbers do not run on: 3, 3, 5."]
    make_discrepancy(third, fourth, kind="numbering")
    assert answers(RULE) == ["discrepancy"]
