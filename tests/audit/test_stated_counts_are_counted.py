"""A package has as many items, and as many printed numbers, as the source says that there are."""

import pytest

from tests.audit.finding import answers, claims, found, told
from tests.audit.packages import package
from tests.factories import make_discrepancy

pytestmark = pytest.mark.django_db
RULE = "stated_counts_are_counted"


def test_a_missing_item_is_found():
    stating, *_ = package("1", "2", stated=3)
    assert found(RULE) == [
        ("reforms.package a-package", "3 stated, 2 recorded"),
        ("reforms.package a-package", "3 stated, 2 numbers printed"),
    ]
    assert told(RULE)[0] == "reforms.package a-package: The source says that there are 3, and 2 are recorded."
    assert (claims(RULE), answers(RULE)) == ([["C0001"], ["C0001"]], ["", ""])
    make_discrepancy(stating, kind="numbering")
    assert answers(RULE) == ["discrepancy", "discrepancy"]


def test_a_number_that_is_printed_twice_is_found():
    package("1", "2", "2", stated=3)
    assert found(RULE) == [("reforms.package a-package", "3 stated, 2 numbers printed")]
    assert claims(RULE) == [["C0001", "C0003", "C0004"]]


def test_items_whose_numbers_the_source_does_not_print_are_not_found():
    package("", "", stated=2)
    assert found(RULE) == []


def test_as_many_items_as_stated_are_not_found():
    package("1", "2", "3", stated=3)
    assert found(RULE) == []


def test_a_package_whose_count_is_not_stated_is_not_found():
    package("1", "2")
    assert found(RULE) == []


def test_items_that_readers_do_not_see_are_not_counted_which_is_found():
    *_, last = package("1", "2", stated=2)
    last.state = "in_review"
    last.save()
    assert found(RULE)[0] == ("reforms.package a-package", "2 stated, 1 recorded")
