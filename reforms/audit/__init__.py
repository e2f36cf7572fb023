"""The promises, proved again over everything that is stored.

Each rule is a function without arguments that yields a Finding for each record that breaks it.
"""

from reforms.audit.claims import CLAIM_RULES
from reforms.audit.finding import Finding, Severity
from reforms.audit.records import RECORD_RULES
from reforms.audit.sources import SOURCE_RULES

__all__ = ["RULES", "Finding", "Severity", "audit"]

RULES = [*SOURCE_RULES, *CLAIM_RULES, *RECORD_RULES]


def audit():
    """Return every finding of every rule, in the order of the rules."""
    return [finding for rule in RULES for finding in rule()]
