"""The audit: the promises, proved again over everything that is stored, and what a machine can see going wrong.

`RULES` are all rules, in the order in which they are run and shown; the last one asks what the answers to the others
are good for. `running` runs them.
"""

from reforms.audit.rule import Rule
from reforms.audit.rules import (
    actors_stand_in_quotes,
    aliases_are_recorded,
    allegations_are_said_by_somebody,
    answers_answer_something,
    claims_are_not_twice,
    dates_can_be_read,
    days_follow_from_dates,
    discrepancies_name_enough_claims,
    figures_stand_in_quotes,
    laws_follow_their_reforms,
    long_quotes_say_why,
    metadata_is_recorded,
    milestones_come_in_order,
    newer_editions_are_followed,
    note_numbers_run,
    paragraphs_are_cited_or_marked,
    paragraphs_are_the_lines_of_their_text,
    places_are_taken_in_newer_editions,
    printed_numbers_run,
    published_claims_are_supported,
    quotes_are_their_spans,
    received_bytes_have_their_sum,
    records_are_clean,
    shown_subjects_have_words,
    sources_do_not_foretell,
    stated_counts_are_counted,
    triggers_stand_guard,
    values_agree,
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
        # Doubtful.
        figures_stand_in_quotes,
        actors_stand_in_quotes,
        dates_can_be_read,
        long_quotes_say_why,
        claims_are_not_twice,
        sources_do_not_foretell,
        laws_follow_their_reforms,
        milestones_come_in_order,
        values_agree,
        stated_counts_are_counted,
        printed_numbers_run,
        note_numbers_run,
        aliases_are_recorded,
        metadata_is_recorded,
        places_are_taken_in_newer_editions,
        # Unfinished.
        paragraphs_are_cited_or_marked,
        newer_editions_are_followed,
        shown_subjects_have_words,
        answers_answer_something,
    )
]
