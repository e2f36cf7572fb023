"""Running the audit: every rule over every record, each finding with its answer; and keeping the result."""

from time import monotonic

from django.db import transaction

from reforms.audit import RULES
from reforms.audit.answers import Answers
from reforms.models import AuditRun, Finding

AT_ONCE = 500


def findings():
    """Yield every finding of every rule, in the order of the rules, each with its answer where it has one."""
    answers = Answers()
    *others, leftover = RULES
    for rule in others:
        yield from _answered(rule.found(), rule, answers)
    yield from leftover.found(answers)


def findings_of(rule):
    """Yield the findings of one rule, each with its answer where it has one."""
    return _answered(rule.found(), rule, Answers())


def answered_alone():
    """Return the Answers after those rules have run to which an answer is stored."""
    answers = Answers()
    for rule in [rule for rule in RULES if any(rule.name == name for name, *_ in answers.given)]:
        for _ in _answered(rule.found(), rule, answers):
            pass
    return answers


def run():
    """Run the whole audit and put its result in the place of the last one. Return the AuditRun, with its findings."""
    started = monotonic()
    found = list(findings())
    with transaction.atomic():
        kept = AuditRun.objects.create(seconds=monotonic() - started)
        for finding in found:
            finding.run = kept
        Finding.objects.bulk_create(found, batch_size=AT_ONCE)
        AuditRun.objects.exclude(pk=kept.pk).delete()
    return kept


def _answered(found, rule, answers):
    for finding in found:
        answers.answer(finding, rule)
        yield finding
