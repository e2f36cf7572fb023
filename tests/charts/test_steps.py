"""The step chart: a step only at what a change states, bands for dates wider than a day, the undated apart."""

import pytest

from reforms.charts.spans import drawn
from reforms.charts.steps import Told, step_chart


def told(number, before, after, date="", **fields):
    return Told(number, before, after, drawn(date), **fields)


def chart(*changes, chains=()):
    return step_chart(list(changes), 340, 210, chains)


def marks(*changes):
    return {mark.told.number: mark for mark in chart(*changes).marks}


def test_a_day_is_a_step_between_two_levels_and_no_band():
    mark = marks(told(1, "40,000", "20,000", "2020-07-01"))[1]
    [before, after, step] = mark.lines
    assert mark.band is None
    assert before[1] == before[3] == step[1] == 36
    assert after[1] == after[3] == step[3] == 112
    assert before[2] == step[0] == step[2] == after[0]
    assert (before[2] - before[0], after[2] - after[0]) == (22, 22)


def test_a_year_is_a_band_of_the_year_with_the_levels_outside_it():
    mark = marks(told(1, "40,000", "20,000", "2020"), told(2, "1", "2", "2022-01-01"), told(3, "1", "2", "2018-01-01"))[
        1
    ]
    [before, after] = mark.lines
    left, top, width, height = mark.band
    assert before[2] == left
    assert after[0] == pytest.approx(left + width)
    assert (top, top + height) == (36, 112)
    assert width == pytest.approx((340 - 14 - 52.4) * 366 / 1826, abs=0.2)


def test_an_open_end_is_a_band_to_the_edge():
    left, _top, width, _height = marks(told(1, "", "20", "2020-07-01/.."), told(2, "", "10", "2021"))[1].band
    assert left + width == 340 - 14


def test_a_change_without_a_date_stands_apart_from_the_dated_ones():
    found = chart(told(1, "40", "20", "2020-05-25"), told(2, "20", "5"), told(3, "", "5"))
    places = {mark.told.number: mark.key[0] - 8 for mark in found.marks}
    assert found.undated == (198, 326)
    assert places[1] < found.undated[0] < places[2] < places[3]
    assert [label for _x, label in found.ticks] == ["Jan 2020", "Jul 2020"]


def test_where_nothing_has_a_date_there_is_no_axis_of_time():
    found = chart(told(1, "40", "20"), told(2, "", "30"))
    assert found.ticks == []
    assert found.undated == (found.left, found.right)


def test_levels_are_what_is_printed_and_nought():
    found = chart(told(1, "40,000", "20,000"), told(2, "20 000", "5,000"))
    assert [label for _y, _text, label in found.levels] == ["0", "40,000", "20,000", "5,000"]


def test_a_chain_is_joined_at_the_value_that_both_state_and_nothing_else_is():
    changes = told(1, "40", "20", "2020-05-25"), told(2, "20", "5"), told(3, "40", "5")
    found = chart(*changes, chains=[[[1], [2]]])
    [(x1, y1, x2, y2)] = found.joints
    assert y1 == y2 == 112
    assert x1 < x2
    assert chart(*changes).joints == []


def test_a_link_to_what_is_not_drawn_is_not_drawn():
    found = chart(told(1, "40", "20"), told(2, "20", "few"), told(3, "", "5"), chains=[[[1], [2]]])
    assert found.joints == []


def test_a_side_that_is_not_stated_is_not_drawn():
    mark = marks(told(1, "", "20", "2020-05-25"), told(2, "40", ""))[1]
    assert len(mark.lines) == 1
    assert mark.before_path == ""


def test_words_and_single_numbers_make_no_chart():
    assert chart(told(1, "permission", "notification"), told(2, "", "5")) is None
    assert chart() is None


def test_percent_and_counts_do_not_share_an_axis():
    found = chart(told(1, "7%", "5%"), told(2, "", "40"), told(3, "6%", "3%"))
    assert [mark.told.number for mark in found.marks] == [1, 3]


def test_many_changes_make_the_chart_wider_and_not_their_columns_too_narrow():
    assert step_chart([told(n, "", str(n)) for n in range(1, 31)], 340, 210).width == 881
