"""What a page holds, in the words of schema.org, for machines that read pages. No ratings: the ledger does not grade.

Pure functions: from records to dictionaries. Each takes `address`, which makes an absolute address of a path. What the
sources do not state is left out, and so is what schema.org could only say more exactly than they do.
"""

import json
import re

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from reforms.models import Actor, Citation, ClaimActor, LawDate

CONTEXT = "https://schema.org"
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
PLAIN_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", re.ASCII)
# The date by which an act is known. Where the sources give it two, none of them is chosen.
OF_THE_ACT = (LawDate.Kind.DATED, LawDate.Kind.SIGNED, LawDate.Kind.ADOPTED, LawDate.Kind.APPROVED)


def claim(record, links, address):
    """A Claim with the works it appears in. `record`: Claim with words at hand; `links`: its links to actors, at hand.

    Its author is who says it according to the sources; the ledger, whose words it has, is not.
    """
    supports = [one for one in record.citations.all() if one.stance == Citation.Stance.SUPPORTS]
    sources = list(dict.fromkeys(citation.paragraph.source for citation in supports))
    first = first_of(sources)
    return _stated(
        {
            "@type": "Claim",
            "@id": address(record.get_absolute_url()),
            "url": address(record.get_absolute_url()),
            "identifier": record.ref,
            "text": record.text,
            "author": [_agent(link.actor) for link in links if link.part == ClaimActor.Part.SAYS],
            "appearance": [work(source, address) for source in sources],
            "firstAppearance": work(first, address) if first else None,
            "isBasedOn": [address(citation.get_absolute_url()) for citation in supports],
        }
    )


def first_of(sources):
    """Return the source that came out before all the others, None where their dates do not tell."""
    if len(sources) < 2:
        return sources[0] if sources else None
    if not all(source.published_earliest and source.published_latest for source in sources):
        return None
    first = min(sources, key=lambda source: source.published_latest)
    others = (source.published_earliest for source in sources if source is not first)
    return first if first.published_latest < min(others) else None


def work(source, address):
    """The CreativeWork that a source is. An inferred date is not given: it is not stated."""
    return _stated(
        {
            "@type": "CreativeWork",
            "@id": address(source.get_absolute_url()),
            "url": address(source.get_absolute_url()),
            "name": source.title or source.name,
            "inLanguage": source.language,
            "datePublished": "" if source.published_note else plain_date(source.published),
        }
    )


def legislation(law, dates, address):
    """A Legislation. `dates`: the public dates of `law`."""
    return _stated(
        {
            "@type": "Legislation",
            "@id": address(law.get_absolute_url()),
            "url": address(law.get_absolute_url()),
            "name": law.title or law.name,
            "alternateName": law.name if law.title else "",
            "legislationType": law.get_rank_display(),
            "legislationIdentifier": law.number,
            "legislationDate": _agreed(date for date in dates if date.kind in OF_THE_ACT),
            "legislationDateOfApplicability": _agreed(date for date in dates if date.kind == LawDate.Kind.IN_FORCE),
            "creativeWorkStatus": law.get_status_display(),
        }
    )


def dataset(address):
    """The ledger as a Dataset, with the API that gives it away."""
    return {
        "@type": "Dataset",
        "@id": address("/") + "#dataset",
        "url": address("/"),
        "name": "Reform Ledger",
        "description": _("Claims about political reforms, each on the words of the source paragraph that supports it."),
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/json",
            "contentUrl": address("/api/v1/"),
        },
    }


def breadcrumbs(steps, address):
    """A BreadcrumbList. `steps`: pairs of words and path, from the list down to the page."""
    items = [
        {"@type": "ListItem", "position": position, "name": str(name), "item": address(path)}
        for position, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def plain_date(edtf):
    """Return an EDTF date where it is a plain year, month or day; "" where it says what ISO 8601 cannot."""
    return edtf if PLAIN_DATE.fullmatch(edtf) else ""


def script(*things):
    """Return a script element that holds `things` as JSON-LD. It is data: nothing runs it, and no text can end it."""
    held = json.dumps({"@context": CONTEXT, "@graph": things}, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{held}</script>')  # noqa: S308 (escaped above)


def _agent(actor):
    kind = "Person" if actor.kind == Actor.Kind.PERSON else "Organization"
    return {"@type": kind, "name": actor.name}


def _agreed(dates):
    found = {plain_date(date.date) for date in dates}
    return found.pop() if len(found) == 1 else ""


def _stated(thing):
    return {name: value for name, value in thing.items() if value not in ("", [], None)}
