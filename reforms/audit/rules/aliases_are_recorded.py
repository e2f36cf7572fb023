"""Every spelling of an actor's name that the sources print is recorded as the name or an alias.

Readers search for the spelling that they have read. The machine sees an abbreviation in brackets after a name, a
family name with other names or letters than recorded, and a long name that is nearly one that is recorded.
"""

from reforms.audit.names import named
from reforms.audit.sightings import Sightings
from reforms.audit.spellings import Spellings
from reforms.models import Actor, Finding, Severity
from sources.models import Paragraph

SEVERITY = Severity.DOUBTFUL


def find():
    sightings, found = Sightings(Spellings()), set()
    paragraphs = Paragraph.objects.filter(source__accepted=True).order_by("source__slug", "number")
    for slug, number, text in paragraphs.values_list("source__slug", "number", "text").iterator():
        for actor, spelling in sightings.unrecorded(text):
            if (actor, spelling) not in found:
                found.add((actor, spelling))
                words = f"{slug}#{number} prints “{spelling}”, which is not recorded."
                yield Finding(record=named(Actor, actor), about=spelling, message=words)
