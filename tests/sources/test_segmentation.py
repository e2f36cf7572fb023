"""Text in, paragraphs out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.segmentation import propose_kind, sections, segment

lines = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])), max_size=12)


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", []),
        ("\n\n \t\n", []),
        ("\u00a0\n\u2003\u00a0\n", []),
        ("one", [(1, 0, 3, "one")]),
        ("one\n\ntwo\n", [(1, 0, 3, "one"), (2, 5, 8, "two")]),
        ("  one \u00a0\ntwo", [(1, 0, 7, "  one \u00a0"), (2, 8, 11, "two")]),
        ("one\r\ntwo\r\n", [(1, 0, 3, "one"), (2, 5, 8, "two")]),
        ("one\rtwo\u2028three\x0bfour", [(1, 0, 18, "one\rtwo\u2028three\x0bfour")]),
        ("one\r\r\n", [(1, 0, 4, "one\r")]),
        ("one\r", [(1, 0, 4, "one\r")]),
        ("Қазақ e\u0301\n𝄞", [(1, 0, 8, "Қазақ e\u0301"), (2, 9, 10, "𝄞")]),
    ],
    ids=repr,
)
def test_a_paragraph_is_a_line_that_is_not_blank(text, paragraphs):
    assert [(one.number, one.start, one.end, one.text) for one in segment(text)] == paragraphs


@given(lines, st.sampled_from(["\n", "\r\n"]))
def test_every_character_outside_paragraphs_is_white_space(parts, end):
    text = end.join(parts)
    covered = set()
    for number, one in enumerate(segment(text), start=1):
        assert one.number == number
        assert text[one.start : one.end] == one.text
        assert one.text.strip()
        covered |= set(range(one.start, one.end))
    assert all(text[at].isspace() for at in range(len(text)) if at not in covered)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("· in Nur-Sultan: for the protection of animals", "list_item"),
        ("- to political parties from among their members", "list_item"),
        ("– The President is legally obliged", "list_item"),
        ("1.The Law", "list_item"),
        ("12) twelfth", "list_item"),
        ("“We need the institution", "quotation"),
        ("2021 was a year", "paragraph"),
        ("-5 degrees", "paragraph"),
        ("Introduction", "paragraph"),
    ],
)
def test_the_kind_proposed_follows_from_the_first_characters(line, kind):
    assert propose_kind(line) == kind


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], []),
        ([None, None], [None, None]),
        ([1, None, 2, None, 2, None, 1, None], [None, 1, 1, 3, 1, 5, None, 7]),
        ([2, None, 1, None], [None, 1, None, 3]),
        ([1, 3, None, 2, None], [None, 1, 2, 1, 4]),
    ],
)
def test_a_paragraph_stands_under_the_nearest_heading_that_contains_it(levels, expected):
    assert sections(levels) == expected
