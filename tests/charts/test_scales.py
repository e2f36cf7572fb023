"""Places of days and values, names along an axis, rows for what would overlap."""

from datetime import date

from reforms.charts.scales import TimeScale, ValueScale, apart, rows


def year(first, last, left=0, right=365):
    return TimeScale(date(first, 1, 1), date(last, 12, 31), left, right)


def test_a_day_begins_where_the_one_before_it_ends():
    scale = year(2021, 2021)
    assert [scale.at(date(2021, 1, 1)), scale.at(date(2021, 2, 1)), scale.at(date(2021, 12, 31))] == [0, 31, 364]
    assert [scale.at_end(date(2021, 1, 31)), scale.at_end(date(2021, 12, 31))] == [31, 365]
    assert scale.middle(date(2021, 1, 1)) == 0.5


def test_what_lies_outside_stands_at_the_nearer_end():
    scale = year(2021, 2021, 10, 375)
    assert [scale.at(date(1990, 1, 1)), scale.at(date(2030, 1, 1)), scale.at_end(date.max)] == [10, 375, 375]


def test_months_are_named_where_there_is_room_and_years_where_not():
    assert year(2021, 2021, 0, 800).ticks()[:2] == [(0, "Jan 2021"), (67.9, "Feb 2021")]
    assert [label for _x, label in year(2021, 2021, 0, 130).ticks()] == ["Jan 2021", "Jul 2021"]
    assert year(2021, 2022, 0, 100).ticks() == [(0, "2021"), (50, "2022")]
    assert [label for _x, label in year(1984, 2023, 0, 200).ticks()] == ["1990", "2000", "2010", "2020"]


def test_a_very_long_axis_still_has_few_names():
    assert len(TimeScale(date.min, date.max, 0, 900).ticks()) <= 23


def test_values_begin_at_nought():
    scale = ValueScale(40, top=10, bottom=110)
    assert [scale.at(0), scale.at(20), scale.at(40)] == [110, 60, 10]
    assert ValueScale(0, 10, 110).at(0) == 110


def test_names_too_near_to_one_before_are_left_out():
    assert apart([(0, "a"), (5, "b"), (13, "c")], 13) == [(0, "a"), (13, "c")]


def test_what_overlaps_goes_to_the_next_free_row():
    assert rows([(0, 10), (11, 20), (13, 30), (14, 15), (40, 50)], 2) == [0, 1, 0, 2, 0]
    assert rows([], 2) == []
