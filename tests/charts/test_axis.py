"""The timeline's marks, and the bars of the years."""

from datetime import date

from reforms.charts.axis import Bundle, axis
from reforms.charts.spans import drawn
from reforms.charts.years import bars, densest

KINDS = {"event": "event", "adopted": "adopted"}


def lanes(*bundles, first=date(2020, 1, 1), last=date(2020, 12, 31)):
    return axis(list(bundles), KINDS, first, last, 14 + 366 + 14).lanes


def mark(value, number=1, **days):
    [lane] = lanes(Bundle("event", drawn(value), number), **days)
    return lane.marks[0]


def test_a_day_is_a_point_and_a_year_a_bar_as_wide_as_the_year():
    assert mark("2020-01-01").points == ["M9.5 57a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z"]
    assert mark("2020").bars == ["M14 50.5V63.5H380V50.5z"]
    assert mark("2020").points == []


def test_a_month_and_a_half_year_are_as_wide_as_they_are():
    assert mark("2020-02").bars == ["M45 50.5V63.5H74V50.5z"]
    assert mark("2020-41").bars == ["M196 50.5V63.5H380V50.5z"]


def test_what_goes_on_beyond_the_axis_or_has_no_end_is_pointed_there():
    for value in ("2020-07-01/2025", "2020-07-01/..", "[2020-07-01..]"):
        assert mark(value).bars == ["M196 50.5V63.5H375L380 57L375 50.5z"]
    assert mark("2019/2020-06").bars == ["M19 50.5L14 57L19 63.5H196V50.5z"]


def test_one_of_two_days_is_two_points_that_are_joined():
    found = mark("[2020-02-06,2020-06-02]", 2)
    assert len(found.points) == 2
    assert found.join == (50.5, 57, 167.5, 57)
    assert found.number == (175.5, 61)


def test_of_a_set_only_the_days_within_the_axis_are_drawn():
    found = mark("[2019-02-06,2020-06-02]")
    assert len(found.points) == 1
    assert found.join is None


def test_several_at_one_date_are_one_mark_with_their_number():
    found = mark("2020-09-01", 16)
    assert (found.number, found.inside) == ((258.5, 61), True)
    assert mark("2020-09-01").number is None
    assert not mark("2020-02-01/2020-02-03", 4).inside


def test_kinds_have_lanes_in_their_order_and_what_overlaps_rows():
    found = lanes(
        Bundle("adopted", drawn("2020"), 1),
        Bundle("event", drawn("2020-06-01"), 1),
        Bundle("event", drawn("2020-06-02"), 1),
    )
    assert [(lane.label, lane.y) for lane in found] == [("event", 24), ("adopted", 98)]
    assert [mark.points[0].split("a")[0] for mark in found[0].marks] == ["M161.5 57", "M162.5 79"]


def test_what_is_outside_the_axis_is_not_drawn_and_leaves_no_lane():
    assert lanes(Bundle("event", drawn("2019"), 1), Bundle("adopted", drawn("../2019"), 1)) == []


def test_a_lane_does_not_grow_without_end():
    [lane] = lanes(*(Bundle("event", drawn("2020"), 1, words=str(n)) for n in range(40)))
    assert len(lane.marks) == 40
    assert axis([m.bundle for m in lane.marks], KINDS, date(2020, 1, 1), date(2020, 12, 31), 400).height == 384


def test_the_densest_years_in_a_row_are_found():
    assert densest({1984: 1, 2001: 2, 2019: 28, 2020: 66, 2021: 59, 2022: 11, 2023: 4}, 5) == (2019, 2023)
    assert densest({2019: 1, 2021: 3}, 5) == (2019, 2021)
    assert densest({2000: 1, 2020: 1}, 5) == (2016, 2020)


def test_each_year_has_a_bar_also_where_there_is_nothing():
    found = bars({2019: 2, 2021: 4}, 2021, 2021)
    assert [(bar.first, bar.number, bar.shown) for bar in found] == [
        (2019, 2, False),
        (2020, 0, False),
        (2021, 4, True),
    ]
    assert [bar.height for bar in found] == [23, 0, 46]


def test_many_years_are_taken_ten_at_a_time():
    found = bars({1900: 1, 1999: 1, 2023: 1}, 1990, 1999)
    assert [(bar.first, bar.last) for bar in found][-1] == (2020, 2029)
    assert [bar.first for bar in found if bar.shown] == [1990]
    assert len(found) == 13


def test_a_chart_of_years_is_as_wide_as_its_bars():
    assert bars({2022: 5}, 2022, 2022)[-1].edge == 84
    assert bars(dict.fromkeys(range(1990, 2024), 1), 2022, 2022)[-1].edge == 960
