"""What one rule of the audit finds, in a form that tests compare with literals."""

from django.db import connection

from reforms.audit import RULES
from reforms.audit.running import findings_of
from reforms.models import NoClaim
from reforms.triggers import REFORMS_TRIGGERS
from sources.triggers import SOURCES_TRIGGERS
from tests.factories import make_claim, make_milestone, make_reform, make_source


def rule(name):
    """The rule of this name."""
    return next(rule for rule in RULES if rule.name == name)


def found(name):
    """Record and `about` of each finding of a rule."""
    return [(finding.record, finding.about) for finding in findings_of(rule(name))]


def told(name):
    """Each finding of a rule as one line."""
    return [str(finding) for finding in findings_of(rule(name))]


def claims(name):
    """The claims of each finding of a rule."""
    return [finding.claims for finding in findings_of(rule(name))]


def answers(name):
    """The answer of each finding of a rule, "" where there is none."""
    return [finding.answer for finding in findings_of(rule(name))]


def base():
    """A sound base: one claim on the first of two paragraphs, with a milestone that rests on it. Return the claim."""
    source = make_source("The law was adopted.\nNobody said so.")
    reform = make_reform()
    claim = make_claim(source.paragraphs.get(number=1), "The law was adopted", reforms=[reform])
    make_milestone(reform, claim, "adopted", "2020-05-25")
    NoClaim.objects.create(paragraph=source.paragraphs.get(number=2), reason="rhetoric")
    return claim


def drop_triggers():
    """Take the guards away, so that a test can store what they refuse."""
    with connection.cursor() as cursor:
        for trigger in [*SOURCES_TRIGGERS, *REFORMS_TRIGGERS]:
            for name in trigger.names(connection.vendor):
                on = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {name}{on}")
