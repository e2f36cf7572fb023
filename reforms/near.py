"""What is there already that speaks of the same: claims, reforms and sources whose words are near."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Near:
    """A record and how near its words are: 0 to 100."""

    record: Any
    score: float


def near_claims(text, *, at_most=5, leaving_out=()):
    """Return the claims whose words are nearest to `text`, the nearest first, as a list of Near.

    Drafts are among them, retracted and merged claims are not. `leaving_out`: keys of claims.
    """
    return []


def near_reforms(text, *, at_most=5):
    """As `near_claims`, for reforms: by their own words, and by those of the claims about them."""
    return []


def near_sources(text, *, at_most=3, leaving_out=()):
    """Return accepted sources that share much of `text` (a whole document): Near by the share of its paragraphs."""
    return []
