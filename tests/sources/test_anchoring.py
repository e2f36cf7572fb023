"""Quotes to spans and back."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.anchoring import QuoteAmbiguous, QuoteNotFound, Selector, anchor, anchor_pasted, select
from sources.segmentation import segment

TEXTS = Path(__file__).parents[2] / "fixtures" / "texts"
PARAGRAPHS = [one.text for path in sorted(TEXTS.glob("*.txt")) for one in segment(path.read_bytes().decode())]
ODD = "aab \u00a0«»“”‘’·–—©ёқңҒé\u0301\u0327\u200b👩‍👧𝄞저"
some_text = st.one_of(
    st.text(st.sampled_from(ODD), min_size=1, max_size=80),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80),
    st.sampled_from(PARAGRAPHS),
)


@pytest.mark.parametrize(
    ("quote", "text", "context", "span"),
    [
        ("May 25", "dated May 25, 2020", {}, (6, 12)),
        ("a", "a b a", {"prefix": "b "}, (4, 5)),
        ("a", "a b a", {"suffix": " b"}, (0, 1)),
        ("aa", "aaab", {"suffix": "b"}, (1, 3)),
        ("«Elections« dated", "On «Elections« dated", {}, (3, 20)),
        ("𝄞", "x𝄞y", {}, (1, 2)),
    ],
)
def test_a_quote_that_stands_once_gives_its_span(quote, text, context, span):
    assert anchor(quote, text, **context) == span


@pytest.mark.parametrize(
    ("quote", "text", "context"),
    [
        ("May", "may", {}),
        ("a b", "a\u00a0b", {}),
        ("é", "e\u0301", {}),
        ("", "anything", {}),
        ("a", "a b", {"suffix": "x"}),
    ],
    ids=["case", "no-break space", "composed", "nothing", "wrong suffix"],
)
def test_a_quote_is_never_moved_to_a_look_alike(quote, text, context):
    with pytest.raises(QuoteNotFound, match=r"^Quote not found"):
        anchor(quote, text, **context)


def test_a_wrong_prefix_is_told_from_wrong_words():
    with pytest.raises(QuoteNotFound, match="holds these words, but not directly after the prefix"):
        anchor("b", "a b c", prefix="x ")


@pytest.mark.parametrize(("quote", "text", "count"), [("a", "a b a", 2), ("aa", "aaaa", 3)])
def test_a_quote_that_repeats_is_refused_with_its_count(quote, text, count):
    with pytest.raises(QuoteAmbiguous, match=f"^Quote found {count} times"):
        anchor(quote, text)


@given(some_text, st.data(), st.integers(0, 40))
def test_any_span_goes_to_a_selector_and_back(text, data, context):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    selector = select(text, start, end, context=context)
    assert selector.quote == text[start:end]
    assert anchor(selector.quote, text, prefix=selector.prefix, suffix=selector.suffix) == (start, end)


def test_a_selector_holds_no_more_context_than_it_needs():
    assert select("one two one", 4, 7) == Selector("", "two", "")
    assert select("one two one", 0, 3) == Selector("", "one", " ")
    assert select("one two one", 8, 11, context=4) == Selector("two ", "one", "")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (0, 9), (-1, 2)])
def test_a_span_outside_the_text_has_no_selector(start, end):
    with pytest.raises(ValueError, match="span"):
        select("text", start, end)


def test_words_pasted_from_a_browser_may_have_plain_spaces_for_no_break_spaces():
    text = "nine\u00a0packages as\u00a0below, nine packages"
    assert anchor_pasted("packages as below", text) == (5, 22)
    assert anchor_pasted("nine packages", text) == (24, 37)
    with pytest.raises(QuoteAmbiguous):
        anchor_pasted("nine\u2003packages", text)
    with pytest.raises(QuoteNotFound):
        anchor_pasted("nine  packages", text)
