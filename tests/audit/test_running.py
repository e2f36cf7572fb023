"""A whole run: its findings in order, kept in the place of the last run's, and what a load makes of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reforms.audit import RULES
from reforms.audit.running import findings, run
from reforms.models import AuditRun, Finding
from tests.audit.finding import base
from tests.factories import make_reform, make_world

pytestmark = pytest.mark.django_db


def kept():
    return list(Finding.objects.values_list("severity", "rule", "record"))


def test_a_sound_base_has_no_findings():
    base()
    assert list(findings()) == []


def test_a_run_keeps_its_findings_the_worst_first():
    make_reform("another-reform")
    base().citations.update(stance="context")
    before = AuditRun.objects.count()
    last = run()
    assert kept() == [
        ("broken", "published_claims_are_supported", "C0001"),
        ("unfinished", "shown_subjects_have_words", "reforms.reform another-reform"),
    ]
    assert (before, AuditRun.objects.get()) == (0, last)
    assert last.seconds > 0


def test_a_run_takes_the_place_of_the_last_one():
    reform = make_reform("another-reform")
    first = run()
    reform.delete()
    assert run() != first
    assert (kept(), AuditRun.objects.count()) == ([], 1)


def queries():
    """How many queries each rule takes; not of the one that asks each record's own rules, which ask in turn."""
    counted = {}
    for rule in RULES:
        with CaptureQueriesContext(connection) as seen:
            list(rule.found())
        counted[rule.name] = len(seen)
    del counted["records_are_clean"]
    return counted


def test_every_rule_asks_as_much_of_a_large_base_as_of_a_small_one():
    make_world(2, each=2)
    few = queries()
    make_world(6, each=3)
    assert queries() == few
