"""Texts of a synthetic base: the words of the shipped texts, as often as they stand there, in no order."""

import re
from bisect import bisect
from collections import Counter
from functools import cache
from itertools import accumulate
from pathlib import Path

TEXTS = Path(__file__).resolve().parents[1] / "fixtures" / "texts"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LONGEST = 600  # characters of a paragraph, of which the shipped ones have 260 in the middle


@cache
def vocabulary():
    """Return (words, cumulative weights) of the shipped texts, the most frequent word first."""
    texts = [path.read_text() for path in sorted(TEXTS.glob("*.txt"))]
    counted = Counter(re.findall(r"[a-z]+", " ".join(texts).lower()))
    ordered = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0]))
    return [word for word, _ in ordered], list(accumulate(count for _, count in ordered))


def sentence(rng, size):
    """Return a sentence of `size` words."""
    words, weights = vocabulary()
    last = weights[-1]
    text = " ".join([words[bisect(weights, rng.random() * last)] for _ in range(size)])
    return text[0].upper() + text[1:] + "."


def paragraph(rng):
    """Return the text of a paragraph: one sentence to five."""
    return " ".join([sentence(rng, rng.randint(6, 22)) for _ in range(rng.choice((1, 2, 3, 3, 5)))])[:LONGEST]


def quoted(rng, text):
    """Return a span (start, end) of `text`: whole words, some 85 characters where there are as many."""
    start = text.rstrip().find(" ", rng.randrange(len(text))) + 1
    end = text.find(" ", start + rng.randint(30, 130))
    return start, end if end > 0 else len(text)


def name(number):
    """Return a slug part without digits: 0 → a, 25 → z, 26 → ba."""
    return LETTERS[number] if number < 26 else name(number // 26) + LETTERS[number % 26]
