"""Ratios and the table of them."""

import pytest

from benchmarks.load import get, whole
from benchmarks.table import Row, markdown, rows


def test_a_ratio_is_of_the_medians_and_not_of_the_means():
    row = Row("list", "first", ours=[90, 10, 80], its=[100, 1000, 50], ours_cost=[2, 3, 9], its_cost=[6, 6, 1])
    assert row.ratio == 0.8
    assert row.cost_ratio == 2.0
    assert row.met


def test_what_was_not_measured_is_not_met():
    row = Row("search", "again", its=[3.0])
    assert row.ratio is None
    assert not row.met


def test_the_table_says_what_was_measured_beside_its_goal():
    row = Row("record", "again", ours=[2500, 2400, 9000], its=[1000, 900, 1100], ours_cost=[1], its_cost=[2.5])
    assert markdown([row]).splitlines()[2:] == [
        "| record | again | 2,500.0 | Datasette 1,000.0 | 2.50 | 2.5 | yes | 1,000.0 | 2.50 | 2.50 |"
    ]
    unmeasured = markdown(rows()).splitlines()[-1]
    assert unmeasured == "| unchanged | again | – | empty view – | – | 0.7 | not measured | – | – | – |"


def test_goals_are_held_against_the_yardstick_as_it_answers_unless_told_otherwise():
    row = Row("list", "again", ours=[60], its=[100], usual=[5])
    assert (row.ratio, row.lean_ratio, row.met) == (12.0, 0.6, True)
    assert "| 60.0 | Datasette 5.0 | 12.00 | 6.0 | yes | 100.0 | 0.60 |" in markdown([row])


@pytest.mark.parametrize(
    ("read", "ended", "answer"),
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Le", False, None, id="headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", False, None, id="part"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", False, (200, b"abc"), id="length"),
        pytest.param(b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", False, (304, b""), id="unchanged"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", False, None, id="chunk"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\nabc", False, None, id="open"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\nabc", True, (200, b"abc"), id="closed"),
    ],
)
def test_an_answer_is_whole_when_all_of_it_has_come(read, ended, answer):
    got = whole(read, ended=ended)
    assert (got and (got[0], got[2])) == answer


def test_a_request_names_its_headers():
    assert get(8000, "/a", If_None_Match='"x"') == (
        b'GET /a HTTP/1.1\r\nHost: 127.0.0.1:8000\r\nAccept: application/json\r\nIf-None-Match: "x"\r\n\r\n'
    )
