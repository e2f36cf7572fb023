"""Every word that a reader meets has a meaning, on the About page and in docs/methodology.md, and it is the same."""

import re
from pathlib import Path

import pytest
from django.utils.html import escape

from reforms.meanings import (
    CLAIM_KINDS,
    DISCREPANCY_KINDS,
    DISCREPANCY_STATES,
    MEANINGS,
    NO_CLAIM_REASONS,
    STAGES,
    STANCES,
    STRENGTHS,
)
from reforms.models import Citation, Claim, Discrepancy, NoClaim
from reforms.stages import Stage

METHODOLOGY = (Path(__file__).parents[1] / "docs" / "methodology.md").read_text()
CHOICES = [
    (STAGES, Stage),
    (CLAIM_KINDS, Claim.Kind),
    (STANCES, Citation.Stance),
    (STRENGTHS, Citation.Strength),
    (DISCREPANCY_KINDS, Discrepancy.Kind),
    (DISCREPANCY_STATES, Discrepancy.State),
    (NO_CLAIM_REASONS, NoClaim.Reason),
]


@pytest.mark.parametrize(("meanings", "choices"), CHOICES, ids=[choices.__qualname__ for _, choices in CHOICES])
def test_every_choice_has_a_meaning_in_its_order(meanings, choices):
    assert list(meanings) == list(choices)
    assert meanings in MEANINGS


def test_the_methodology_says_each_meaning_and_no_other():
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", METHODOLOGY, re.MULTILINE)
    written = [row for row in rows if row[1] not in ("meaning", "---")]
    known = [(choice.label, meaning) for meanings in MEANINGS for choice, meaning in meanings.items()]
    assert len(known) == 34
    assert sorted(written) == sorted(known)


@pytest.mark.django_db
def test_the_about_page_says_each_meaning(client):
    text = client.get("/about/").content.decode()
    for meanings in MEANINGS:
        for choice, meaning in meanings.items():
            assert f"<dd>{escape(meaning)}</dd>" in text, choice
