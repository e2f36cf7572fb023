"""The earliest and latest day beside a date are those that its EDTF string allows.

Stages, orders and filters read the days; where these do not follow from the date, they tell another one than the
page prints.
"""

from contextlib import suppress

from django.core.exceptions import ValidationError

from reforms.audit.names import name
from reforms.curated.records import KNOWLEDGE
from reforms.models import Finding, Severity
from sources.dates import EDTFField, bounds

SEVERITY = Severity.BROKEN


def find():
    for model in KNOWLEDGE:
        for field in model._meta.fields:
            if isinstance(field, EDTFField):
                for record in model._default_manager.exclude(**{field.attname: ""}).iterator():
                    yield from _days(record, field.attname)


def _days(record, date):
    stored = (getattr(record, f"{date}_earliest"), getattr(record, f"{date}_latest"))
    with suppress(ValidationError):  # what is no date is found by `records_are_clean`
        if bounds(getattr(record, date)) != stored:
            words = f"The days stored beside “{getattr(record, date)}” do not follow from it."
            yield Finding(record=name(record), about=date, message=words)
