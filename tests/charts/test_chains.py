"""Chains: changes read together where one ends at what another begins with."""

from reforms.charts.chains import chains
from reforms.charts.spans import drawn
from reforms.charts.steps import Told


def told(number, before, after, date="", **fields):
    return Told(number, before, after, drawn(date), **fields)


def read_together(*changes):
    return [(chain.values, [[one.number for one in step] for step in chain.steps]) for chain in chains(changes)]


def test_two_changes_that_meet_are_a_chain():
    changes = told(1, "40,000", "20,000"), told(2, "20 000", "5,000"), told(3, "40,000", "5,000")
    assert read_together(*changes) == [(("40,000", "20,000", "5,000"), [[1], [2]])]


def test_a_step_that_two_sources_state_names_both():
    changes = told(1, "a", "b"), told(2, "B", "c"), told(3, "b", "c")
    assert read_together(*changes) == [(("a", "b", "c"), [[1], [2, 3]])]


def test_what_is_only_proposed_makes_no_chain():
    assert read_together(told(1, "7", "5"), told(2, "5", "3", happened=False)) == []


def test_a_share_does_not_follow_a_count():
    assert read_together(told(1, "7", "5"), told(2, "5%", "3%")) == []


def test_dates_that_forbid_the_order_make_no_chain():
    later, earlier = told(1, "7", "5", "2022"), told(2, "5", "3", "2020")
    assert read_together(later, earlier) == []
    assert read_together(told(1, "7", "5", "2022"), told(2, "5", "3", "2022-06")) == [(("7", "5", "3"), [[1], [2]])]


def test_changes_that_lead_round_in_a_circle_end():
    assert read_together(told(1, "a", "b"), told(2, "b", "a")) == []
    assert read_together(told(1, "x", "a"), told(2, "a", "b"), told(3, "b", "a")) == [(("x", "a", "b"), [[1], [2]])]


def test_one_change_and_a_change_without_a_side_are_no_chain():
    assert read_together(told(1, "7", "5")) == []
    assert read_together(told(1, "", "5"), told(2, "5", "")) == []
