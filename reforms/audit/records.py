"""Every record keeps the rules of its own model, however it came into the database."""

from contextlib import suppress

from django.core.exceptions import ValidationError

from reforms.audit.finding import Finding, Severity
from reforms.curated.records import KNOWLEDGE
from reforms.models import Actor, Event, Law, Reform
from sources.dates import EDTFField, bounds
from sources.models import Paragraph, Source


def records_are_clean():
    """Each record's own `clean` accepts it; paragraphs and sources have stricter rules of their own."""
    for model in KNOWLEDGE:
        if model in (Source, Paragraph):
            continue
        related = [field.name for field in model._meta.fields if field.is_relation]
        for record in model._default_manager.select_related(*related).iterator():
            try:
                record.clean_fields(exclude=related)
                record.clean()
            except ValidationError as error:
                for message in error.messages:
                    yield Finding(name(record), message)


def days_follow_from_dates():
    """The earliest and latest day beside a date are those that its EDTF string allows."""
    for model in KNOWLEDGE:
        for field in model._meta.fields:
            if isinstance(field, EDTFField):
                for record in model._default_manager.exclude(**{field.attname: ""}).iterator():
                    yield from _days(record, field.attname)


def _days(record, date):
    stored = (getattr(record, f"{date}_earliest"), getattr(record, f"{date}_latest"))
    with suppress(ValidationError):  # what is no date is found by `records_are_clean`
        if bounds(getattr(record, date)) != stored:
            yield Finding(name(record), f"The days stored beside “{getattr(record, date)}” do not follow from it.")


def shown_subjects_have_words():
    """Every reform, law, actor and event is named by a claim, once curating it is finished."""
    for model in (Reform, Law, Actor, Event):
        for record in model._default_manager.filter(claim_links=None):
            yield Finding(name(record), f"No claim names this {model._meta.verbose_name}.", Severity.UNFINISHED)


def name(record):
    """The record's public name, as fixtures give it: `reforms.milestone M0001`."""
    return f"{record._meta.label_lower} {'/'.join(str(part) for part in record.natural_key())}"


RECORD_RULES = [records_are_clean, days_follow_from_dates, shown_subjects_have_words]
