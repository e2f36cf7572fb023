"""Dates are drawn as wide as they are, and no narrower."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from reforms.charts.spans import Span, drawn

DATES = {
    "2020-05-25": ([(date(2020, 5, 25), date(2020, 5, 25))], False, True),
    "2021-06": ([(date(2021, 6, 1), date(2021, 6, 30))], False, False),
    "2021-06~": ([(date(2021, 6, 1), date(2021, 6, 30))], True, False),
    "2020-05-25?": ([(date(2020, 5, 25), date(2020, 5, 25))], True, True),
    "2022": ([(date(2022, 1, 1), date(2022, 12, 31))], False, False),
    "2021-41": ([(date(2021, 7, 1), date(2021, 12, 31))], False, False),
    "2020-11-10/2020-12-04": ([(date(2020, 11, 10), date(2020, 12, 4))], False, False),
    "2022/2025": ([(date(2022, 1, 1), date(2025, 12, 31))], False, False),
    "2020-06-26/..": ([(date(2020, 6, 26), None)], False, False),
    "../2020": ([(None, date(2020, 12, 31))], False, False),
    "[2020-02-06,2020-06-02]": (
        [(date(2020, 2, 6), date(2020, 2, 6)), (date(2020, 6, 2), date(2020, 6, 2))],
        False,
        False,
    ),
    "[2020..2022]": ([(date(2020, 1, 1), date(2022, 12, 31))], False, False),
    "[2020-06-26..]": ([(date(2020, 6, 26), None)], False, False),
    "[..2020]": ([(None, date(2020, 12, 31))], False, False),
}


@pytest.mark.parametrize("value", DATES)
def test_a_date_is_drawn_as_wide_as_it_is(value):
    spans, about, point = DATES[value]
    found = drawn(value)
    assert [(span.start, span.end) for span in found.spans] == spans
    assert (found.about, found.point) == (about, point)


def test_what_has_no_date_is_not_drawn():
    assert drawn("") is None


def test_a_set_reaches_from_its_first_day_to_its_last():
    found = drawn("[2020-02-06,2020-06-02]")
    assert (found.start, found.end) == (date(2020, 2, 6), date(2020, 6, 2))
    assert [span.point for span in found.spans] == [True, True]


def test_an_open_side_has_no_day():
    assert (drawn("2020/..").start, drawn("2020/..").end) == (date(2020, 1, 1), None)
    assert not Span(None, None).point


def test_what_is_no_date_is_an_error():
    with pytest.raises(ValidationError):
        drawn("soon")
