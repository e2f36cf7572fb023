"""What was received, and the text, still have the SHA-256 that was taken when they came.

The source is never touched: whoever doubts a quote can compare the document with the one that they hold.
"""

import hashlib

from reforms.models import Finding, Severity
from sources.models import Source

SEVERITY = Severity.BROKEN


def find():
    for source in Source.objects.accepted().iterator():
        for name, data, digest in (
            ("document", bytes(source.received), source.sha256),
            ("text", source.text.encode(), source.text_sha256),
        ):
            if hashlib.sha256(data).hexdigest() != digest:
                words = f"The stored {name} does not have its SHA-256 any more."
                yield Finding(record=source.slug, about=name, message=words)
