"""CSL-JSON, which reference managers and citation processors read.

Source: https://docs.citationstyles.org/en/stable/specification.html
"""

import orjson

from api.standards.cited import Cited
from api.standards.dating import day_of
from sources.dates import in_words


class CSL(Cited):
    """A claim or source as an item. A list of items, also where it is one: so the schema of CSL wants it."""

    media_type, format, extension, charset = "application/vnd.citationstyles.csl+json", "csl", "json", None
    described = {"type": "array", "items": {"type": "object", "required": ["id", "type"]}}

    def render(self, data, accepted_media_type=None, renderer_context=None):
        return orjson.dumps([item(work) for work in data])


def item(work):
    """Return `work` as a CSL item."""
    stated = {
        "title": work.title,
        "author": [{"literal": work.author}] if work.author else None,
        "container-title": work.within,
        "number": work.within and work.key,
        "publisher": work.publisher,
        "issued": date(work.date) if work.date else None,
        "language": work.language,
        "note": " ".join(work.notes),
        "URL": work.url,
    }
    kind = "webpage" if work.within else "document"
    return {"id": work.key, "type": kind} | {name: value for name, value in stated.items() if value}


def date(edtf):
    """Return an EDTF date as a CSL date: in parts as far as CSL has them, else in words."""
    days = [day_of(part) for part in edtf.split("/")]
    if all(days) and (len(days) == 1 or not any(day.about for day in days)):
        parts = {"date-parts": [list(day.parts) for day in days]}
        return parts | {"circa": True} if days[0].about else parts
    return {"literal": in_words(edtf)}
