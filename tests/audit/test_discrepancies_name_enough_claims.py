"""A contradiction or a different scope stands between two claims at least."""

import pytest

from tests.audit.finding import base, told
from tests.factories import make_discrepancy

pytestmark = pytest.mark.django_db
RULE = "discrepancies_name_enough_claims"


def test_a_contradiction_of_one_claim_is_found():
    make_discrepancy(base())
    assert told(RULE) == ["D0001: A discrepancy of the kind “contradiction” needs 2 or more claims."]


def test_a_misprint_in_one_claim_is_not_found():
    make_discrepancy(base(), kind="misprint")
    assert told(RULE) == []
