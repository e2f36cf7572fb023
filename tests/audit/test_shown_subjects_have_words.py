"""Every reform, law, actor and event is named by a claim."""

import pytest

from reforms.models import ClaimEvent, Severity
from tests.audit.finding import base, rule, told
from tests.factories import make_event, make_reform

pytestmark = pytest.mark.django_db
RULE = "shown_subjects_have_words"


def test_a_reform_or_event_that_no_claim_names_is_found():
    make_event(base())
    make_reform("another-reform")
    assert told(RULE) == [
        "reforms.reform another-reform: No claim names this reform.",
        "reforms.event an-event: No claim names this event.",
    ]
    assert rule(RULE).severity is Severity.UNFINISHED


def test_what_a_claim_names_is_not_found():
    claim = base()
    ClaimEvent.objects.create(claim=claim, event=make_event(claim))
    assert told(RULE) == []
