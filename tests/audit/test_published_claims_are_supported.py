"""Every published claim has a supporting citation."""

import pytest

from tests.audit.finding import base, told
from tests.factories import make_claim

pytestmark = pytest.mark.django_db
RULE = "published_claims_are_supported"


def test_a_published_claim_without_support_is_found():
    base().citations.update(stance="context")
    assert told(RULE) == ["C0001: A published claim needs at least one supporting citation."]


def test_a_draft_without_support_is_not_found():
    base()
    make_claim(published=False)
    assert told(RULE) == []
