"""Each record keeps the rules of its own model, however it came into the database.

Forms and the compiler ask these rules; what was loaded or written past both has to keep them too. Paragraphs and
sources have stricter rules of their own.
"""

from django.core.exceptions import ValidationError

from reforms.audit.names import name
from reforms.curated.records import KNOWLEDGE
from reforms.models import Finding, Severity
from sources.models import Paragraph, Source

SEVERITY = Severity.BROKEN


def find():
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
                    yield Finding(record=name(record), message=message)
