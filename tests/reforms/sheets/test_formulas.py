"""What must not become a formula, what must stay as it is, and the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reforms.sheets.formulas import defused, restored


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "\rx", "\nx", " =1", "\u00a0=1", "\u200b=1",
        "\ufeff=1", "\u202e=1", "\x01=1", "＝1", "－x", "＋x", "＠x", "﹦1", "'=1", "''=1", " '=1", "'\tx", "--5",
        "-5+1", "=", "-", "-x",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_compute_is_defused_and_can_be_undone(text):
    assert defused(text) == f"'{text}"
    assert defused(defused(text)) == f"''{text}"
    assert restored(f"'{text}") == text


@pytest.mark.parametrize(
    "text", ["", "x=1", "-5", "+5", "-5.5", "-40,000", "-3%", "'x", "'-5", "«=»", "2020-05-25", "[-"]
)
def test_what_is_no_formula_stays(text):
    assert defused(text) == text
    assert restored(text) == text


@given(st.text(alphabet="'=-+@ \t\n\r5x\u200b＝,%") | st.text())
def test_whatever_the_text_the_way_back_gives_it_again(text):
    assert restored(defused(text)) == text
