"""The audit: the promises, proved again over everything that is stored, and what a machine can see going wrong.

`RULES` are all rules, in the order in which they are run and shown; the last one asks what the answers to the others
are good for. `running` runs them.
"""

from reforms.audit.rule import Rule
from reforms.audit.rules import (
    allegations_are_said_by_somebody,
    answers_answer_something,
    days_follow_from_dates,
    discrepancies_name_enough_claims,
    paragraphs_are_the_lines_of_their_text,
    published_claims_are_supported,
    quotes_are_their_spans,
    received_bytes_have_their_sum,
    records_are_clean,
    shown_subjects_have_words,
    triggers_stand_guard,
)

__all__ = ["RULES", "Rule"]

RULES = [
    Rule.of(module)
    for module in (
        # Broken.
        received_bytes_have_their_sum,
        paragraphs_are_the_lines_of_their_text,
        triggers_stand_guard,
        quotes_are_their_spans,
        published_claims_are_supported,
        allegations_are_said_by_somebody,
        discrepancies_name_enough_claims,
        records_are_clean,
        days_follow_from_dates,
        # Unfinished.
        shown_subjects_have_words,
        answers_answer_something,
    )
]
