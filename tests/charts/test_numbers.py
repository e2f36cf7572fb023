"""Printed numbers are read for drawing, and only where they can be read in one way."""

import re

import pytest

from reforms.charts.numbers import NUMBER_OR_NOTHING, read

READ = {
    "40,000": (40000, False),
    "40 000": (40000, False),
    "40\u00a0000": (40000, False),
    "1,509": (1509, False),
    "1,234,567": (1234567, False),
    "4": (4, False),
    "5%": (5, True),
    "5 %": (5, True),
    "30 percent": (30, True),
    "65.6%": (65.6, True),
    "5,8%": (5.8, True),
    "4.8 billion": (4.8e9, False),
    "about 17.6 billion": (17.6e9, False),
    "about 60%": (60, True),
    "1,509.5": (1509.5, False),
}
NOT_READ = ["", "2.345", "2,000 to 7,000", "70 to 30", "at least 1%", "eleven", "one third", "7 years", "1,50,0", "-"]


@pytest.mark.parametrize("printed", READ)
def test_a_printed_number_is_read(printed):
    number = read(printed)
    assert (number.value, number.percent) == READ[printed]


@pytest.mark.parametrize("printed", NOT_READ)
def test_what_is_no_number_or_could_be_two_is_not_read(printed):
    assert read(printed) is None


def test_the_pattern_for_the_databases_also_lets_nothing_through():
    assert re.search(NUMBER_OR_NOTHING, "")
    assert not re.search(NUMBER_OR_NOTHING, "40,000 people")
